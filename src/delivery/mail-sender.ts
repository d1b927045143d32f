import { isLoopback } from './hosts.ts'
import type { MessageSender } from './message-sender.ts'
import { DeliveryMisconfigured, type Fate, MessageNotSent } from './refusals.ts'

interface MailSettings {
  /** `smtps://user:password@host:465`, or `smtp://` for a connection that turns to TLS. Holds a secret. */
  readonly url: string
  /** Who the mail is from: `election@chapter.example`, or `Northern Chapter <election@chapter.example>`. */
  readonly from: string
  /**
   * Where notices go that a message could not be delivered, if not to `from`: `bounces@chapter.example`, or with
   * `{key}` in it, by which the notice names the message: `bounces+{key}@chapter.example`.
   */
  readonly bounces?: string
}

/** What a message with a key is called, in its Message-ID and in what answers to it. */
export function nameOfMessage(key: string): string {
  return `urna-${key}`
}

/** In milliseconds: to connect, for the greeting, and between two lines of the server. */
const patience = 15_000
const connections = 4
/** After so many messages a connection is renewed, as many servers want it. */
const messagesAConnection = 100

/**
 * Sends mail over SMTP, encrypted unless the server is on this machine, over connections that are kept.
 * @throws DeliveryMisconfigured which never quotes the URL
 */
export async function openMailSender({ url, from, bounces }: MailSettings): Promise<MessageSender> {
  const server = serverOf(url)
  const sender = (/<([^<>]+)>\s*$/.exec(from)?.[1] ?? from).trim()
  if (bounces !== undefined && !isAddress(bounces.replace('{key}', 'key'))) {
    throw new DeliveryMisconfigured(
      'Where notices of failed delivery go is no e-mail address.',
      'Write bounces like bounces@chapter.example, or bounces+{key}@chapter.example.',
    )
  }
  if (!isAddress(sender)) {
    throw new DeliveryMisconfigured(
      'The sender of mail is no e-mail address.',
      'Write it like election@chapter.example, or Northern Chapter <election@chapter.example>.',
    )
  }
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    ...server,
    ...{ pool: true, maxConnections: connections, maxMessages: messagesAConnection },
    ...{ connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience },
    ...{ dnsTimeout: patience, disableFileAccess: true, disableUrlAccess: true },
  })
  transport.use('stream', ({ data, message }, done) => {
    const { passage } = data as { passage?: Passage }
    // The stream is read once the server has said that it takes the message.
    message.processFunc((stream) => stream.once('end', () => Object.assign(passage ?? {}, { over: true })))
    done()
  })
  return {
    send: async ({ to, subject, text, key }) => {
      if (!isAddress(to)) throw new MessageNotSent('mail', 'no address', 'never')
      const passage: Passage = { over: false }
      const mail = {
        passage,
        from,
        to: { name: '', address: to },
        subject,
        text,
        // Neither an absence notice nor a list answers to it.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        ...(key !== undefined && knownBy(key, { to, sender, bounces })),
      }
      try {
        await transport.sendMail(mail)
      } catch (error) {
        throw new MessageNotSent('mail', reasonOf(error), fateOf(error, passage.over))
      }
    },
    close: async () => transport.close(),
  }
}

/** Whether the last byte of a message has gone to the server. */
interface Passage {
  over: boolean
}

/** By which notices about a message, and whoever wants no more of them, name it; the notices without its text. */
function knownBy(
  key: string,
  { to, sender, bounces }: { to: string; sender: string; bounces: string | undefined },
) {
  const name = nameOfMessage(key)
  const returned = bounces?.replace('{key}', key) ?? sender
  return {
    messageId: `<${name}@${sender.slice(sender.lastIndexOf('@') + 1)}>`,
    envelope: { from: returned, to },
    dsn: { id: name, return: 'headers' as const, notify: 'failure' as const },
    ...(bounces !== undefined && {
      list: { unsubscribe: { url: `mailto:${returned}?subject=unsubscribe%20${name}` } },
    }),
  }
}

/** What was asked when the server refused: about the one whom the message is for, or about the message itself. */
const aboutOne: ReadonlySet<unknown> = new Set(['RCPT TO', 'DATA'])

function fateOf(error: unknown, handedOver: boolean): Fate {
  const { responseCode, code, command } = error as {
    responseCode?: unknown
    code?: unknown
    command?: unknown
  }
  if (typeof responseCode === 'number' && responseCode >= 400) {
    if (responseCode < 500) return 'later'
    return aboutOne.has(command) ? 'never' : 'halt'
  }
  if (handedOver) return 'unknown'
  if (code === 'EAUTH' || code === 'ETLS') return 'halt'
  return code === 'EENVELOPE' || code === 'EMESSAGE' ? 'never' : 'later'
}

function serverOf(url: string) {
  const read = URL.canParse(url) ? new URL(url) : undefined
  const user = decoded(read?.username)
  const pass = decoded(read?.password)
  const readable = read !== undefined && user !== undefined && pass !== undefined
  if (!readable || !['smtp:', 'smtps:'].includes(read.protocol) || read.hostname === '') {
    throw new DeliveryMisconfigured(
      'The mail server is not given as a URL.',
      'Write it like smtps://user:password@mail.example.org:465, with what is odd in the password as %XX.',
    )
  }
  const secure = read.protocol === 'smtps:'
  const here = isLoopback(read.hostname)
  const port = read.port === '' ? (secure ? 465 : here ? 25 : 587) : Number(read.port)
  return {
    host: read.hostname.replace(/^\[|\]$/g, ''),
    port,
    secure,
    // A server that does not offer encryption gets nothing; on this machine there is nobody in between.
    requireTLS: !secure && !here,
    tls: { minVersion: 'TLSv1.2' as const, rejectUnauthorized: !here },
    ...(user !== '' && { auth: { user, pass } }),
  }
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** One address and nothing else: a list of them, or a header, would send a secret to others. */
function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s,;:<>()[\]"\\@\p{Cc}]+@[^\s,;:<>()[\]"\\@\p{Cc}]+$/u.test(text)
}

/** The number of the server's answer, or the name of the error. Its text may quote the message. */
function reasonOf(error: unknown): string {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown }
  if (typeof responseCode === 'number') return String(responseCode)
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'unknown'
}
