import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openMailSender } from '../../src/delivery/mail-sender.ts'
import type { MailingInput } from '../../src/mailing/prepare-mailing.ts'
import { sendMailing } from '../../src/mailing/send-mailing.ts'
import type { Draft } from '../voting/fixtures.ts'
import { group } from '../voting/fixtures.ts'

const templates = fileURLToPath(new URL('../../templates/messages/', import.meta.url))

export function ownTemplate(name: string): { name: string; text: string } {
  return { name, text: readFileSync(`${templates}${name}`, 'utf8') }
}

export function mailing(urna: Draft, changes: Partial<MailingInput> = {}): MailingInput {
  return {
    ...{ election: urna.slug, channel: 'email', kind: 'tokens', name: 'tokens', subject: undefined },
    ...{
      tokens: join(urna.folder, 'tokens.csv'),
      template: ownTemplate('tokens.mail.en.txt'),
      language: 'en',
    },
    ...{ links: 'https://vote.example' },
    ...changes,
  }
}

export interface SendOptions {
  readonly url: string
  readonly bounces?: string
  readonly wait?: boolean
  readonly resendUnknown?: boolean
  readonly retryFailed?: boolean
  readonly signal?: AbortSignal
  readonly pause?: number
  /** What happens while it waits for the next try. */
  readonly meanwhile?: () => Promise<unknown>
}

/** Sends it for real, with the clock of the file, which goes on while it waits. */
export async function send(urna: Draft, options: SendOptions, changes: Partial<MailingInput> = {}) {
  const { url, bounces, wait = true, resendUnknown = false, retryFailed = false } = options
  const from = 'Northern Chapter <vote@chapter.example>'
  const sender = await openMailSender({ url, from, ...(bounces !== undefined && { bounces }) })
  const { work, clock } = urna
  try {
    return await sendMailing(
      {
        ...{ work, group, clock, sender, signal: options.signal ?? new AbortController().signal },
        sleep: async (millis) => {
          if (millis < 1000) return setTimeout(millis)
          await options.meanwhile?.()
          clock.advance(millis / 1000)
        },
      },
      { ...mailing(urna, changes), pause: options.pause ?? 0, wait, resendUnknown, retryFailed },
    )
  } finally {
    await sender.close()
  }
}

/** The states of a mailing that some are in. */
export function someOf(states: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(states).filter(([, count]) => count > 0))
}
