import { Args } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  /** Of the contest that is gone. */
  title: z.string(),
  /** How many candidates went with it. */
  candidates: z.int().nonnegative(),
  /** Titles of those that are left, in the order of the ballot. */
  left: z.array(z.string()),
})

export default class ContestRemove extends FileCommand {
  static override summary = 'Take a contest and its candidates off a draft.'
  static override description = 'The contests behind it move up. Tokens that were issued stay good.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> Auditors board-2026',
    '<%= config.bin %> <%= command.id %> 3',
  ]
  static override args = {
    contest: Args.string({ description: 'Title or number of the contest.', required: true }),
    election: electionArg,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ContestRemove)
    const removed = await this.withFile(flags, async (work) => {
      const { removeContest } = await import('../../src/election/remove-contest.ts')
      return removeContest(work, { election: args.election, contest: args.contest })
    })
    const { election, title, candidates, left } = removed
    this.say(
      `"${printable(title)}" with its ${countOf(candidates, 'candidate')} is off the ballot of ${election}, which has ${countOf(left.length, 'contest')} left.`,
    )
    for (const [index, each] of left.entries()) this.say(`${index + 1}. ${printable(each)}`)
    this.next(left.length === 0 ? `urna contest add ${election}` : `urna doctor ${election}`)
    return removed
  }
}
