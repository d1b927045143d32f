import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf } from '../../src/cli/output.ts'

export const output = z.strictObject({ entries: z.int().nonnegative(), head: z.string() })

export default class AuditVerify extends FileCommand {
  static override summary = 'Check that nobody has changed the audit log.'
  static override description =
    'Computes the whole chain of hashes again. Its head stands for everything before it: keep it elsewhere, such as in the minutes, and nobody can rewrite what came before. With --head it must be one of those that were kept. An exported log is verified without the file and its passphrase.'
  static override examples = [
    '<%= config.bin %> audit verify',
    '<%= config.bin %> audit verify log.jsonl --head HEAD',
  ]
  static override args = {
    log: Args.string({ description: 'A log that urna audit export wrote, instead of that of a file.' }),
  }
  static override flags = {
    head: Flags.string({ description: 'A head that was kept, and must be in the log.', helpValue: 'HEX' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(AuditVerify)
    const [{ verifyAuditLog }, { verifyLogFile }] = await Promise.all([
      import('../../src/audit/verify-log.ts'),
      import('../../src/audit/log-file.ts'),
    ])
    const head = flags.head?.trim().toLowerCase()
    const state =
      args.log === undefined
        ? await this.withFile(flags, (work) => verifyAuditLog(work, head))
        : await verifyLogFile(args.log, head)
    this.say(`✓ ${countOf(state.entries, 'entry', 'entries')}. Each follows from the one before it.`)
    if (head !== undefined) this.say('✓ The head that was kept is in it.')
    this.say(`Head of the log: ${state.head}`)
    this.next('urna audit show')
    return state
  }
}
