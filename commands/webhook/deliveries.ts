import { Args } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { formatTable, printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  /** The latest first, a hundred at most. */
  deliveries: z.array(
    z.strictObject({
      messageId: z.string(),
      type: z.string(),
      state: z.enum(['waiting', 'delivered', 'dead']),
      tries: z.int().nonnegative(),
      /** A status of HTTP, or a word; null where nobody has answered yet. */
      answer: z.string().nullable(),
      at: z.string(),
      /** Of the next attempt; null where there is none. */
      dueAt: z.string().nullable(),
    }),
  ),
})

export default class WebhookDeliveries extends FileCommand {
  static override summary = 'List the latest messages to a webhook, and what became of them.'
  static override examples = ['<%= config.bin %> <%= command.id %> 1']
  static override args = {
    webhook: Args.integer({ description: 'Its id, as urna webhook list shows it.', required: true }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(WebhookDeliveries)
    const deliveries = await this.withFile(flags, async (work) => {
      const { listDeliveries } = await import('../../src/delivery/webhook-outbox.ts')
      return listDeliveries(work, args.webhook)
    })
    if (deliveries.length === 0) this.say('Nothing was to be posted there yet.')
    else {
      const rows = deliveries.map(({ type, state, tries, answer, at, dueAt }) => [
        ...[type, state === 'dead' ? 'given up' : state, `${tries}`, printable(answer ?? '')],
        ...[moment(at), dueAt === null ? '' : moment(dueAt)],
      ])
      this.say(formatTable({ head: ['Type', 'State', 'Tries', 'Answer', 'When', 'Next try'], rows }))
    }
    this.next('urna webhook list')
    return { deliveries }
  }
}

function moment(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}
