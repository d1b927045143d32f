import { ExportCommand, type ExportOutput, exportOutput } from '../../src/cli/export-command.ts'

export const output = exportOutput

export default class ExportJson extends ExportCommand {
  static override summary = 'Write the result of an election as JSON, in a published schema.'
  static override description =
    'Everything that the count decided: every round, transfer and tie of every contest, the turnout, the trustees and the head of the public archive. The schema is docs/schema/result.json.'
  static override examples = [
    '<%= config.bin %> export json board-2026 --out result.json',
    "<%= config.bin %> export json --out - | jq '.contests[].winners'",
  ]
  static override args = ExportCommand.args
  static override flags = ExportCommand.flags

  async run(): Promise<ExportOutput> {
    const { args, flags } = await this.parse(ExportJson)
    const [{ viewResult }, { resultJson }, { loadGroup }] = await Promise.all([
      import('../../src/tally/view-result.ts'),
      import('../../src/report/result-json.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    const result = await this.withFile(flags, (work) => viewResult({ work, group }, args.election))
    const { slug } = result.election
    const written = await this.deliver(slug, {
      out: flags.out,
      name: `${slug}.result.json`,
      existing: 'refuse',
      write: async (sink) => sink(Buffer.from(resultJson(result))),
    })
    this.next(`urna export archive ${slug}`)
    return written
  }
}
