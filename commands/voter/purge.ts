import { Flags } from '@oclif/core'
import { z } from 'zod'
import { confirmDeed } from '../../src/cli/confirm.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf, printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  organisation: z.string(),
  dryRun: z.boolean(),
  members: z.int().nonnegative(),
  /** Copies beside the file, which go as well. */
  copies: z.array(z.string()),
})

export default class VoterPurge extends FileCommand {
  static override summary = 'Remove all members of an organisation from the register for good.'
  static override description =
    'Also from the copies that urna left beside the file. Rolls of elections that are over stay until they are purged themselves: urna election purge. Not possible while an election is a draft, open or paused.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %> --organisation rowing --confirm rowing',
  ]
  static override flags = {
    organisation: organisationFlag,
    confirm: Flags.string({
      description: 'The short name of the organisation, to confirm.',
      helpValue: 'ORGANISATION',
    }),
    'dry-run': Flags.boolean({ description: 'Say what would go, and change nothing.', default: false }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(VoterPurge)
    const dryRun = flags['dry-run']
    const purged = await this.withFile(flags, async (work) => {
      const { planMembersPurge, purgeMembers } = await import('../../src/register/purge-members.ts')
      const plan = await planMembersPurge(work, flags.organisation)
      if (dryRun) return plan
      const { organisation } = plan
      await confirmDeed({
        deed: `Purging the members of ${organisation}`,
        name: organisation,
        given: flags.confirm,
      })
      return purgeMembers(work, organisation)
    })
    const { organisation, members, copies } = purged
    this.say(
      `${countOf(members, 'member')} of ${organisation} ${dryRun ? 'would go' : members === 1 ? 'is gone' : 'are gone'} for good.`,
    )
    for (const copy of copies) this.say(`  the copy ${printable(copy)}`)
    this.next(dryRun ? `urna voter purge --confirm ${organisation}` : 'urna audit verify')
    return { ...purged, dryRun }
  }
}
