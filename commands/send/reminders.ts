import { Flags } from '@oclif/core'
import { openMail, openSms } from '../../src/cli/delivery-settings.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { MailingCommand, type MailingOutput, mailingOutput } from '../../src/cli/mailing-command.ts'
import { mailingFlags } from '../../src/cli/mailing-flags.ts'

export const output = mailingOutput

export default class SendReminders extends MailingCommand {
  static override summary = 'Remind those who have not voted, and nobody else.'
  static override description =
    'While the election is open, and not after its close. Who votes meanwhile is not reminded any more. Without --tokens no token is in it. A second reminder is another mailing: give it a name. The log says how many were reminded, never who.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --mail mail.yaml',
    '<%= config.bin %> <%= command.id %> board-2026 --mail mail.yaml --name last-day',
    '<%= config.bin %> <%= command.id %> board-2026 --sms sms.yaml --dry-run',
  ]
  static override args = { election: electionArg }
  static override flags = {
    ...mailingFlags,
    mail: Flags.string({
      description: 'Remind by e-mail: YAML or JSON as for urna send mail.',
      helpValue: 'FILE',
      exactlyOne: ['mail', 'sms'],
    }),
    sms: Flags.string({
      description: 'Remind by SMS: YAML or JSON as for urna send sms.',
      helpValue: 'FILE',
    }),
    subject: Flags.string({ description: 'In place of the template’s.', dependsOn: ['mail'] }),
    test: Flags.string({ description: 'Send one sample there.', helpValue: 'ADDRESS' }),
  }

  async run(): Promise<MailingOutput> {
    const { args, flags } = await this.parse(SendReminders)
    const { election } = args
    const { subject, mail, sms } = flags
    const kind = 'reminder' as const
    return mail === undefined
      ? this.mail(flags, { election, channel: 'sms', kind, subject, open: () => openSms(sms!) })
      : this.mail(flags, { election, channel: 'email', kind, subject, open: () => openMail(mail) })
  }
}
