import chalk from 'chalk'
import type { z } from 'zod'
import { electionArg } from '../src/cli/election-arg.ts'
import { FileCommand } from '../src/cli/file-command.ts'
import { insightLines } from '../src/cli/insight-lines.ts'
import { insightsSchema } from '../src/report/insights/insight-schema.ts'

export const output = insightsSchema

export default class Insights extends FileCommand {
  static override summary = 'Look at what the turnout of an election lets anybody say, and how sure that is.'
  static override description =
    'After the close: the turnout against what earlier elections let expect, hours in which unusually many voted, units whose turnout chance does not explain, and the groups that voted more or less than the rest. Each is computed by a method that is named, with its numbers and what it does not say; where there is too little to compute with, that is said instead. Small groups are merged.'
  static override examples = [
    '<%= config.bin %> insights board-2026',
    "<%= config.bin %> insights board-2026 --json | jq '.insights[].sentence'",
  ]
  static override args = { election: electionArg }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(Insights)
    const { viewInsights } = await import('../src/tally/view-insights.ts')
    const found = await this.withFile(flags, (work) => viewInsights(work, args.election))
    for (const [index, insight] of found.insights.entries()) {
      const [title = '', ...lines] = insightLines(insight, found.zone)
      if (index > 0) this.say('')
      this.say(chalk.bold(title))
      for (const line of lines) this.say(line)
    }
    this.next(`urna summary ${found.election}`)
    return found
  }
}
