import { z } from 'zod'
import type { MemberColumn } from './column-names.ts'
import type { MemberColumns } from './member-columns.ts'
import { normaliseNationalId } from './national-id.ts'
import { microsPerVote, parseWeight } from './weights.ts'

/** Longest text of a cell, in characters. */
const longestText = 1000
/** Longest member number, in characters. */
const longestNumber = 100

/** What is wrong with one cell, and what mends it. */
export interface RowProblem {
  /** The header of the column; undefined if it is the row as a whole. */
  column: string | undefined
  reason: string
  mend: string
}

/** `e-mail: "ana" is not an e-mail address` */
export function problemSentence({ column, reason }: RowProblem): string {
  return column === undefined ? `the row ${reason}` : `${column}: ${reason}`
}

/** A row as understood. What the file has no column for is absent; an empty cell is null. */
export interface IncomingMember {
  number: string
  name: string
  email?: string | null
  phone?: string | null
  status?: string | null
  region?: string | null
  chapter?: string | null
  district?: string | null
  weightMicros?: number
  /** Normalised. To be hashed at once. */
  nationalId?: string | null
  /** An empty text takes the field away. */
  custom: Record<string, string>
}

type Check = (text: string) => { reason: string; mend: string } | undefined

/** A cell of text: Unicode NFC, every run of white space and line ends one space, none around it. */
function cell(...checks: readonly Check[]) {
  return z.string().transform((raw, context) => {
    const text = tidy(raw)
    for (const check of [isText, ...checks]) {
      const problem = text === '' ? undefined : check(text)
      if (problem === undefined) continue
      const { reason, mend } = problem
      context.addIssue({ code: 'custom', message: reason, params: { mend } })
      return z.NEVER
    }
    return text === '' ? null : text
  })
}

const plainText = /^[!-~]+(?: [!-~]+)*$/

function tidy(raw: string): string {
  return plainText.test(raw) ? raw : raw.normalize('NFC').replace(/\s+/g, ' ').trim()
}

const isText: Check = (text) => {
  if (text.length > longestText) {
    return {
      reason: `is ${text.length} characters long`,
      mend: `Shorten it to ${longestText}, and look whether a quote is missing.`,
    }
  }
  if (/\p{Cc}/u.test(text)) return { reason: 'has a control character in it', mend: 'Type the cell anew.' }
  return undefined
}

/** Spreadsheets show long numbers as 3.46E+10 and then save what they show. */
const isUnrounded: Check = (text) =>
  /^\d(?:[.,]\d+)?E\+\d+$/i.test(text)
    ? {
        reason: `was rounded by the spreadsheet to ${text}`,
        mend: 'Format the column as text, put the numbers in again, and save it anew.',
      }
    : undefined

const isNumber: Check = (text) =>
  text.length > longestNumber
    ? { reason: `is ${text.length} characters long`, mend: `A number has up to ${longestNumber} characters.` }
    : undefined

const isEmail: Check = (text) =>
  /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/.test(text)
    ? undefined
    : {
        reason: `"${shortened(text)}" is not an e-mail address`,
        mend: 'Write one address, such as ana@example.org.',
      }

const isWeight: Check = (text) =>
  parseWeight(text) === undefined
    ? {
        reason: `"${shortened(text)}" is not a weight`,
        mend: 'Write a number above zero with up to six decimal places, such as 1 or 0.25, without a separator of thousands; three decimal places get a zero behind: 1.1250.',
      }
    : undefined

const isNationalId: Check = (text) =>
  /^[\p{L}\p{N}]{3,40}$/u.test(normaliseNationalId(text))
    ? undefined
    : {
        reason: 'is not a national id',
        mend: 'Type the id anew, in letters and digits; urna never writes one out, so a *** has to be replaced.',
      }

const isDay: Check = (text) =>
  readDay(text) === undefined
    ? {
        reason: `"${shortened(text)}" is not a clear date`,
        mend: 'Write year, month and day, such as 2021-04-30.',
      }
    : undefined

/** The day as YYYY-MM-DD, from that or DD.MM.YYYY, a time of day left out; undefined for anything ambiguous. */
function readDay(text: string): string | undefined {
  const [day = ''] = text.split(/[ T]/)
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(day)
  const [, date = '', month = '', year = ''] = german ?? []
  const iso = german === null ? day : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return z.iso.date().safeParse(iso).success ? iso : undefined
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

const text = cell().optional()

/** The cells of a row that urna knows the meaning of; columns that the file lacks are absent. */
const memberRowSchema = z.object({
  number: cell(isNumber, isUnrounded).optional(),
  name: cell(),
  email: cell(isEmail).optional(),
  phone: cell(isUnrounded).optional(),
  status: text,
  region: text,
  chapter: text,
  district: text,
  weight: cell(isWeight).optional(),
  joined: cell(isDay).optional(),
  nationalId: cell(isUnrounded, isNationalId).optional(),
})
const customSchema = z.record(z.string(), cell())

/** Reads the cells of one row. */
export function readMemberRow(
  cells: readonly string[],
  columns: MemberColumns,
): { member: IncomingMember } | { problems: RowProblem[] } {
  const extra = cells.slice(columns.width)
  if (cells.length < columns.width || extra.some((each) => each.trim() !== '')) {
    return { problems: [wrongWidth(cells.length, columns.width)] }
  }
  const at = (index: number) => cells[index] ?? ''
  const known: Record<string, string> = { name: columns.name.map(at).join(' ') }
  for (const [column, index] of Object.entries(columns.fields)) known[column] = at(index)
  if (columns.nationalId !== undefined) known.nationalId = at(columns.nationalId)
  const row = memberRowSchema.safeParse(known)
  const custom = customSchema.safeParse(
    Object.fromEntries(columns.custom.map(({ key, cell }) => [key, at(cell)])),
  )
  if (!row.success || !custom.success) {
    const issues = [...(row.error?.issues ?? []), ...(custom.error?.issues ?? [])]
    return { problems: issues.map((issue) => problemOf(issue, columns)) }
  }
  return memberOf(row.data, custom.data, columns)
}

function memberOf(
  row: z.infer<typeof memberRowSchema>,
  custom: z.infer<typeof customSchema>,
  columns: MemberColumns,
): { member: IncomingMember } | { problems: RowProblem[] } {
  const { name, weight, nationalId, phone, joined } = row
  const email = row.email?.toLowerCase() ?? row.email
  const number = columns.fields.number === undefined ? email : row.number
  const missing = [
    ...(number
      ? []
      : [missingCell(columns.fields.number ?? columns.fields.email, columns, 'tells members apart')]),
    ...(name ? [] : [missingCell(columns.name[0], columns, 'is on the electoral roll')]),
  ]
  if (!number || !name) return { problems: missing }
  const fields = { ...custom, ...(joined === undefined ? {} : { joined: readDay(joined ?? '') ?? null }) }
  return {
    member: {
      number,
      name,
      ...(email === undefined ? {} : { email }),
      ...(phone === undefined ? {} : { phone: phone === null ? null : tidyPhone(phone) }),
      ...(row.status === undefined ? {} : { status: row.status }),
      ...(row.region === undefined ? {} : { region: row.region }),
      ...(row.chapter === undefined ? {} : { chapter: row.chapter }),
      ...(row.district === undefined ? {} : { district: row.district }),
      ...(weight === undefined ? {} : { weightMicros: parseWeight(weight ?? '1') ?? microsPerVote }),
      ...(nationalId === undefined
        ? {}
        : { nationalId: nationalId === null ? null : normaliseNationalId(nationalId) }),
      custom: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, value ?? ''])),
    },
  }
}

/** Digits alone where that is all it is: +34 600-100 200 and +34600100200 are one phone. */
function tidyPhone(text: string): string {
  const digits = text.replace(/[\s().\-/]/g, '')
  return /^\+?\d+$/.test(digits) ? digits : text
}

function wrongWidth(cells: number, width: number): RowProblem {
  return {
    column: undefined,
    reason: `has ${cells} ${cells === 1 ? 'cell' : 'cells'} where the header has ${width}`,
    mend: 'Put a cell that holds the delimiter or a line break in double quotes.',
  }
}

function missingCell(index: number | undefined, columns: MemberColumns, purpose: string): RowProblem {
  return {
    column: columns.headers[index ?? -1],
    reason: 'is empty',
    mend: `Fill it in: it ${purpose}.`,
  }
}

function problemOf(issue: z.core.$ZodIssue, columns: MemberColumns): RowProblem {
  const field = String(issue.path[0])
  const index =
    field === 'name'
      ? columns.name[0]
      : field === 'nationalId'
        ? columns.nationalId
        : (columns.fields[field as MemberColumn] ?? columns.custom.find(({ key }) => key === field)?.cell)
  const mend = issue.code === 'custom' ? String(issue.params?.mend ?? '') : ''
  return { column: index === undefined ? field : columns.headers[index], reason: issue.message, mend }
}
