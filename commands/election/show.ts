import { electionArg } from '../../src/cli/election-arg.ts'
import { electionLines } from '../../src/cli/election-lines.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { type ElectionOutput, electionOutput, outputOfElection } from '../../src/election/election-output.ts'

export const output = electionOutput

export default class ElectionShow extends FileCommand {
  static override summary = 'Show an election: its state, contests, turnout, trustees and what comes next.'
  static override description =
    'Says how many have voted, and never what: no partial result exists before the close, for anyone.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026']
  static override args = { election: electionArg }

  async run(): Promise<ElectionOutput> {
    const { args, flags } = await this.parse(ElectionShow)
    const overview = await this.withFile(flags, async (work) => {
      const { showElection } = await import('../../src/election/show-election.ts')
      return showElection(work, args.election)
    })
    for (const line of electionLines(overview)) this.say(line)
    this.next(overview.next)
    return outputOfElection(overview)
  }
}
