import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf } from '../../src/cli/output.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  election: z.string(),
  ...{ messages: count, bounced: count, unsubscribed: count, known: count, foreign: count, others: count },
})

export default class SendBounces extends FileCommand {
  static override summary = 'Read which mails came back, and who wants no more.'
  static override description =
    'From the mailbox of the sender: a Maildir, an mbox, or a folder of .eml files. Only notices of failed delivery (RFC 3464) that name a message of this election count; reading them again changes nothing. The messages themselves are neither kept nor changed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> Maildir',
    '<%= config.bin %> <%= command.id %> returned.mbox --election board-2026',
  ]
  static override args = {
    folder: Args.string({ description: 'A Maildir, an mbox, or a folder of .eml files.', required: true }),
  }
  static override flags = {
    election: Flags.string({
      description: 'Short name of the election; not needed where the file has only one.',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(SendBounces)
    const taken = await this.withFile(flags, async (work) => {
      const { takeBounces } = await import('../../src/mailing/take-bounces.ts')
      return takeBounces(work, { election: flags.election, path: args.folder })
    })
    const { election, messages, bounced, unsubscribed, known, foreign, others } = taken
    this.say(
      `${countOf(messages, 'message')} read: ${countOf(bounced, 'mail')} came back, ${countOf(unsubscribed, 'member')} unsubscribed.`,
    )
    if (known > 0) this.say(`${countOf(known, 'notice')} said what was known already.`)
    if (foreign > 0) this.say(`${countOf(foreign, 'notice')} is of no mail of ${election}.`)
    if (others > 0)
      this.say(`${countOf(others, 'message')} should be read by somebody: absences, delays, answers.`)
    this.next(`urna send status ${election}`)
    return taken
  }
}
