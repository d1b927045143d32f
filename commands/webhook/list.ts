import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { organisationFlag } from '../../src/cli/organisation-flag.ts'
import { formatTable } from '../../src/cli/output.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  webhooks: z.array(
    z.strictObject({
      id: z.int().positive(),
      organisation: z.string(),
      /** Scheme and host: the rest may be a secret of the other side. */
      origin: z.string(),
      types: z.array(z.string()),
      createdAt: z.string(),
      /** How many messages wait, and how many were given up. */
      waiting: count,
      dead: count,
    }),
  ),
})

export default class WebhookList extends FileCommand {
  static override summary = 'List where what happens is posted to; never a secret.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = { organisation: organisationFlag }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(WebhookList)
    const webhooks = await this.withFile(flags, async (work) => {
      const { listWebhooks } = await import('../../src/delivery/webhooks.ts')
      return listWebhooks(work, flags.organisation)
    })
    if (webhooks.length === 0) this.say('Nothing is posted anywhere.')
    else {
      const rows = webhooks.map(({ id, origin, types, waiting, dead }) => [
        ...[`${id}`, origin, `${types.length}`, `${waiting}`, `${dead}`],
      ])
      this.say(formatTable({ head: ['Id', 'Host', 'Types', 'Waiting', 'Given up'], rows }))
    }
    this.next(webhooks.length === 0 ? 'urna webhook add URL' : 'urna webhook deliveries ID')
    return { webhooks }
  }
}
