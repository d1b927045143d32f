import { z } from 'zod'
import { readTextInput } from '../interchange/read-input.ts'
import { jsonOf } from '../json-of.ts'
import { readCsv } from '../register/csv-reader.ts'
import { fileSource } from '../register/csv-source.ts'
import { EnteredResultInvalid } from './count-refusals.ts'
import { enteredFigure } from './entered-result.ts'

/** A figure of a contest: votes of an option by its name, or one of the others. */
export interface EnteredRow {
  /** Title or number of the contest; undefined where there is one. */
  readonly contest: string | undefined
  readonly what: { readonly option: string } | 'blank' | 'invalid' | 'ballots'
  /** A decimal number with up to six places. */
  readonly figure: string
  /** Where it stands, for sentences. */
  readonly place: string
}

/** The figures of a file, as an officer writes them. */
export interface EnteredFile {
  readonly rows: readonly EnteredRow[]
  readonly voters: number | null
  readonly voted: number | null
}

const figure = z.union([z.int().nonnegative().transform(String), enteredFigure])
const people = z.int().nonnegative().nullish()

const jsonSchema = z.strictObject({
  voters: people,
  voted: people,
  contests: z.array(
    z.strictObject({
      contest: z.union([z.string(), z.int().positive().transform(String)]).optional(),
      votes: z.record(z.string(), figure),
      blank: figure.optional(),
      invalid: figure.optional(),
      ballots: figure.optional(),
    }),
  ),
})

/**
 * Reads totals that were counted elsewhere. A CSV has the columns contest, option and votes; for what is no option it
 * says (blank), (invalid) or (ballots), and (voters) or (voted) for the whole election.
 * @throws InputUnreadable, CsvUnreadable, EnteredResultInvalid
 */
export async function readEnteredFile(path: string): Promise<EnteredFile> {
  return /\.json$/i.test(path) ? readJson(await readTextInput(path)) : readTable(path)
}

function readJson(text: string): EnteredFile {
  const json = jsonOf(text)
  if (json === undefined) throw new EnteredResultInvalid('the file is not JSON')
  const parsed = jsonSchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new EnteredResultInvalid(`${issue?.path.join('.') || 'the file'} is not written as it should be`)
  }
  const { voters = null, voted = null, contests } = parsed.data
  const rows = contests.flatMap(({ contest, votes, ...others }, index) => {
    const at = { contest, place: `contest ${index + 1}` }
    return [
      ...Object.entries(votes).map(([option, each]) => ({ ...at, what: { option }, figure: each })),
      ...(['blank', 'invalid', 'ballots'] as const).flatMap((what) => {
        const each = others[what]
        return each === undefined ? [] : [{ ...at, what, figure: each }]
      }),
    ]
  })
  return { rows, voters, voted }
}

const others = { '(blank)': 'blank', '(invalid)': 'invalid', '(ballots)': 'ballots' } as const

async function readTable(path: string): Promise<EnteredFile> {
  const table = await readCsv(fileSource(path), () => {})
  const column = (name: string) => table.header.cells.findIndex((cell) => cell.trim().toLowerCase() === name)
  const [contestAt, optionAt, votesAt] = [column('contest'), column('option'), column('votes')]
  if (optionAt < 0 || votesAt < 0) throw new EnteredResultInvalid('its columns are contest, option and votes')
  const rows: EnteredRow[] = []
  const people = new Map<string, number>()
  for await (const row of table.rows) {
    const place = `line ${row.line}`
    if (!('cells' in row)) throw new EnteredResultInvalid(`there is a quote ${row.quote}`, place)
    const cell = (at: number) => row.cells[at]?.normalize('NFC').trim() ?? ''
    const [contest, option, written] = [cell(contestAt), cell(optionAt), cell(votesAt)]
    if (option === '(voters)' || option === '(voted)') {
      if (!/^\d{1,9}$/.test(written))
        throw new EnteredResultInvalid(`${written} is no number of people`, place)
      people.set(option, Number(written))
      continue
    }
    if (!enteredFigure.safeParse(written).success) {
      throw new EnteredResultInvalid(`"${written}" is no number of votes, such as 42 or 12.5`, place)
    }
    const what = Object.hasOwn(others, option) ? others[option as keyof typeof others] : { option }
    rows.push({ contest: contest === '' ? undefined : contest, what, figure: written, place })
  }
  return { rows, voters: people.get('(voters)') ?? null, voted: people.get('(voted)') ?? null }
}
