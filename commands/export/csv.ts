import { ExportCommand, type ExportOutput, exportOutput } from '../../src/cli/export-command.ts'

export const output = exportOutput

export default class ExportCsv extends ExportCommand {
  static override summary = 'Write the result of an election as CSV: a line for each option in each round.'
  static override description =
    'Votes are exact decimals. Text that a spreadsheet would take for a formula gets an apostrophe in front.'
  static override examples = [
    '<%= config.bin %> export csv board-2026 --out result.csv',
    '<%= config.bin %> export csv --out -',
  ]
  static override args = ExportCommand.args
  static override flags = ExportCommand.flags

  async run(): Promise<ExportOutput> {
    const { args, flags } = await this.parse(ExportCsv)
    const [{ viewResult }, { resultCsv }, { loadGroup }] = await Promise.all([
      import('../../src/tally/view-result.ts'),
      import('../../src/report/result-csv.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    const result = await this.withFile(flags, (work) => viewResult({ work, group }, args.election))
    const { slug } = result.election
    const written = await this.deliver(slug, {
      out: flags.out,
      name: `${slug}.result.csv`,
      existing: 'refuse',
      write: async (sink) => sink(Buffer.from(resultCsv(result))),
    })
    this.next(`urna export archive ${slug}`)
    return written
  }
}
