import { Flags } from '@oclif/core'
import { openSms } from '../../src/cli/delivery-settings.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { MailingCommand, type MailingOutput, mailingOutput } from '../../src/cli/mailing-command.ts'
import { mailingFlags } from '../../src/cli/mailing-flags.ts'

export const output = mailingOutput

export default class SendSms extends MailingCommand {
  static override summary = 'Send voters their tokens by SMS.'
  static override description =
    'As urna send mail, to the telephone numbers of the roll, through a gateway that takes JSON over HTTP, or through Twilio. Whoever carries an SMS can read it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --tokens tokens.csv --sms sms.yaml --preview',
    '<%= config.bin %> <%= command.id %> board-2026 --tokens tokens.csv --sms sms.yaml --rate 5/s',
  ]
  static override args = { election: electionArg }
  static override flags = {
    ...mailingFlags,
    tokens: Flags.string({
      description: 'The file of tokens, as urna token issue wrote it.',
      helpValue: 'FILE',
      required: true,
    }),
    sms: Flags.string({
      description:
        'YAML or JSON with url, header and body of a gateway, or twilio with account, secret, from and, for an API key, key.',
      helpValue: 'FILE',
      required: true,
    }),
    test: Flags.string({
      description: 'Send one sample there, with a token that is none.',
      helpValue: 'NUMBER',
    }),
  }

  async run(): Promise<MailingOutput> {
    const { args, flags } = await this.parse(SendSms)
    const open = () => openSms(flags.sms)
    return this.mail(flags, {
      election: args.election,
      channel: 'sms',
      kind: 'tokens',
      subject: undefined,
      open,
    })
  }
}
