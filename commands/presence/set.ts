import { Flags } from '@oclif/core'
import type { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf } from '../../src/cli/output.ts'
import { presenceChangeOutput } from '../../src/register/room-outputs.ts'

export const output = presenceChangeOutput

export default class PresenceSet extends FileCommand {
  static override summary = 'Write down who is present, and who has left.'
  static override description =
    'A member is present in the room, whatever is voted on. Elections with --presence take ballots only of those who are: of who casts a ballot, not of those whose vote is given to them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --present 10234 --present 10077',
    '<%= config.bin %> <%= command.id %> --nobody --from present.csv',
    '<%= config.bin %> <%= command.id %> --absent 10234',
  ]
  static override flags = {
    present: Flags.string({
      description: 'Number of a member who is present.',
      helpValue: 'NUMBER',
      multiple: true,
      default: [],
    }),
    absent: Flags.string({
      description: 'Number of a member who is not.',
      helpValue: 'NUMBER',
      multiple: true,
      default: [],
    }),
    from: Flags.string({
      description: 'A CSV with the numbers of those who are present.',
      helpValue: 'FILE.csv',
    }),
    nobody: Flags.boolean({ description: 'Everybody who is not named leaves first.', default: false }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(PresenceSet)
    const { present, absent, from, nobody, organisation } = flags
    const change = await this.withFile(flags, async (work) => {
      const [{ setPresence }, { numbersIn }] = await Promise.all([
        import('../../src/register/presence.ts'),
        import('../../src/register/numbers-in.ts'),
      ])
      const listed = from === undefined ? [] : await numbersIn(from)
      return setPresence(work, { organisation, present: [...present, ...listed], absent, nobody })
    })
    this.say(
      `${countOf(change.came, 'member')} came and ${change.left} left: ${countOf(change.present, 'member')} present.`,
    )
    this.next(`urna presence list${ofOrganisation(organisation)}`)
    return change
  }
}
