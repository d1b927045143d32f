import { Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable, terminalWidth } from '../../src/cli/output.ts'
import { wrapText } from '../../src/cli/wrap.ts'

export const output = z.strictObject({
  entries: z.array(
    z.strictObject({
      position: z.int().positive(),
      at: z.string(),
      officer: z.string(),
      action: z.string(),
      election: z.string().nullable(),
      details: z.record(z.string(), z.unknown()),
      hash: z.string(),
    }),
  ),
})

type Output = z.infer<typeof output>

export default class AuditShow extends FileCommand {
  static override summary = 'Show the audit log: who did what, and what was refused.'
  static override description =
    'Nobody can change or delete an entry without breaking the chain of hashes, which urna audit verify checks. The log never holds a choice, a token or a key.'
  static override examples = [
    '<%= config.bin %> audit show',
    '<%= config.bin %> audit show --election board-2026 --limit 200 --json',
  ]
  static override flags = {
    limit: Flags.integer({ description: 'How many of the latest entries.', default: 50, min: 1 }),
    election: Flags.string({ description: 'Only what concerns this election.' }),
  }

  async run(): Promise<Output> {
    const { flags } = await this.parse(AuditShow)
    const { readLog } = await import('../../src/audit/read-log.ts')
    const entries = await this.withFile(flags, (work) =>
      work.read((tx) => readLog(tx, { election: flags.election, last: flags.limit })),
    )
    for (const entry of entries) this.say(entryText(entry))
    this.next('urna audit verify')
    return { entries }
  }
}

function entryText(entry: Output['entries'][number]): string {
  const { position, at, officer, action, election, details } = entry
  const when = at.replace('T', ' ').slice(0, 19)
  const head = `${String(position).padStart(5)}  ${when}  ${printable(officer)}  ${action}${election === null ? '' : `  ${election}`}`
  const text = printable(detailsText(details))
  return [head, ...(text === '' ? [] : wrapText(text, terminalWidth() - 7))].join('\n       ')
}

function detailsText(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? shortened(value) : JSON.stringify(value)}`)
    .join(', ')
}

/** Hashes are whole in --json. */
function shortened(text: string): string {
  return /^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 8)}…` : text
}
