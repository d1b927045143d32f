import { basename } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { MessageSender } from '../delivery/message-sender.ts'
import { readTextInput } from '../interchange/read-input.ts'
import { InvalidInput } from './refusals.ts'

const mailSettings = z.strictObject({
  url: z.string(),
  from: z.string(),
  bounces: z.string().exactOptional(),
})
const gatewaySettings = z.strictObject({ url: z.string(), header: z.string().optional(), body: z.string() })
const twilioSettings = z.strictObject({
  twilio: z.strictObject({
    account: z.string(),
    key: z.string().optional(),
    secret: z.string(),
    from: z.string(),
    url: z.string().optional(),
  }),
})

/**
 * What sends mail and SMS, from files that say how. They hold secrets, so they are files and no flags.
 * @throws InvalidInput, InputUnreadable, DeliveryMisconfigured; none repeats what is in a file
 */
export async function openSenders(files: {
  mail: string | undefined
  sms: string | undefined
}): Promise<{ email?: MessageSender; sms?: MessageSender }> {
  return {
    ...(files.mail !== undefined && { email: await openMail(files.mail) }),
    ...(files.sms !== undefined && { sms: await openSms(files.sms) }),
  }
}

/** @throws as `openSenders` */
export async function openMail(path: string): Promise<MessageSender> {
  const { openMailSender } = await import('../delivery/mail-sender.ts')
  return openMailSender(settingsOf(path, await readYaml(path), mailSettings))
}

/** Through Twilio, or any gateway that takes JSON. @throws as `openSenders` */
export async function openSms(path: string): Promise<MessageSender> {
  const read = await readYaml(path)
  if (typeof read === 'object' && read !== null && 'twilio' in read) {
    const { openTwilioSender } = await import('../delivery/twilio-sender.ts')
    const { twilio } = settingsOf(path, read, twilioSettings)
    return openTwilioSender({ ...twilio, key: twilio.key, url: twilio.url })
  }
  const { openSmsSender } = await import('../delivery/sms-sender.ts')
  const gateway = settingsOf(path, read, gatewaySettings)
  return openSmsSender({ ...gateway, header: gateway.header })
}

async function readYaml(path: string): Promise<unknown> {
  return yamlOf(await readTextInput(path))
}

function settingsOf<T>(path: string, given: unknown, schema: z.ZodType<T>): T {
  const read = schema.safeParse(given)
  if (read.success) return read.data
  const fields = [...new Set(read.error.issues.map(fieldOf))]
  throw new InvalidInput(
    `${basename(path)} does not say how to send: look at ${fields.join(', ')}.`,
    { file: path, fields },
    'For mail it has url and from, and may have bounces; for SMS url, body and, if the gateway wants one, header, or all of it below twilio.',
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
