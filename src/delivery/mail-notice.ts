import PostalMime from 'postal-mime'

/** What a message that came back to us says of one that we sent. */
export interface MailNotice {
  /** Of the message that we sent. */
  readonly key: string
  /** `bounced`: not delivered, for good; `unsubscribed`: its reader wants no more. */
  readonly kind: 'bounced' | 'unsubscribed'
  /** The enhanced status of RFC 3463, such as `5.1.1`; null where the notice gives none. */
  readonly status: string | null
}

const keyPattern = /\burna-([a-z2-7]{22})\b/

/**
 * Reads a notice of failed delivery (RFC 3464), or the message that a reader's programme sends to unsubscribe.
 * @returns undefined for every other message: delays, absences, answers of people
 */
export async function readNotice(raw: Uint8Array): Promise<MailNotice | undefined> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' }).catch(() => undefined)
  if (mail === undefined) return undefined
  const unsubscribes = /^\s*unsubscribe\s+urna-([a-z2-7]{22})\s*$/.exec(mail.subject ?? '')?.[1]
  if (unsubscribes !== undefined) return { key: unsubscribes, kind: 'unsubscribed', status: null }
  const report = mail.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status')
  if (report === undefined) return undefined
  const failed = failedRecipient(textOf(report.content))
  if (failed === undefined) return undefined
  // Before the message itself, which a server may send back whole: in it the key stands in the head.
  const key = keyPattern.exec(Buffer.from(raw).toString('latin1'))?.[1]
  return key === undefined ? undefined : { key, kind: 'bounced', status: failed.status }
}

/** RFC 3464: fields of the message, and after an empty line those of each recipient. */
function failedRecipient(report: string): { status: string | null } | undefined {
  const groups = report
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
  for (const group of groups) {
    if (!/^Action:[ \t]*failed[ \t]*$/im.test(group)) continue
    return { status: /^Status:[ \t]*([245]\.\d{1,3}\.\d{1,3})\b/im.exec(group)?.[1] ?? null }
  }
  return undefined
}

function textOf(content: ArrayBuffer | Uint8Array | string): string {
  return typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('latin1')
}
