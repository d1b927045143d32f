import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { prose } from '../../src/cli/prose.ts'
import { batchOutput, outputOfBatch } from '../../src/voting/paper/paper-outputs.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  election: z.string(),
  /** Voters who were struck off as voting on paper. */
  struck: count,
  issued: count,
  spoiled: count,
  papers: count,
  /** Papers of batches on which two officers agree. */
  agreed: count,
  batches: z.array(batchOutput),
  /** Where these numbers do not fit each other; before the close there is no saying. */
  differences: z.array(z.strictObject({ id: z.string(), sentence: z.string() })),
})

export default class PaperList extends FileCommand {
  static override summary =
    'Show the batches of papers, how far they are counted, and whether the numbers fit.'
  static override description =
    'Where two officers read a batch differently it shows the lines. What one of them read is not shown before the other has entered it too.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026']
  static override args = { election: electionArg }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(PaperList)
    const [{ listPaper }, { differenceLines, paperSentence, paperTable }] = await Promise.all([
      import('../../src/voting/paper/list-paper.ts'),
      import('../../src/cli/paper-lines.ts'),
    ])
    const paper = await this.withFile(flags, (work) => listPaper(work, args.election))
    const { election, batches, differences } = paper
    if (batches.length > 0) this.say(paperTable(paper))
    this.say(prose(paperSentence(paper)))
    const contests = batches.flatMap(({ number, contests }) => contests.map((each) => ({ number, ...each })))
    const differing = contests.filter(({ state }) => state === 'differs')
    for (const each of differing) {
      this.say()
      this.say(`Batch ${each.number}`)
      for (const line of differenceLines(each)) this.say(line)
    }
    for (const { id, sentence } of differences) {
      this.say(
        prose(
          `${sentence}. Explain it with: urna incident add ${election} --kind difference --explains ${id} --text TEXT`,
          '! ',
          2,
        ),
      )
    }
    const waiting = contests.find(({ state }) => state !== 'agreed')
    const key = '--key NAME.officer.private.json'
    this.next(
      batches.length === 0
        ? `urna paper batch ${election} --place PLACE --papers NUMBER`
        : waiting === undefined
          ? `urna tally run ${election}`
          : `urna paper enter ${election} ${waiting.number} FILE --contest ${waiting.position} ${key}${waiting.state === 'differs' ? ' --reason TEXT' : ''}`,
    )
    return {
      ...{ election, struck: paper.struck, issued: paper.issued, spoiled: paper.spoiled },
      ...{ papers: paper.papers, agreed: paper.agreed, differences },
      batches: batches.map(outputOfBatch),
    }
  }
}
