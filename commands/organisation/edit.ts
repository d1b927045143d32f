import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { changeLines } from '../../src/cli/change-lines.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { daysOfFlag, keepDaysFlag } from '../../src/cli/keep-days-flag.ts'
import { printable } from '../../src/cli/output.ts'
import { deedsOfFlag, twoOfficersFlag } from '../../src/cli/two-officers-flag.ts'
import { changesOutput, outputOfChanges } from '../../src/election/draft-outputs.ts'
import { given } from '../../src/given.ts'

export const output = z.strictObject({
  /** Its short name, as it is now. */
  organisation: z.string(),
  name: z.string(),
  hosts: z.array(z.string()),
  /** What needs the approval of a second officer. */
  twoOfficers: z.array(z.enum(['close', 'publish', 'certify', 'purge'])),
  /** How many days the voters of an election are kept, once it is over; null for no limit. */
  keepDays: z.int().nonnegative().nullable(),
  /** Empty where it was all like that already. */
  changes: changesOutput,
})

export default class OrganisationEdit extends FileCommand {
  static override summary =
    'Change an organisation: its name, the hosts that lead to it, what it keeps and who decides.'
  static override description =
    'What is left out stays as it is. Elections that were opened keep the name under which they were published.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --name "Rail Workers, North"',
    '<%= config.bin %> <%= command.id %> rowing --host vote.rowing.example --remove-host old.rowing.example',
  ]
  static override args = {
    organisation: Args.string({
      description: 'Short name of the organisation; not needed where the file has only one.',
    }),
  }
  static override flags = {
    name: Flags.string({ description: 'What it is called.' }),
    slug: Flags.string({ description: 'Short name, used in commands and in the addresses of a server.' }),
    host: Flags.string({
      description: 'A hostname under which a server is asked for it; as often as needed.',
      multiple: true,
      multipleNonGreedy: true,
    }),
    'two-officers': twoOfficersFlag,
    'keep-days': keepDaysFlag,
    'remove-host': Flags.string({
      description: 'A hostname that leads to it no longer; as often as needed.',
      helpValue: 'HOST',
      multiple: true,
      multipleNonGreedy: true,
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(OrganisationEdit)
    const { name, slug, host: addHosts, 'remove-host': removeHosts } = flags
    const edited = await this.withFile(flags, async (work) => {
      const { editOrganisation } = await import('../../src/organisation/edit-organisation.ts')
      return editOrganisation(work, {
        organisation: args.organisation,
        changes: given({
          name,
          slug,
          addHosts,
          removeHosts,
          twoOfficers: deedsOfFlag(flags['two-officers']),
          keepDays: daysOfFlag(flags['keep-days']),
        }),
      })
    })
    const { changes } = edited
    const called = printable(edited.name)
    this.say(
      changes.length === 0 ? `Nothing to change: ${called} is like that already.` : `${called} is changed:`,
    )
    for (const line of changeLines(changes)) this.say(line)
    this.next('urna organisation list')
    return {
      ...{ organisation: edited.slug, name: edited.name, hosts: edited.hosts },
      twoOfficers: edited.twoOfficers,
      keepDays: edited.keepDays,
      changes: outputOfChanges(changes),
    }
  }
}
