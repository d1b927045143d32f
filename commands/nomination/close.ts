import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { nominatedContest } from '../../src/cli/nomination-flags.ts'
import { countOf, printable } from '../../src/cli/output.ts'

const names = z.array(z.string())

export const output = z.strictObject({
  election: z.string(),
  /** Title. */
  contest: z.string(),
  /** Who is on the ballot by it. */
  candidates: names,
  /** Who accepted, and has too few members behind them. */
  tooFew: names,
  /** Who never answered. */
  silent: names,
  /** False if it was closed already. */
  changed: z.boolean(),
})

export default class NominationClose extends FileCommand {
  static override summary = 'End the nominations: who accepted comes onto the ballot.'
  static override description =
    'In the order in which they were nominated, with statement and photo, behind those who are there already. It takes as many members behind each as were asked for. The election does not open before that.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026 --contest Chair']
  static override args = { election: electionArg }
  static override flags = { contest: nominatedContest }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(NominationClose)
    const closed = await this.withFile(flags, async (work) => {
      const { closeNominations } = await import('../../src/election/nominations/close-nominations.ts')
      return closeNominations(work, { election: args.election, contest: flags.contest })
    })
    const { election, contest, candidates, tooFew, silent, changed } = closed
    this.say(
      changed
        ? `Nominations for "${printable(contest)}" are closed: ${countOf(candidates.length, 'nominee')} on the ballot.`
        : `Nothing to change: nominations for "${printable(contest)}" are closed already.`,
    )
    if (tooFew.length > 0)
      this.say(`Accepted, with too few members behind them: ${tooFew.map(printable).join(', ')}`)
    if (silent.length > 0) this.say(`Never answered: ${silent.map(printable).join(', ')}`)
    this.next(`urna candidate list ${election}`)
    return closed
  }
}
