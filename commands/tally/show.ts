import type { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { resultSchema } from '../../src/report/result-schema.ts'

export const output = resultSchema

export default class TallyShow extends FileCommand {
  static override summary = 'Show the result of an election, round by round.'
  static override description =
    'Each round tells the votes of every option, what changed, the quota, and in a sentence why. Ties are shown with how each was decided. The same is in urna export xlsx, csv and json.'
  static override examples = ['<%= config.bin %> tally show board-2026']
  static override args = {
    election: electionArg,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TallyShow)
    const [{ viewResult }, { resultText }, { loadGroup }, { nextAfterResult }] = await Promise.all([
      import('../../src/tally/view-result.ts'),
      import('../../src/cli/show-result.ts'),
      import('../../src/sealing/group-sodium.ts'),
      import('../../src/tally/next-after-result.ts'),
    ])
    const group = await loadGroup()
    const result = await this.withFile(flags, (work) => viewResult({ work, group }, args.election))
    this.say(resultText(result))
    this.next(nextAfterResult(result))
    return result
  }
}
