import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { nominatedContest } from '../../src/cli/nomination-flags.ts'
import { countOf, printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  /** Title. */
  contest: z.string(),
  /** ISO 8601 in UTC. */
  until: z.string(),
  /** How many members must put somebody up. */
  needed: z.int().positive(),
  /** False if it was all like that already. */
  changed: z.boolean(),
})

export default class NominationOpen extends FileCommand {
  static override summary = 'Let people be nominated for a contest of a draft, until a moment.'
  static override description =
    'Typed again it moves that moment, or goes on after the end. Until then nominees accept and decline; whoever accepted, with enough members behind them, comes onto the ballot with: urna nomination close'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --contest Chair --until "2026-04-01 18:00"',
    '<%= config.bin %> <%= command.id %> board-2026 --contest Chair --until "2026-04-01 18:00" --nominators 3',
  ]
  static override args = { election: electionArg }
  static override flags = {
    contest: nominatedContest,
    until: Flags.string({
      description: "The end, in the election's zone.",
      required: true,
      helpValue: 'TIME',
    }),
    nominators: Flags.integer({
      description: 'How many members must put somebody up; without it 1.',
      min: 1,
      max: 1000,
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(NominationOpen)
    const opened = await this.withFile(flags, async (work) => {
      const { openNominations } = await import('../../src/election/nominations/open-nominations.ts')
      const { contest, until, nominators: needed } = flags
      return openNominations(work, { election: args.election, contest, until, needed })
    })
    const { election, contest, until, needed, changed } = opened
    this.say(
      changed
        ? `Nominations for "${printable(contest)}" are open until ${until}; it takes ${countOf(needed, 'member')} to put somebody up.`
        : `Nothing to change: nominations for "${printable(contest)}" are open like that.`,
    )
    this.next(`urna nomination add NAME ${election} --by NUMBER`)
    return opened
  }
}
