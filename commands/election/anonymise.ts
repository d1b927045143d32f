import { Flags } from '@oclif/core'
import { z } from 'zod'
import { confirmDeed } from '../../src/cli/confirm.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  changed: z.boolean(),
  /** How many ballots lost their voters. */
  ballots: z.int().nonnegative(),
})

export default class ElectionAnonymise extends FileCommand {
  static override summary = 'Delete for good who cast which ballot of an open election.'
  static override description =
    'After the count. Signatures, credentials and the order of ballots go; the choices of each contest stay, alike ones together, and so do the tracking codes, apart from them, and who has voted. From then on nobody can check any more that each ballot was signed by its voter. Copies that were made before (backups, archives, results) are not changed: delete those yourself.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026 --confirm board-2026']
  static override args = { election: electionArg }
  static override flags = {
    confirm: Flags.string({ description: 'The short name again, to confirm.', helpValue: 'ELECTION' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionAnonymise)
    const { election, changed, ballots } = await this.withFile(flags, async (work) => {
      const [{ readElection }, { anonymiseElection }, { loadGroup }] = await Promise.all([
        import('../../src/election/read-election.ts'),
        import('../../src/tally/anonymise.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      const { slug, anonymised_at } = await readElection(work, args.election)
      if (anonymised_at === null) {
        await confirmDeed({ deed: `Making ${slug} anonymous`, name: slug, given: flags.confirm })
      }
      return anonymiseElection({ work, group: await loadGroup() }, slug)
    })
    this.say(
      changed
        ? `Nobody can tell any more who cast which of the ${countOf(ballots, 'ballot')} of ${election}.`
        : `${election} is anonymous already.`,
    )
    this.next(`urna export archive ${election}`)
    return { election, changed, ballots }
  }
}
