import {
  anyNames,
  columnKey,
  columnNames,
  fullNames,
  holdsNationalIds,
  type MemberColumn,
  type NamePart,
  namePartNames,
} from './column-names.ts'
import { CsvHeaderUnusable } from './refusals.ts'

/** Which cell of a row holds what; cells are counted from 0. */
export interface MemberColumns {
  /** How many cells a row has. */
  width: number
  fields: Readonly<Partial<Record<MemberColumn, number>>>
  /** Cells that make up the name, in order. */
  name: readonly number[]
  nationalId: number | undefined
  /** The columns that urna doesn't know, kept under their header. */
  custom: readonly { key: string; cell: number }[]
  /** Cells without a header, and those that urna itself added to a file of rejected rows. */
  ignored: readonly number[]
  headers: readonly string[]
}

/** Columns that urna adds to a file of rejected rows, so that the mended file can be imported as it is. */
export const rejectColumns = ['urna_line', 'urna_column', 'urna_reason'] as const

/**
 * Finds out what the columns are by their headers.
 * @throws CsvHeaderUnusable if members can't be told apart, have no name, or two columns are the same
 */
export function readHeader(place: { file: string; line: number }, cells: readonly string[]): MemberColumns {
  const headers = cells.map((cell) => cell.normalize('NFC').replace(/\s+/g, ' ').trim())
  const unusable = { ...place, columns: headers.filter((header) => header !== '') }
  const refuse = (reason: string, hint: string) => new CsvHeaderUnusable(unusable, reason, hint)
  const columns = assignColumns(headers)
  const { fields, name, custom } = columns
  if (columns.nationalIds.length > 1) {
    const named = columns.nationalIds.map((cell) => `"${headers[cell]}"`).join(' and ')
    throw refuse(
      `the columns ${named} all seem to hold national ids`,
      'Keep one of them, and take the others out.',
    )
  }
  if (fields.number === undefined && fields.email === undefined) {
    throw refuse(
      'there is no column for the member number, and none for the e-mail address that could serve as one',
      'Name the column "number". The first line of the file has to hold the names of the columns.',
    )
  }
  if (name.length === 0) throw refuse('there is no column for the name', 'Name the column "name".')
  const twice = custom.find(({ key }, index) => custom.findIndex((other) => other.key === key) < index)
  if (twice !== undefined) throw refuse(`two columns are called "${twice.key}"`, 'Give each its own name.')
  const [nationalId] = columns.nationalIds
  return { width: headers.length, fields, name, nationalId, custom, ignored: columns.ignored, headers }
}

function assignColumns(headers: readonly string[]) {
  const keys = headers.map(columnKey)
  const free = new Set(keys.keys())
  const take = (names: readonly string[]): number | undefined => {
    const cell = names
      .map((name) => keys.findIndex((key, at) => key === name && free.has(at)))
      .find((at) => at >= 0)
    if (cell !== undefined) free.delete(cell)
    return cell
  }
  const takeAll = (wanted: (cell: number) => boolean): number[] => {
    const taken = [...free].filter(wanted)
    for (const cell of taken) free.delete(cell)
    return taken
  }
  const ours: readonly string[] = rejectColumns.map(columnKey)
  const ignored = takeAll((cell) => headers[cell] === '' || ours.includes(keys[cell] as string))
  const nationalIds = takeAll((cell) => holdsNationalIds(headers[cell] as string))
  const name = takeName(take)
  const fields: Partial<Record<MemberColumn, number>> = {}
  for (const column of Object.keys(columnNames) as MemberColumn[]) {
    const cell = take(columnNames[column])
    if (cell !== undefined) fields[column] = cell
  }
  const custom = [...free].map((cell) => ({ key: headers[cell] as string, cell }))
  return { fields, name, nationalIds, custom, ignored }
}

/** `Name` is the whole name; beside `Vorname` it is the last one, beside `Surname` the first. */
function takeName(take: (names: readonly string[]) => number | undefined): number[] {
  const whole = take(fullNames)
  if (whole !== undefined) return [whole]
  const parts: Partial<Record<NamePart, number | undefined>> = {}
  for (const part of Object.keys(namePartNames) as NamePart[]) parts[part] = take(namePartNames[part])
  if (parts.first === undefined || parts.last === undefined) {
    const other = take(anyNames)
    if (parts.first === undefined && parts.last === undefined) return other === undefined ? [] : [other]
    if (parts.first === undefined) parts.first = other
    else parts.last = other
  }
  return [parts.first, parts.middle, parts.last, parts['second last']].filter((cell) => cell !== undefined)
}
