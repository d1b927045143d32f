import { Flags } from '@oclif/core'
import { z } from 'zod'
import { confirmDeed } from '../../src/cli/confirm.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'

export const output = z.strictObject({
  election: z.string(),
  status: z.literal('cancelled'),
  changed: z.boolean(),
})

export default class ElectionCancel extends FileCommand {
  static override summary = 'Call an election off for good.'
  static override description =
    "Possible until it is tallied. The file's own share of the key is destroyed, so ballots that were cast are never opened; what took place stays on record."
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --reason "wrong roll" --confirm board-2026',
  ]
  static override args = { election: electionArg }
  static override flags = {
    confirm: Flags.string({ description: 'The short name again, to confirm.', helpValue: 'ELECTION' }),
    reason: Flags.string({ description: 'Why, for the audit log.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionCancel)
    const { slug, changed } = await this.withFile(flags, async (work) => {
      const [{ readElection }, { mayTake }, { cancelElection }] = await Promise.all([
        import('../../src/election/read-election.ts'),
        import('../../src/election/take-step.ts'),
        import('../../src/election/cancel-election.ts'),
      ])
      const election = await readElection(work, args.election)
      if (mayTake(election, 'cancel')) {
        await confirmDeed({
          deed: `Cancelling ${election.slug}`,
          name: election.slug,
          given: flags.confirm,
        })
      }
      return cancelElection(work, { election: election.slug, reason: flags.reason })
    })
    this.say(
      changed ? `${slug} is cancelled, and its votes are never opened.` : `${slug} is cancelled already.`,
    )
    this.next('urna election create')
    return { election: slug, status: 'cancelled', changed }
  }
}
