import { ExportCommand, type ExportOutput, exportOutput } from '../../src/cli/export-command.ts'

export const output = exportOutput

export default class ExportArchive extends ExportCommand {
  static override summary = 'Write the public archive of an election: all that anyone needs to verify it.'
  static override description =
    'At any stage from the opening on. It holds the sealed ballots and, after the close, the work of the trustees and the result; no name, no time of a ballot, no secret. Trustees work from it, voters find their ballots in it, and other Belenios verifiers read it. An older one of the same name is replaced: an archive only grows. Where ballots are not sealed it is a JSON text with every ballot in it, from the close on; one that was made anonymous has another name.'
  static override examples = [
    '<%= config.bin %> export archive board-2026',
    '<%= config.bin %> export archive board-2026 --out - | sha256sum',
  ]
  static override args = ExportCommand.args
  static override flags = ExportCommand.flags

  async run(): Promise<ExportOutput> {
    const { args, flags } = await this.parse(ExportArchive)
    const [{ archiveName, writeArchive }, { viewArchive }] = await Promise.all([
      import('../../src/tally/write-archive.ts'),
      import('../../src/tally/view-archive.ts'),
    ])
    return this.withFile(flags, async (work) => {
      const election = await viewArchive(work, args.election)
      return work.read(async (tx) => {
        const { slug } = election
        const written = await this.deliver(slug, {
          out: flags.out,
          name: archiveName(election),
          existing: election.visibility === 'secret' ? 'extend' : 'replace',
          write: (sink) => writeArchive(tx, election, sink),
        })
        this.next(`urna verify ${written.file === '-' ? 'ARCHIVE' : written.file}`)
        return written
      })
    })
  }
}
