import { Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../src/cli/file-command.ts'
import { fileContents, headOfLog } from '../src/cli/file-contents.ts'
import { countOf, formatCount, printable } from '../src/cli/output.ts'

export const output = z.strictObject({
  /** Whole path. */
  backup: z.string(),
  bytes: z.int().nonnegative(),
  ...fileContents,
})

export default class Backup extends FileCommand {
  static override summary = 'Copy the file while it may be in use, and check the copy.'
  static override description =
    'The copy is the file as it is at one moment, encrypted with the same passphrase; it is read through and its audit log verified before it gets its name. Nothing is ever overwritten. Keep it on another machine: urna restore puts it in place.'
  static override examples = ['<%= config.bin %> <%= command.id %> --out /mnt/safe/chapter-2026-12-04.urna']
  static override flags = {
    out: Flags.string({ description: 'The name of the copy.', helpValue: 'FILE', required: true }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(Backup)
    const made = await this.withFile(flags, async (work) => {
      const { backUpFile } = await import('../src/audit/back-up.ts')
      return backUpFile(work, flags.out)
    })
    this.say(`✓ ${printable(made.backup)}: ${formatCount(made.bytes)} bytes, whole and readable.`)
    this.say(
      `  ${countOf(made.elections, 'election')}, ${countOf(made.members, 'member')}, ${countOf(made.ballots, 'ballot')}`,
    )
    this.say(`  ${headOfLog(made)}`)
    this.next(`urna restore ${printable(made.backup)} --to FILE, if it is ever needed`)
    return made
  }
}
