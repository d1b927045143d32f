import { ExportCommand, type ExportOutput, exportOutput } from '../../src/cli/export-command.ts'

export const output = exportOutput

export default class ExportHtml extends ExportCommand {
  static override summary = 'Write the result of an election as one page with charts, to send or to print.'
  static override description =
    'It stands alone: nothing in it runs, and nothing is loaded from anywhere. It says the result in words, compares the turnout with earlier elections, and has every round of each contest as a table with a chart beside it. A rehearsal, and a result that is not certified, say so at every contest and on every sheet.'
  static override examples = [
    '<%= config.bin %> export html board-2026 --out result.html',
    '<%= config.bin %> export html --out - | wc -c',
  ]
  static override args = ExportCommand.args
  static override flags = ExportCommand.flags

  async run(): Promise<ExportOutput> {
    const { args, flags } = await this.parse(ExportHtml)
    const [{ viewSummary }, { resultHtml }, { loadGroup }] = await Promise.all([
      import('../../src/tally/view-summary.ts'),
      import('../../src/report/result-html.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    const { result, summary } = await this.withFile(flags, (work) =>
      viewSummary({ work, group }, args.election),
    )
    const { slug } = result.election
    const written = await this.deliver(slug, {
      out: flags.out,
      name: `${slug}.result.html`,
      existing: 'refuse',
      write: async (sink) => sink(Buffer.from(resultHtml(result, summary))),
    })
    this.next(`urna export archive ${slug}`)
    return written
  }
}
