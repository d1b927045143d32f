import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Flags } from '@oclif/core'
import { type Language, languages } from '../delivery/code-message.ts'
import { readTextInput } from '../interchange/read-input.ts'
import { rateSchema } from '../mailing/pacer.ts'
import { InvalidInput } from './refusals.ts'

/** What all commands that write to voters share. */
export const mailingFlags = {
  tokens: Flags.string({
    description: 'The file of tokens, as urna token issue wrote it.',
    helpValue: 'FILE',
  }),
  template: Flags.string({
    description: 'The text, with {fields} in it; without it, one of urna’s own.',
    helpValue: 'FILE',
  }),
  language: Flags.string({
    description: 'Of urna’s own texts, and of the times in yours.',
    options: [...languages],
    default: 'en',
  }),
  links: Flags.string({
    description: 'The server of the ballot page, where the file of tokens has no links.',
    helpValue: 'https://HOST',
  }),
  name: Flags.string({
    description:
      'Name of the mailing: under the same name nobody gets it twice, under another one everybody again.',
  }),
  rate: Flags.string({ description: 'At most so many messages: 10/s, 60/min or 500/h.', default: '10/s' }),
  preview: Flags.boolean({ description: 'Show one message, with the token hidden, and send nothing.' }),
  'dry-run': Flags.boolean({ description: 'Say to how many it would go, and send nothing.' }),
  'no-wait': Flags.boolean({ description: 'Do not wait for another try where a server is busy.' }),
  'resend-unknown': Flags.boolean({
    description: 'Send again what may have been sent when the command was killed: some may get it twice.',
  }),
  'retry-failed': Flags.boolean({
    description: 'Send again what was refused or came back, after the addresses were mended.',
  }),
}

/** @throws InvalidInput */
export function pauseOfRate(rate: string): number {
  const read = rateSchema.safeParse(rate)
  if (read.success) return read.data
  throw new InvalidInput(`--rate ${rate} is no rate.`, { rate }, 'Write it like 10/s, 60/min or 500/h.')
}

/** The text that an officer gave, or urna's own. @throws InputUnreadable */
export async function templateText(
  root: string,
  given: string | undefined,
  own: { kind: 'tokens' | 'reminder'; by: 'mail' | 'sms'; language: Language },
): Promise<{ name: string; text: string }> {
  if (given !== undefined) return { name: basename(given), text: await readTextInput(given) }
  const name = `${own.kind}.${own.by}.${own.language}.txt`
  return { name, text: await readFile(join(root, 'templates', 'messages', name), 'utf8') }
}
