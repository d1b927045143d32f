import { Flags } from '@oclif/core'
import { ExportCommand, type ExportOutput, exportOutput } from '../../src/cli/export-command.ts'

export const output = exportOutput

export default class PaperPrint extends ExportCommand {
  static override summary = 'Write the paper ballot of an election as a PDF, to be copied as often as needed.'
  static override description =
    'All copies are the same: nothing on a paper says whose it is. With --rotate the options of each contest begin with another one, so that several piles can be printed and no candidate stands first on all of them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026',
    '<%= config.bin %> <%= command.id %> board-2026 --rotate 1 --size letter --out pile-2.pdf',
  ]
  static override args = ExportCommand.args
  static override flags = {
    ...ExportCommand.flags,
    size: Flags.option({
      description: 'Of the sheets.',
      options: ['a4', 'letter'] as const,
      default: 'a4' as const,
    })(),
    rotate: Flags.integer({
      description: 'By how many places the options move up.',
      ...{ min: 0, max: 1000, default: 0 },
    }),
  }

  async run(): Promise<ExportOutput> {
    const { args, flags } = await this.parse(PaperPrint)
    const [{ paperBallot }, { writeBallotSheets }] = await Promise.all([
      import('../../src/voting/paper/paper-contests.ts'),
      import('../../src/report/ballot-sheets-pdf.ts'),
    ])
    const { election, ...ballot } = await this.withFile(flags, (work) =>
      paperBallot(work, { election: args.election, rotated: flags.rotate }),
    )
    const written = await this.deliver(election, {
      out: flags.out,
      name: `${election}.ballot.pdf`,
      existing: 'refuse',
      write: async (sink) => {
        await writeBallotSheets(sink, { ...ballot, size: flags.size })
      },
    })
    this.next(`urna paper strike ${election} --voter NUMBER`)
    return written
  }
}
