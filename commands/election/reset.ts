import { Flags } from '@oclif/core'
import { z } from 'zod'
import { confirmDeed } from '../../src/cli/confirm.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'

export const output = z.strictObject({
  /** The one that was held before, and stays on record. */
  election: z.string(),
  /** False where that was done before. */
  changed: z.boolean(),
  status: z.string(),
  /** Short name of the new draft. */
  draft: z.string(),
})

export default class ElectionReset extends FileCommand {
  static override summary = 'Have an election held once more, from the beginning.'
  static override description =
    'Makes a draft of the same description, without times, ballots and tokens. The first is cancelled unless it was counted; its ballots, its result and the log stay as they are, and what was published stays published. Not possible once it is certified.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --reason "a candidate was missing" --confirm board-2026',
  ]
  static override args = { election: electionArg }
  static override flags = {
    confirm: Flags.string({ description: 'The short name again, to confirm.', helpValue: 'ELECTION' }),
    reason: Flags.string({ description: 'Why, for the audit log.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionReset)
    const done = await this.withFile(flags, async (work) => {
      const [{ readElection }, { resetElection }, { loadGroup }] = await Promise.all([
        import('../../src/election/read-election.ts'),
        import('../../src/election/reset-election.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      const { slug, status } = await readElection(work, args.election)
      if (status !== 'draft') {
        await confirmDeed({ deed: `Resetting ${slug}`, name: slug, given: flags.confirm })
      }
      return resetElection({ work, group: await loadGroup() }, { election: slug, reason: flags.reason })
    })
    this.say(
      done.changed
        ? `${done.election} is ${done.status}, and ${done.draft} is a new draft of it.`
        : `${done.draft} is held in the stead of ${done.election} already.`,
    )
    this.next(`urna election show ${done.draft}`)
    return done
  }
}
