import { readFile } from 'node:fs/promises'
import { openMailSender } from './mail-sender.ts'
import type { MessageSender } from './message-sender.ts'
import { DeliveryMisconfigured } from './refusals.ts'
import { openSmsSender } from './sms-sender.ts'

/** How messages are sent, as whoever runs a server sets it; undefined for what is not set up. */
export interface DeliverySettings {
  /** As `MailSettings.url`; a secret. */
  readonly smtpUrl: string | undefined
  /** A file that holds it instead. */
  readonly smtpUrlFile: string | undefined
  readonly mailFrom: string | undefined
  readonly smsUrl: string | undefined
  /** A file with the header that identifies us to the gateway. */
  readonly smsHeaderFile: string | undefined
  /** As `SmsSettings.body`. */
  readonly smsBody: string | undefined
}

export interface Senders {
  readonly email?: MessageSender
  readonly sms?: MessageSender
  close(): Promise<void>
}

/** The settings in the environment. None of them is ever an argument, which every process can see. */
export function deliverySettings(env: Readonly<Record<string, string | undefined>>): DeliverySettings {
  return {
    smtpUrl: env.URNA_SMTP_URL,
    smtpUrlFile: env.URNA_SMTP_URL_FILE,
    mailFrom: env.URNA_MAIL_FROM,
    smsUrl: env.URNA_SMS_URL,
    smsHeaderFile: env.URNA_SMS_HEADER_FILE,
    smsBody: env.URNA_SMS_BODY,
  }
}

/** @throws DeliveryMisconfigured */
export async function openSenders(settings: DeliverySettings): Promise<Senders> {
  const { mailFrom, smsUrl, smsHeaderFile, smsBody = '{"to":"{to}","text":"{text}"}' } = settings
  const url = settings.smtpUrl ?? (await secretIn(settings.smtpUrlFile))
  if (url !== undefined && mailFrom === undefined) {
    throw new DeliveryMisconfigured(
      'There is a mail server, and nobody whom its mail is from.',
      'Say it in URNA_MAIL_FROM, like: Northern Chapter <election@chapter.example>',
    )
  }
  const header = await secretIn(smsHeaderFile)
  const sms = smsUrl === undefined ? undefined : openSmsSender({ url: smsUrl, header, body: smsBody })
  const email =
    url === undefined || mailFrom === undefined ? undefined : await openMailSender({ url, from: mailFrom })
  return {
    ...(email !== undefined && { email }),
    ...(sms !== undefined && { sms }),
    close: async () => {
      await Promise.all([email?.close(), sms?.close()])
    },
  }
}

/** What a file holds, without the end of its line. */
async function secretIn(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new DeliveryMisconfigured(`${path} can't be read (${reason}).`)
  }
}
