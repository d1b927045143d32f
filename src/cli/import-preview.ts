import chalk from 'chalk'
import type { RejectedRow } from '../register/import-batch.ts'
import type { MemberImport } from '../register/import-summary.ts'
import type { FieldChange, MemberFacts } from '../register/member-change.ts'
import type { MemberColumns } from '../register/member-columns.ts'
import { problemSentence } from '../register/member-row.ts'
import { type DuplicateKey, duplicateKeys } from '../register/possible-duplicates.ts'
import { formatWeight, microsPerVote } from '../register/weights.ts'
import { countOf, formatCount } from './output.ts'
import { prose } from './prose.ts'

const rejectedShown = 10
const encodings = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
}
const delimiters = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' }

/** What an import does, for people: how the file was read, what is new, changed and rejected. */
export function importPreview(file: string, found: MemberImport): string[] {
  const { absent } = found
  return [
    prose(
      `${file}: ${encodings[found.encoding]}, ${delimiters[found.delimiter]}, ${countOf(found.rows, 'row')}.`,
    ),
    ...columnLines(found.columns),
    '',
    ...countLines(found),
    ...(absent === 0
      ? []
      : [
          prose(
            `${countOf(absent, 'member')} of the organisation ${absent === 1 ? 'is' : 'are'} not in it and stay.`,
          ),
        ]),
    ...changedPeople(found, ({ line }) => `line ${formatCount(line)}`),
  ]
}

/** How many rows are new, changed, unchanged and rejected. */
export function countLines({ counts }: MemberImport): string[] {
  return (['new', 'changed', 'unchanged', 'rejected'] as const).map((kind) =>
    countLine(titleOf(kind), counts[kind]),
  )
}

export function countLine(label: string, value: number): string {
  return `  ${label.padEnd(10)}${formatCount(value).padStart(12)}`
}

/** The first who are new, changed and rejected, and who may be the same person. */
export function changedPeople(found: MemberImport, placeOf: (row: RejectedRow) => string): string[] {
  const { counts, first } = found
  const rejected = first.rejected.slice(0, rejectedShown).map((row) => rejectedRow(row, placeOf(row)))
  return [
    ...section('New', counts.new, first.new.map(newMember)),
    ...section('Changed', counts.changed, first.changed.map(changedMember)),
    ...section('Rejected', counts.rejected, rejected),
    ...duplicateLines(found),
  ]
}

function titleOf(kind: string): string {
  return kind[0]?.toUpperCase() + kind.slice(1)
}

function columnLines({ headers, fields, name, nationalId, custom, ignored }: MemberColumns): string[] {
  const quoted = (cell: number) => `"${headers[cell]}"`
  const known = Object.entries(fields).map(([field, cell]) => `${field} from ${quoted(cell)}`)
  const unnamed = ignored.filter((cell) => headers[cell] === '').map((cell) => String(cell + 1))
  return [
    prose(`Columns: name from ${name.map(quoted).join(' and ')}, ${known.join(', ')}.`),
    ...(fields.number === undefined
      ? [prose('There is no column for the number, so the e-mail address serves as one.')]
      : []),
    ...(nationalId === undefined
      ? []
      : [prose(`${quoted(nationalId)} is kept as a keyed hash alone: it can be compared, not read.`)]),
    ...(custom.length === 0
      ? []
      : [prose(`Kept as custom fields: ${custom.map(({ cell }) => quoted(cell)).join(', ')}.`)]),
    ...(unnamed.length === 0 ? [] : [prose(`Left out, having no name: column ${unnamed.join(', ')}.`)]),
  ]
}

export function section(title: string, count: number, lines: readonly string[]): string[] {
  if (count === 0) return []
  const more = count > lines.length ? [`  … and ${formatCount(count - lines.length)} more`] : []
  return ['', chalk.bold(title), ...lines, ...more]
}

function newMember(member: MemberFacts): string {
  const { number, name, email, status, region, chapter, weightMicros } = member
  const weight = weightMicros === microsPerVote ? null : `weight ${formatWeight(weightMicros)}`
  return item(
    [`${number} ${name}`, email, status, region, chapter, weight].filter((each) => each !== null).join(', '),
  )
}

function changedMember(member: { number: string; name: string; changes: readonly FieldChange[] }): string {
  const changes = member.changes.map(({ field, from, to }) => `${field} ${from ?? 'none'} → ${to ?? 'none'}`)
  return item(`${member.number} ${member.name}: ${changes.join(', ')}`)
}

function rejectedRow({ problems }: RejectedRow, place: string): string {
  const text = problems.map((problem) => `${problemSentence(problem)}. ${problem.mend}`).join(' ')
  return item(`${place}, ${text}`)
}

export function item(text: string): string {
  return prose(text, '  ')
}

const sharing: Record<DuplicateKey, string> = {
  email: 'the same e-mail address',
  phone: 'the same phone',
  name: 'the same name',
}

function duplicateLines({ duplicates }: MemberImport): string[] {
  const lines = duplicateKeys.flatMap((key) => {
    const { count, groups } = duplicates[key]
    if (count === 0) return []
    const shown = groups.map(({ value, numbers }) => `${value} (${numbers.join(', ')})`).join('; ')
    const more = count > groups.length ? ` and ${formatCount(count - groups.length)} more` : ''
    return [item(`${countOf(count, 'group')} with ${sharing[key]}: ${shown}${more}`)]
  })
  return lines.length === 0
    ? []
    : ['', chalk.bold('Possibly the same person, imported all the same'), ...lines]
}
