import { Flags } from '@oclif/core'
import { ExportCommand, type ExportOutput, exportOutput } from '../../src/cli/export-command.ts'

export const output = exportOutput

export default class ExportPdf extends ExportCommand {
  static override summary = 'Write the result of an election as sheets to print: one for each contest.'
  static override description =
    'A rehearsal, and a result that is not certified, say so across every sheet. What is certified has a certificate, which urna election certify writes.'
  static override examples = [
    '<%= config.bin %> export pdf board-2026 --out result.pdf',
    '<%= config.bin %> export pdf board-2026 --contest Treasurer',
  ]
  static override args = ExportCommand.args
  static override flags = {
    ...ExportCommand.flags,
    contest: Flags.string({
      description: 'Title or number of a contest, as often as needed; without it, all of them.',
      multiple: true,
      multipleNonGreedy: true,
    }),
  }

  async run(): Promise<ExportOutput> {
    const { args, flags } = await this.parse(ExportPdf)
    const [{ viewSummary }, { contestsNamed }, { resultSheet }, { loadGroup }] = await Promise.all([
      import('../../src/tally/view-summary.ts'),
      import('../../src/election/find-contest.ts'),
      import('../../src/report/result-sheet.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    const { result, summary } = await this.withFile(flags, (work) =>
      viewSummary({ work, group }, args.election),
    )
    const { slug } = result.election
    const contests = contestsNamed(result.contests, { election: slug, named: flags.contest ?? [] })
    const written = await this.deliver(slug, {
      out: flags.out,
      name: `${slug}.result.pdf`,
      existing: 'refuse',
      write: async (sink) => sink(await resultSheet(result, contests, summary.earlier)),
    })
    this.next(`urna export archive ${slug}`)
    return written
  }
}
