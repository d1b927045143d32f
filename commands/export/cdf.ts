import { ExportCommand, type ExportOutput, exportOutput } from '../../src/cli/export-command.ts'

export const output = exportOutput

export default class ExportCdf extends ExportCommand {
  static override summary = 'Write the result of an election in the common data format of NIST, as JSON.'
  static override description =
    'NIST SP 1500-100, version 2.0: contests, candidates, parties and lists with the votes of every round, and the turnout by the units that are told. Where votes are fractions that no floating-point number holds, the figures are rounded; transfers and ties have no place in the format. urna export json has everything exactly.'
  static override examples = [
    '<%= config.bin %> export cdf board-2026 --out result.cdf.json',
    "<%= config.bin %> export cdf --out - | jq '.Election[0].Contest[].Name'",
  ]
  static override args = ExportCommand.args
  static override flags = ExportCommand.flags

  async run(): Promise<ExportOutput> {
    const { args, flags } = await this.parse(ExportCdf)
    const [{ viewResult }, { resultsCdf }, { loadGroup }] = await Promise.all([
      import('../../src/tally/view-result.ts'),
      import('../../src/report/results-cdf.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    const result = await this.withFile(flags, (work) => viewResult({ work, group }, args.election))
    const { slug } = result.election
    const written = await this.deliver(slug, {
      out: flags.out,
      name: `${slug}.result.cdf.json`,
      existing: 'refuse',
      write: async (sink) => sink(Buffer.from(resultsCdf(result, this.config.version))),
    })
    this.next(`urna export archive ${slug}`)
    return written
  }
}
