import { basename } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { MessageSender } from '../delivery/message-sender.ts'
import { readTextInput } from '../interchange/read-input.ts'
import { InvalidInput } from './refusals.ts'

const mailSettings = z.strictObject({ url: z.string(), from: z.string() })
const smsSettings = z.strictObject({ url: z.string(), header: z.string().optional(), body: z.string() })

/**
 * What sends mail and SMS, from files that say how. They hold secrets, so they are files and no flags.
 * @throws InvalidInput, InputUnreadable, DeliveryMisconfigured; none repeats what is in a file
 */
export async function openSenders(files: {
  mail: string | undefined
  sms: string | undefined
}): Promise<{ email?: MessageSender; sms?: MessageSender }> {
  const [{ openMailSender }, { openSmsSender }] = await Promise.all([
    import('../delivery/mail-sender.ts'),
    import('../delivery/sms-sender.ts'),
  ])
  const mail = files.mail === undefined ? undefined : await readSettings(files.mail, mailSettings)
  const sms = files.sms === undefined ? undefined : await readSettings(files.sms, smsSettings)
  return {
    ...(mail !== undefined && { email: await openMailSender(mail) }),
    ...(sms !== undefined && { sms: openSmsSender({ ...sms, header: sms.header }) }),
  }
}

async function readSettings<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const read = schema.safeParse(yamlOf(await readTextInput(path)))
  if (read.success) return read.data
  const fields = [...new Set(read.error.issues.map(fieldOf))]
  throw new InvalidInput(
    `${basename(path)} does not say how to send: look at ${fields.join(', ')}.`,
    { file: path, fields },
    'For mail it has url and from; for SMS url, body and, if the gateway wants one, header.',
  )
}

/** YAML, of which JSON is a part. */
function yamlOf(text: string): unknown {
  try {
    return parse(text)
  } catch {
    // The message of the parser would show the line.
    return undefined
  }
}

/** Its name, never its value. */
function fieldOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return issue.keys.join(', ')
  return issue.path.length === 0 ? 'the whole file' : issue.path.join('.')
}
