import { Flags } from '@oclif/core'
import { ExportCommand, type ExportOutput, exportOutput } from '../../src/cli/export-command.ts'

export const output = exportOutput

export default class ExportBlt extends ExportCommand {
  static override summary = 'Write the opened ballots of a ranked contest as BLT, for any counting program.'
  static override description =
    'The shuffled ballots, alike ones together with their number; nobody can tell whose is whose. Invalid ones have no place in the format and are left out.'
  static override examples = [
    '<%= config.bin %> export blt board-2026 --contest Committee --out committee.blt',
    '<%= config.bin %> export blt --out - | head -1',
  ]
  static override flags = {
    ...ExportCommand.flags,
    contest: Flags.string({
      description: 'Title or number of the contest; not needed if only one is opened ballot by ballot.',
    }),
  }
  static override args = ExportCommand.args

  async run(): Promise<ExportOutput> {
    const { args, flags } = await this.parse(ExportBlt)
    const [{ viewOpenedBallots }, { writeBlt }, { loadGroup }] = await Promise.all([
      import('../../src/tally/view-result.ts'),
      import('../../src/interchange/blt-writer.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    const opened = await this.withFile(flags, (work) =>
      viewOpenedBallots({ work, group }, { slug: args.election, contest: flags.contest }),
    )
    const { election, position, options, ballots } = opened
    const { seats } = opened.contest
    const file = { title: opened.title, options, seats, withdrawn: [], ballots }
    const written = await this.deliver(election, {
      out: flags.out,
      name: `${election}.${position}.blt`,
      existing: 'refuse',
      write: async (sink) => {
        for (const piece of writeBlt(file)) await sink(Buffer.from(piece))
      },
    })
    return written
  }
}
