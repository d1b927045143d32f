import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from '../src/cli/base-command.ts'
import { formatCount, printable } from '../src/cli/output.ts'

export const output = z.strictObject({
  file: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  /** False if the very same was there already. */
  changed: z.boolean(),
  /** Ids of formats. */
  from: z.string(),
  to: z.string(),
  options: z.int(),
  /** How many ballots of each kind of content. */
  distinctBallots: z.int().optional(),
  /** What was irregular in the file that was read. */
  warnings: z.array(z.strictObject({ line: z.int(), column: z.int(), message: z.string() })),
  /** What the other format has no place for, or had to be assumed. */
  remarks: z.array(z.string()),
})

export default class Convert extends UrnaCommand {
  static override summary = 'Write a file of ballots in another format.'
  static override description =
    'What the other format has no place for is named; where that would change what ballots say, it is refused. Alike ballots are written once, with their number. The formats are in docs/tabulation/formats.md.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> ward.blt ward.abif',
    '<%= config.bin %> <%= command.id %> survey.csv survey.blt --from csv-options',
    'gunzip < ward.soi.gz | <%= config.bin %> <%= command.id %> - ward.cvotes',
  ]
  static override args = {
    input: Args.string({
      description: 'File to read, also compressed (.gz); - for standard input.',
      required: true,
    }),
    output: Args.string({ description: 'File to write; - for standard output, with --to.', required: true }),
  }
  static override flags = {
    from: Flags.string({ description: 'Format of the file; without it, found out.', helpValue: 'ID' }),
    to: Flags.string({
      description: 'Format to write; without it, by the extension of the file.',
      helpValue: 'ID',
    }),
    strict: Flags.boolean({ description: 'Refuse the file at the first irregularity.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(Convert)
    const [{ convertBallots }, { writeOutputFile }, { writeStandardOutput }] = await Promise.all([
      import('../src/interchange/convert-ballots.ts'),
      import('../src/report/output-file.ts'),
      import('../src/cli/standard-output.ts'),
    ])
    const { file, to, remarks, pieces } = await convertBallots({
      ...args,
      from: flags.from,
      to: flags.to,
      irregularities: flags.strict ? 'refused' : 'warned of',
    })
    for (const { line, column, message } of file.warnings) {
      this.note(printable(`Line ${line}, column ${column}: ${message}`))
    }
    for (const remark of remarks) this.note(remark)
    const write = async (sink: (bytes: Uint8Array) => void | Promise<void>) => {
      for (const piece of pieces) await sink(Buffer.from(piece))
    }
    const written =
      args.output === '-'
        ? await writeStandardOutput(write, this.jsonEnabled())
        : await writeOutputFile(args.output, write, { existing: 'refuse' })
    if (args.output !== '-') {
      this.say(
        written.changed
          ? `${printable(written.file)}: ${formatCount(written.bytes)} bytes written, as ${to.title}.`
          : `${printable(written.file)} is there already with the same content; nothing was changed.`,
      )
    }
    return {
      ...written,
      from: file.format.id,
      to: to.id,
      options: file.options.length,
      ...(file.ballots.kind !== 'totals' && { distinctBallots: file.ballots.count }),
      warnings: file.warnings.map((warning) => ({ ...warning })),
      remarks: [...remarks],
    }
  }
}
