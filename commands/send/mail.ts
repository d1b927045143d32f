import { Flags } from '@oclif/core'
import { openMail } from '../../src/cli/delivery-settings.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { MailingCommand, type MailingOutput, mailingOutput } from '../../src/cli/mailing-command.ts'
import { mailingFlags } from '../../src/cli/mailing-flags.ts'

export const output = mailingOutput

export default class SendMail extends MailingCommand {
  static override summary = 'Send voters their tokens by e-mail.'
  static override description =
    'To the address of the roll, nobody twice: the file keeps how it stands with each voter, and the same command goes on after Ctrl-C, a crash or a server that was down. What a server puts off is tried again after 1, 5, 15, 30 and 60 minutes. Tokens that are revoked, expired or used are left out, and said. A template has Subject: … in its first line, and {name}, {link} and other fields in its text; --preview shows what comes of it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --tokens tokens.csv --mail mail.yaml --preview',
    '<%= config.bin %> <%= command.id %> --tokens tokens.csv --mail mail.yaml --test me@chapter.example',
    '<%= config.bin %> <%= command.id %> board-2026 --tokens tokens.csv --mail mail.yaml --rate 60/min',
  ]
  static override args = { election: electionArg }
  static override flags = {
    ...mailingFlags,
    tokens: Flags.string({
      description: 'The file of tokens, as urna token issue wrote it.',
      helpValue: 'FILE',
      required: true,
    }),
    mail: Flags.string({
      description:
        'YAML or JSON with url (smtps://user:password@host) and from; bounces, if they go to another address.',
      helpValue: 'FILE',
      required: true,
    }),
    subject: Flags.string({ description: 'In place of the template’s.' }),
    test: Flags.string({
      description: 'Send one sample there, with a token that is none.',
      helpValue: 'ADDRESS',
    }),
  }

  async run(): Promise<MailingOutput> {
    const { args, flags } = await this.parse(SendMail)
    const { election } = args
    const { subject, mail } = flags
    return this.mail(flags, {
      election,
      channel: 'email',
      kind: 'tokens',
      subject,
      open: () => openMail(mail),
    })
  }
}
