import { Args } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'

export const output = z.strictObject({ id: z.int().positive(), origin: z.string() })

export default class WebhookRemove extends FileCommand {
  static override summary = 'Post nothing to a URL any more; what waits for it is forgotten.'
  static override examples = ['<%= config.bin %> <%= command.id %> 1']
  static override args = {
    webhook: Args.integer({ description: 'Its id, as urna webhook list shows it.', required: true }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(WebhookRemove)
    const removed = await this.withFile(flags, async (work) => {
      const { removeWebhook } = await import('../../src/delivery/webhooks.ts')
      return removeWebhook(work, args.webhook)
    })
    this.say(`Nothing is posted to webhook ${removed.id} at ${removed.origin} any more.`)
    this.next('urna webhook list')
    return removed
  }
}
