import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  /** Title. */
  contest: z.string(),
  name: z.string(),
  /** How many candidates are left in the contest. */
  left: z.int().nonnegative(),
})

export default class CandidateRemove extends FileCommand {
  static override summary = 'Take a candidate off the ballot of a draft.'
  static override description = 'The candidates behind move up. Tokens that were issued stay good.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Ana Duarte" board-2026',
    '<%= config.bin %> <%= command.id %> "Ana Duarte" --contest Chair',
  ]
  static override args = {
    name: Args.string({ description: 'The candidate, as the ballot has the name.', required: true }),
    election: electionArg,
  }
  static override flags = {
    contest: Flags.string({
      description: 'Title or number of the contest, where the name is in several.',
      helpValue: 'CONTEST',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(CandidateRemove)
    const removed = await this.withFile(flags, async (work) => {
      const { removeCandidate } = await import('../../src/election/remove-candidate.ts')
      return removeCandidate(work, { election: args.election, contest: flags.contest, name: args.name })
    })
    const { election, contest, name, left } = removed
    this.say(
      `${printable(name)} is off the ballot of "${printable(contest)}", which has ${countOf(left, 'candidate')} left.`,
    )
    this.next(`urna doctor ${election}`)
    return removed
  }
}
