import { resolve } from 'node:path'
import { z } from 'zod'
import { readCsv } from '../register/csv-reader.ts'
import type { CsvSource } from '../register/csv-source.ts'
import { CsvHeaderUnusable } from '../register/refusals.ts'
import { type OptionDraft, option } from './contest-draft.ts'
import type { Photo } from './photo.ts'
import { readPhotoFile } from './photo-file.ts'
import { PhotoInvalid } from './refusals.ts'

/** A candidate as a row of a file gives it. */
export interface CandidateRow {
  line: number
  /** Title or number of the contest, where the file has a column for it. */
  contest: string | undefined
  option: OptionDraft
}

/** A row that can't be taken, and why. */
export interface RejectedCandidate {
  line: number
  column: string
  /** A sentence without its full stop. */
  reason: string
}

export interface CandidateFile {
  name: string
  rows: CandidateRow[]
  rejected: RejectedCandidate[]
  /** Columns that say nothing to us. */
  ignored: string[]
}

type Field = Exclude<keyof OptionDraft, 'role' | 'members'> | 'contest'

type Cell = (field: Field) => string | undefined

const aliases: Readonly<Record<Field, readonly string[]>> = {
  name: ['name', 'candidate', 'full name', 'option', 'nombre', 'nome', 'nom'],
  contest: ['contest', 'position', 'office', 'race', 'cargo', 'puesto'],
  statement: ['statement', 'biography', 'bio', 'programme', 'program', 'manifesto'],
  party: ['party', 'affiliation', 'partido', 'parti'],
  symbol: ['symbol', 'emblem'],
  birth_date: ['birth date', 'date of birth', 'born', 'dob'],
  district: ['district', 'constituency', 'ward', 'distrito'],
  slate: ['slate', 'list', 'ticket', 'lista'],
  photo: ['photo', 'picture', 'image', 'foto'],
}

const birthDate = z.iso.date()
const longestName = 500

/**
 * @param options.photosIn the folder that the paths of photos begin in; a CSV that comes from elsewhere names no
 *   file of this machine, and has none
 * @throws CsvUnreadable, CsvHeaderUnusable
 */
export async function readCandidateFile(
  source: CsvSource,
  options: { photosIn: string | undefined } = { photosIn: undefined },
): Promise<CandidateFile> {
  const table = await readCsv(source, () => {})
  const { columns, ignored } = columnsOf(table.header.cells)
  if (!columns.has('name')) {
    throw new CsvHeaderUnusable(
      { file: source.name, line: table.header.line, columns: table.header.cells },
      'no column has the names of the candidates',
      'Call it "name". Others may be contest, statement, party, symbol, birth_date, district, slate and photo.',
    )
  }
  const file: CandidateFile = { name: source.name, rows: [], rejected: [], ignored }
  for await (const row of table.rows) {
    if (!('cells' in row)) {
      file.rejected.push({ line: row.line, column: '', reason: `there is a quote ${row.quote}` })
      continue
    }
    const read = await readRow(
      row.line,
      (field) => cleaned(row.cells[columns.get(field) ?? -1]),
      options.photosIn,
    )
    if ('reason' in read) file.rejected.push(read)
    else file.rows.push(read)
  }
  return file
}

function columnsOf(header: readonly string[]): { columns: Map<Field, number>; ignored: string[] } {
  const columns = new Map<Field, number>()
  const ignored: string[] = []
  for (const [index, title] of header.entries()) {
    const plain = title
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
    const field = (Object.keys(aliases) as Field[]).find((each) => aliases[each].includes(plain))
    if (field !== undefined && !columns.has(field)) columns.set(field, index)
    else if (plain !== '') ignored.push(title.trim())
  }
  return { columns, ignored }
}

async function readRow(
  line: number,
  cell: Cell,
  photosIn: string | undefined,
): Promise<CandidateRow | RejectedCandidate> {
  const name = cell('name')?.replace(/\s+/g, ' ')
  if (name === undefined) return { line, column: 'name', reason: 'the name is missing' }
  if (name.length > longestName) {
    return { line, column: 'name', reason: `the name is longer than ${longestName} characters` }
  }
  if (/\p{Cc}/u.test(name)) {
    return { line, column: 'name', reason: 'the name has a control character in it' }
  }
  const born = cell('birth_date')
  if (born !== undefined && !birthDate.safeParse(born).success) {
    return { line, column: 'birth_date', reason: `"${born}" is no date; write it like 1980-05-31` }
  }
  const photo = await photoOf(cell('photo'), photosIn)
  if (typeof photo === 'string') return { line, column: 'photo', reason: photo }
  return {
    line,
    contest: cell('contest'),
    option: {
      ...option(name),
      statement: cell('statement') ?? '',
      party: cell('party') ?? null,
      symbol: cell('symbol') ?? null,
      birth_date: born ?? null,
      district: cell('district') ?? null,
      slate: cell('slate') ?? null,
      photo,
    },
  }
}

/** @returns the end of a sentence where there is no such photo */
async function photoOf(path: string | undefined, folder: string | undefined): Promise<Photo | string | null> {
  if (path === undefined) return null
  if (folder === undefined) return 'a photo is in a file beside the CSV, and this one has no files beside it'
  try {
    return await readPhotoFile(resolve(folder, path))
  } catch (error) {
    if (error instanceof PhotoInvalid) return `${path} ${error.reason}`
    throw error
  }
}

/** Undefined for a cell that is empty or not there. */
function cleaned(cell: string | undefined): string | undefined {
  const text = cell?.normalize('NFC').trim()
  return text === '' ? undefined : text
}
