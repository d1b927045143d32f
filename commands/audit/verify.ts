import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf } from '../../src/cli/output.ts'

export const output = z.strictObject({ entries: z.int().nonnegative(), head: z.string() })

export default class AuditVerify extends FileCommand {
  static override summary = 'Check that nobody has changed the audit log.'
  static override description =
    'Computes the whole chain of hashes again. Its head stands for everything before it: keep it elsewhere, such as in the minutes, and nobody can rewrite what came before.'
  static override examples = ['<%= config.bin %> audit verify']

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(AuditVerify)
    const { verifyAuditLog } = await import('../../src/audit/verify-log.ts')
    const state = await this.withFile(flags, verifyAuditLog)
    this.say(`✓ ${countOf(state.entries, 'entry', 'entries')}. Each follows from the one before it.`)
    this.say(`Head of the log: ${state.head}`)
    this.next('urna audit show')
    return state
  }
}
