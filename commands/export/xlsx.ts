import { ExportCommand, type ExportOutput, exportOutput } from '../../src/cli/export-command.ts'

export const output = exportOutput

export default class ExportXlsx extends ExportCommand {
  static override summary = 'Write the result of an election as a workbook.'
  static override description =
    'A summary, a sheet for each contest with its rounds, the turnout, and the audit log of the election. No cell is a formula.'
  static override examples = ['<%= config.bin %> export xlsx board-2026 --out result.xlsx']
  static override args = ExportCommand.args
  static override flags = ExportCommand.flags

  async run(): Promise<ExportOutput> {
    const { args, flags } = await this.parse(ExportXlsx)
    const [{ resultDocumentOf }, { findElection }, { readLog }, { resultWorkbook }, { loadGroup }] =
      await Promise.all([
        import('../../src/tally/read-result.ts'),
        import('../../src/election/find-election.ts'),
        import('../../src/audit/read-log.ts'),
        import('../../src/report/result-workbook.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
    const group = await loadGroup()
    const { result, log } = await this.withFile(flags, (work) =>
      work.read(async (tx) => {
        const election = await findElection(tx, args.election)
        const log = await readLog(tx, { election: election.slug })
        return { result: await resultDocumentOf(tx, group, election), log }
      }),
    )
    const { slug } = result.election
    const written = await this.deliver(slug, {
      out: flags.out,
      name: `${slug}.result.xlsx`,
      existing: 'refuse',
      write: async (sink) => sink(await resultWorkbook(result, log)),
    })
    this.next(`urna export archive ${slug}`)
    return written
  }
}
