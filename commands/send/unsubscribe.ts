import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { organisationFlag } from '../../src/cli/organisation-flag.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  organisation: z.string(),
  number: z.string(),
  channel: z.enum(['email', 'sms']),
  unsubscribed: z.boolean(),
  changed: z.boolean(),
})

export default class SendUnsubscribe extends FileCommand {
  static override summary = 'Send a member no more e-mail or SMS; letters reach them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 10234',
    '<%= config.bin %> <%= command.id %> 10234 --from sms',
    '<%= config.bin %> <%= command.id %> 10234 --undo',
  ]
  static override args = { number: Args.string({ description: 'Number of the member.', required: true }) }
  static override flags = {
    from: Flags.string({
      description: 'What is not sent any more.',
      options: ['email', 'sms'],
      default: 'email',
    }),
    undo: Flags.boolean({ description: 'The member wants it again.', default: false }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(SendUnsubscribe)
    const { organisation, undo } = flags
    const channel = flags.from as 'email' | 'sms'
    const done = await this.withFile(flags, async (work) => {
      const { unsubscribe } = await import('../../src/mailing/unsubscribe.ts')
      return unsubscribe(work, { organisation, number: args.number, channel, undo })
    })
    const what = channel === 'email' ? 'e-mail' : 'SMS'
    this.say(
      `${printable(done.number)} ${done.changed ? '' : 'already '}gets ${undo ? '' : 'no '}${what}${undo ? ' again' : ' any more'}.`,
    )
    this.next('urna send status')
    return done
  }
}
