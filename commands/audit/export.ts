import { Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { formatCount, printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  file: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string(),
  /** False where it was there already. */
  changed: z.boolean(),
})

export default class AuditExport extends FileCommand {
  static override summary = 'Write the audit log to a file that anybody can verify.'
  static override description =
    'One line of JSON for each entry, with the text that was hashed and the hash. With --format csv the same as a table to be read: text that a spreadsheet would take for a formula gets an apostrophe in front, so that only the lines of JSON can be verified. What it says of voters stays encrypted, so that it can be handed on. A file that it begins with is replaced, as the log has grown since; no other.'
  static override examples = [
    '<%= config.bin %> audit export --out log.jsonl',
    '<%= config.bin %> audit export --format csv',
  ]
  static override flags = {
    out: Flags.string({
      char: 'o',
      description: 'File to write; without it, audit-log and the name of the format.',
      helpValue: 'FILE',
    }),
    format: Flags.option({
      options: ['jsonl', 'csv'] as const,
      description: 'What is written.',
      default: 'jsonl',
    })(),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(AuditExport)
    const { out = `audit-log.${flags.format}` } = flags
    const [{ writeLogLines }, { writeLogTable }, { writeOutputFile }] = await Promise.all([
      import('../../src/audit/log-file.ts'),
      import('../../src/audit/log-table.ts'),
      import('../../src/report/output-file.ts'),
    ])
    const write = flags.format === 'csv' ? writeLogTable : writeLogLines
    const written = await this.withFile(flags, (work) =>
      work.read((tx) => writeOutputFile(out, (sink) => write(tx, sink), { existing: 'extend' })),
    )
    this.say(`${printable(written.file)}: ${formatCount(written.bytes)} bytes.`)
    this.next(flags.format === 'csv' ? 'urna audit verify' : `urna audit verify ${printable(written.file)}`)
    return written
  }
}
