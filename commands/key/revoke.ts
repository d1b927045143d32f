import { Args } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  handle: z.string(),
  officer: z.string(),
  /** False if it was done already. */
  changed: z.boolean(),
})

export default class KeyRevoke extends FileCommand {
  static override summary = 'Revoke an API key; its sessions end at once.'
  static override examples = ['<%= config.bin %> <%= command.id %> k3mzq7ab']
  static override args = {
    key: Args.string({
      description:
        'The 8 letters and figures behind urna_, as urna key list shows them; never the whole key.',
      required: true,
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(KeyRevoke)
    const revoked = await this.withFile(flags, async (work) => {
      const { revokeKey } = await import('../../src/organisation/keys.ts')
      return revokeKey(work, { handle: args.key })
    })
    const { handle, officer, changed } = revoked
    this.say(
      changed
        ? `The key ${handle} of ${printable(officer)} opens nothing any more.`
        : `The key ${handle} of ${printable(officer)} was revoked before.`,
    )
    this.next('urna key list')
    return revoked
  }
}
