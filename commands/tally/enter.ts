import { Args } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'
import { outcomeSentence } from '../../src/report/narrative.ts'

export const output = z.strictObject({
  election: z.string(),
  changed: z.boolean(),
  contests: z.array(
    z.strictObject({ title: z.string(), winners: z.array(z.string()), sentence: z.string() }),
  ),
})

export default class TallyEnter extends FileCommand {
  static override summary = 'Type in the result of an election in which nobody cast a ballot here.'
  static override description =
    'For elections with --visibility manual, such as a show of hands. The file is a CSV with the columns contest, option and votes; beside the options it may have the lines (blank), (invalid) and (ballots) for a contest, and (voters) and (voted) for the whole election. JSON will do too: {"voted":40,"contests":[{"contest":"Chair","votes":{"Ada":"25","Bo":"15"},"invalid":"0"}]}. The winners are counted by the method of each contest, and every output says who typed the figures in. Until the result is published they can be typed in again.'
  static override examples = ['<%= config.bin %> tally enter board-2026 totals.csv']
  static override args = {
    election: Args.string({ description: 'Short name of the election.', required: true }),
    file: Args.string({ description: 'The figures, as CSV or JSON.', required: true }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TallyEnter)
    const [
      { readEnteredFile },
      { enterResult },
      { runTally },
      { readResultDocument },
      { nextAfterResult },
      { loadGroup },
    ] = await Promise.all([
      import('../../src/tally/entered-file.ts'),
      import('../../src/tally/enter-result.ts'),
      import('../../src/tally/run-tally.ts'),
      import('../../src/tally/read-result.ts'),
      import('../../src/tally/next-after-result.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const file = await readEnteredFile(args.file)
    const group = await loadGroup()
    const { election, changed, result } = await this.withFile(flags, async (work) => {
      const deps = { work, group }
      const { election, changed } = await enterResult(deps, { election: args.election, file })
      await runTally(deps, { slug: election, seed: undefined })
      return { election, changed, result: await readResultDocument(deps, election) }
    })
    this.say(changed ? `The result of ${election} is in.` : `${election} has this result already.`)
    const contests = result.contests.map((contest) => ({
      title: contest.title,
      winners: contest.winners,
      sentence: outcomeSentence(contest),
    }))
    for (const { title, sentence } of contests) this.say(`${printable(title)}: ${printable(sentence)}`)
    this.next(nextAfterResult(result))
    return { election, changed, contests }
  }
}
