import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { nominatedContest, nomineeArg } from '../../src/cli/nomination-flags.ts'
import { countOf, printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  /** Title. */
  contest: z.string(),
  /** Who stays. */
  name: z.string(),
  /** The name that is gone. */
  merged: z.string(),
  /** How many members are behind the nominee now. */
  nominators: z.int().nonnegative(),
})

export default class NominationMerge extends FileCommand {
  static override summary = 'Make one nomination of two that mean the same person.'
  static override description =
    'Those who nominated stand behind the one that stays, which takes over an answer, a member number and a link where it has none of its own.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Ana Duart" board-2026 --into "Ana Duarte"',
    '<%= config.bin %> <%= command.id %> 4 board-2026 --into 2',
  ]
  static override args = { nominee: nomineeArg, election: electionArg }
  static override flags = {
    contest: nominatedContest,
    into: Flags.string({ description: 'Who stays, by name or number.', required: true, helpValue: 'NAME' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(NominationMerge)
    const done = await this.withFile(flags, async (work) => {
      const { mergeNominations } = await import('../../src/election/nominations/merge-nominations.ts')
      const { contest, into } = flags
      return mergeNominations(work, { election: args.election, contest, name: args.nominee, into })
    })
    this.say(
      `${printable(done.merged)} is ${printable(done.name)}, who has ${countOf(done.nominators, 'member')} behind them now.`,
    )
    this.next(`urna nomination list ${done.election}`)
    return done
  }
}
