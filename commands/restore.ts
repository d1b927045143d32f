import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand, officerOf } from '../src/cli/file-command.ts'
import { fileContents, headOfLog } from '../src/cli/file-contents.ts'
import { countOf, printable } from '../src/cli/output.ts'
import { readPassphrase } from '../src/cli/passphrase.ts'
import { systemClock } from '../src/clock.ts'

export const output = z.strictObject({
  file: z.string(),
  ...fileContents,
  /** What was in its place; null where nothing was. */
  replaced: z
    .strictObject({
      /** How many entries of its audit log, and ballots, the backup does not have; null where nobody can tell. */
      entries: z.int().nonnegative().nullable(),
      ballots: z.int().nullable(),
      keptAs: z.string(),
    })
    .nullable(),
})

export default class Restore extends FileCommand {
  static override summary = 'Put a backup in place, after checking it.'
  static override description =
    'Says first what came since the backup and would be lost, and then wants the name of the file with --confirm. What was there is kept beside it. No urna may have the file open. The backup itself stays as it is.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> /mnt/safe/chapter-2026-12-04.urna --to chapter.urna',
  ]
  static override args = {
    backup: Args.string({ description: 'The backup.', required: true }),
  }
  static override flags = {
    to: Flags.string({ description: 'The file that it becomes.', helpValue: 'FILE', required: true }),
    confirm: Flags.string({ description: 'The name of the file, to replace it.', helpValue: 'NAME' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(Restore)
    const { restoreFile } = await import('../src/audit/restore.ts')
    const restored = await restoreFile({
      backup: args.backup,
      to: flags.to,
      passphrase: await readPassphrase(flags, args.backup),
      clock: systemClock,
      officer: officerOf(flags),
      confirm: flags.confirm,
    })
    const { file, elections, ballots, replaced } = restored
    this.say(
      `✓ ${printable(file)} is restored: ${countOf(elections, 'election')}, ${countOf(ballots, 'ballot')}.`,
    )
    if (replaced !== null) this.say(`  What was there is kept as ${printable(replaced.keptAs)}`)
    this.say(`  ${headOfLog(restored)}`)
    this.next(`urna election list --file ${printable(flags.to)}`)
    return restored
  }
}
