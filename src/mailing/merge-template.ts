import { oneLine } from '../delivery/template.ts'
import { nearestWord } from '../election/spelling.ts'
import { columnKey } from '../register/column-names.ts'
import { TemplateInvalid } from './refusals.ts'

/** What stands in the places of one message, by the `columnKey` of its field. */
export type MergeValues = Readonly<Record<string, string>>

export interface MergeTemplate {
  /** Whether it has a place for that field. */
  has(field: string): boolean
  /** Each value is one line, whatever it holds, and not too long for a letter or a bill. */
  fill(values: MergeValues): string
}

const place = /\{([^{}\r\n]{0,80})\}/g

/** Letters that a value may have; what is longer is a mistake, or somebody's joke. */
const longestValue = 120

/**
 * A text with `{fields}` in it. Capitals, spaces and accents in the name of a field make no difference.
 * @param known names of all fields that there are
 * @param firstLine of the text in its file, for sentences
 * @throws TemplateInvalid for a field that there is not
 */
export function parseTemplate(
  template: string,
  { name, known, firstLine = 1 }: { name: string; known: readonly string[]; firstLine?: number },
): MergeTemplate {
  const keys = new Set(known.map(columnKey))
  const used = new Set<string>()
  for (const match of template.matchAll(place)) {
    const [, field = ''] = match
    const key = columnKey(field)
    if (keys.has(key) && key !== '') {
      used.add(key)
      continue
    }
    const before = template.slice(0, match.index).split('\n')
    const near = nearestWord(field.trim(), known)
    throw new TemplateInvalid(
      { template: name, line: firstLine + before.length - 1, column: Array.from(before.at(-1)!).length + 1 },
      `there is no field {${oneLine(field)}}${near === undefined ? '' : `; {${near}} was meant, perhaps`}`,
      `There are: ${known.map((each) => `{${each}}`).join(' ')}`,
    )
  }
  return {
    has: (field) => used.has(columnKey(field)),
    fill: (values) =>
      template.replace(place, (_place, field: string) => shownValue(values[columnKey(field)] ?? '')),
  }
}

function shownValue(value: string): string {
  const letters = Array.from(oneLine(value.slice(0, 20 * longestValue)))
  return letters.length <= longestValue ? letters.join('') : `${letters.slice(0, longestValue - 1).join('')}…`
}

export interface MailTemplate {
  readonly subject: MergeTemplate
  readonly body: MergeTemplate
}

/**
 * A mail: its first line is `Subject: …`, then an empty line and the text.
 * @param subject in its place; undefined where the text must bring it
 * @throws TemplateInvalid
 */
export function parseMail(
  text: string,
  options: { name: string; known: readonly string[]; subject: string | undefined },
): MailTemplate {
  const { name, known } = options
  const [, own, rest] = /^\ufeff?Subject:[ \t]*([^\r\n]*)\r?\n([\s\S]*)$/.exec(text) ?? []
  const subject = options.subject ?? own
  if (subject === undefined || subject.trim() === '') {
    throw new TemplateInvalid(
      { template: name, line: 1, column: 1 },
      'it does not begin with a subject',
      'Write "Subject: …" into its first line, or give it with --subject TEXT.',
    )
  }
  const body = (rest ?? text).replace(/^\ufeff/, '')
  const blank = /^\s*?\n(?=\S)|^(\r?\n)*/.exec(body)?.[0] ?? ''
  const firstLine = (own === undefined ? 1 : 2) + (blank.split('\n').length - 1)
  return {
    subject: parseTemplate(subject, { name: options.subject === undefined ? name : '--subject', known }),
    body: parseTemplate(body.slice(blank.length).replace(/\r\n/g, '\n'), { name, known, firstLine }),
  }
}
