import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf } from '../../src/cli/output.ts'

export const output = z.strictObject({
  id: z.int().positive(),
  organisation: z.string(),
  /** Scheme and host. */
  origin: z.string(),
  types: z.array(z.string()),
  /** It signs the messages, and is never shown again. */
  secret: z.string(),
})

export default class WebhookAdd extends FileCommand {
  static override summary = 'Have what happens posted to a URL, and show the secret that signs it once.'
  static override description =
    'urna serve posts each message until it is taken, and gives up after eight attempts in a day. A message says what happened to which election, and when: never a name, a number of votes or a result. It may come twice, with the same webhook-id. Messages are signed as standardwebhooks.com has it. Redirections are not followed, and hosts in private networks are refused.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> https://hooks.example.org/urna',
    '<%= config.bin %> <%= command.id %> https://hooks.example.org/urna --type election.closed --type incident.recorded',
  ]
  static override args = {
    url: Args.string({ description: 'Where messages are posted to, with https.', required: true }),
  }
  static override flags = {
    type: Flags.string({
      description: 'What is posted; as often as needed. Without it, everything.',
      helpValue: 'TYPE',
      multiple: true,
      multipleNonGreedy: true,
      default: [],
    }),
    'allow-private': Flags.boolean({
      description: 'Also hosts in a private network or on this machine, and plain http.',
      default: false,
    }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(WebhookAdd)
    const { type: types, organisation, 'allow-private': allowPrivate } = flags
    const added = await this.withFile(flags, async (work) => {
      const { addWebhook } = await import('../../src/delivery/webhooks.ts')
      return addWebhook(work, { organisation, url: args.url, types, allowPrivate })
    })
    // In one piece whatever the width of the terminal.
    if (!this.jsonEnabled()) this.log(added.secret)
    const kinds = countOf(added.types.length, 'type')
    this.note(
      `This is the only time that the secret is shown: the other side checks signatures with it. Webhook ${added.id} gets ${kinds} of messages at ${added.origin}, from now on and while urna serve runs.`,
    )
    this.next(`urna webhook test ${added.id}`)
    return added
  }
}
