import { Flags } from '@oclif/core'
import { z } from 'zod'
import type { Sink } from '../report/output-file.ts'
import { electionArg } from './election-arg.ts'
import { FileCommand } from './file-command.ts'
import { formatCount, printable } from './output.ts'
import { writeStandardOutput } from './standard-output.ts'

export const exportOutput = z.strictObject({
  election: z.string(),
  file: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  changed: z.boolean(),
})

export type ExportOutput = z.infer<typeof exportOutput>

/**
 * What the exports share: an election, a file to write, and `-` for standard output. Each names `args` and
 * `flags` as its own: oclif's parser does not look at inherited ones.
 */
export abstract class ExportCommand extends FileCommand {
  static override args = {
    election: electionArg,
  }
  static override flags = {
    out: Flags.string({
      char: 'o',
      description: 'File to write, or - for standard output; without it, a name after the election.',
    }),
  }

  /**
   * Writes what an export gives.
   * @param options.name of the file where none was asked for
   */
  protected async deliver(
    election: string,
    options: {
      out: string | undefined
      name: string
      existing: 'refuse' | 'extend' | 'replace'
      write: (sink: Sink) => Promise<void>
    },
  ): Promise<ExportOutput> {
    const { out = options.name, existing, write } = options
    if (out === '-') return { election, ...(await writeStandardOutput(write, this.jsonEnabled())) }
    const { writeOutputFile } = await import('../report/output-file.ts')
    const written = await writeOutputFile(out, write, { existing })
    this.say(
      written.changed
        ? `${printable(written.file)}: ${formatCount(written.bytes)} bytes written.`
        : `${printable(written.file)} is there already with the same content; nothing was changed.`,
    )
    return { election, ...written }
  }
}
