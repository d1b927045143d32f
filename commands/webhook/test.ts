import { Args } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'

export const output = z.strictObject({
  id: z.int().positive(),
  origin: z.string(),
  /** The status of HTTP. */
  answer: z.string(),
})

export default class WebhookTest extends FileCommand {
  static override summary = 'Post a message of the type "test" at once, signed like any other.'
  static override examples = ['<%= config.bin %> <%= command.id %> 1']
  static override args = {
    webhook: Args.integer({ description: 'Its id, as urna webhook list shows it.', required: true }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(WebhookTest)
    const tested = await this.withFile(flags, async (work) => {
      const [{ testWebhook }, { systemClock }] = await Promise.all([
        import('../../src/delivery/webhooks.ts'),
        import('../../src/clock.ts'),
      ])
      return testWebhook({ work, clock: systemClock }, args.webhook)
    })
    this.say(`${tested.origin} took the test (${tested.answer}).`)
    this.next(`urna webhook deliveries ${tested.id}`)
    return tested
  }
}
