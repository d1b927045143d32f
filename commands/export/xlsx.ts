import { ExportCommand, type ExportOutput, exportOutput } from '../../src/cli/export-command.ts'

export const output = exportOutput

export default class ExportXlsx extends ExportCommand {
  static override summary = 'Write the result of an election as a workbook.'
  static override description =
    'A summary with the result in words, a sheet for each contest with its rounds, the turnout, and the audit log of the election. No cell is a formula.'
  static override examples = ['<%= config.bin %> export xlsx board-2026 --out result.xlsx']
  static override args = ExportCommand.args
  static override flags = ExportCommand.flags

  async run(): Promise<ExportOutput> {
    const { args, flags } = await this.parse(ExportXlsx)
    const [{ viewSummary }, { readLog }, { resultWorkbook }, { loadGroup }] = await Promise.all([
      import('../../src/tally/view-summary.ts'),
      import('../../src/audit/read-log.ts'),
      import('../../src/report/result-workbook.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    const { result, summary, log } = await this.withFile(flags, async (work) => {
      const { result, summary } = await viewSummary({ work, group }, args.election)
      const entries = await work.read((tx) => readLog(tx, { election: result.election.slug }))
      // Who looked at it is no part of it, and would make every export another file.
      return { result, summary, log: entries.filter(({ action }) => action !== 'vote-viewed') }
    })
    const { slug } = result.election
    const written = await this.deliver(slug, {
      out: flags.out,
      name: `${slug}.result.xlsx`,
      existing: 'refuse',
      write: async (sink) => sink(await resultWorkbook(result, { summary, log })),
    })
    this.next(`urna export archive ${slug}`)
    return written
  }
}
