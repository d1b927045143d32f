import chalk from 'chalk'
import type { z } from 'zod'
import { electionArg } from '../src/cli/election-arg.ts'
import { FileCommand } from '../src/cli/file-command.ts'
import { printable, terminalWidth } from '../src/cli/output.ts'
import { wrapText } from '../src/cli/wrap.ts'
import { summaryLines, summarySchema } from '../src/report/summary.ts'

export const output = summarySchema

export default class Summary extends FileCommand {
  static override summary = 'Say the result of an election in words.'
  static override description =
    'Who is elected, by what margin, how ties were decided, and the turnout compared with the earlier elections of the organisation in the file; rehearsals and runoffs are left out. Every number is from the result. A margin is told where one difference tells it, and is no count of the ballots that would have to change.'
  static override examples = [
    '<%= config.bin %> summary board-2026',
    "<%= config.bin %> summary board-2026 --json | jq '.contests[].margin'",
  ]
  static override args = { election: electionArg }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(Summary)
    const [{ viewSummary }, { loadGroup }] = await Promise.all([
      import('../src/tally/view-summary.ts'),
      import('../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    const { summary } = await this.withFile(flags, (work) => viewSummary({ work, group }, args.election))
    const wrapped = (text: string) => wrapText(printable(text), terminalWidth()).join('\n')
    this.say(chalk.bold(wrapped(`${summary.organisation}: ${summary.title}`)))
    for (const line of summaryLines(summary)) this.say(wrapped(line))
    this.next(`urna export html ${summary.election}`)
    return summary
  }
}
