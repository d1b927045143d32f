import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fillTemplate } from './template.ts'

export const languages = ['en', 'es', 'fr'] as const
export type Language = (typeof languages)[number]

/** The message that brings a one-time code. An SMS has no subject. */
export async function codeMessage(
  templates: string,
  message: {
    by: 'email' | 'sms'
    language: Language
    code: string
    /** Of the election. */
    title: string
    organisation: string
  },
): Promise<{ subject: string; text: string }> {
  const { by, language, code, title, organisation } = message
  const kind = by === 'email' ? 'mail' : 'sms'
  const template = await readFile(
    join(templates, 'messages', `one-time-code.${kind}.${language}.txt`),
    'utf8',
  )
  if (by === 'sms') {
    return { subject: '', text: fillTemplate(template, { code, title: shortened(title) }).trim() }
  }
  const filled = fillTemplate(template, { code, title, organisation })
  const [subject = '', ...lines] = filled.split('\n')
  return { subject, text: lines.join('\n').trimStart() }
}

/** An SMS has room for 70 or 160 characters, and costs as much again for more. */
const longestTitle = 30

function shortened(title: string): string {
  const letters = Array.from(title)
  return letters.length <= longestTitle ? title : `${letters.slice(0, longestTitle - 1).join('')}…`
}
