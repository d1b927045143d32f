/** What the columns of a CSV of ballots are. */
export interface CsvShape {
  readonly kind: CsvKind
  /** The columns that say how somebody voted; of ranks, in their order, the best first. */
  readonly columns: readonly number[]
  readonly weight?: number
  readonly id?: number
}

/**
 * `ranks`: a column a rank, holding the name of an option. `options`: a column an option, holding its rank.
 * `scores`: a column an option, holding its score. `choices`: one column, holding the name of an option.
 */
export type CsvKind = 'ranks' | 'options' | 'scores' | 'choices'

const weightHeader = /^(weight|count|votes|multiplicity|number of (ballots|voters))$/i

const idHeader =
  /^(#|id|(ballot|cvr|voter|vote|response|cast vote record|row)([ _-]?(id|#|no\.?|number))?|(ballot|voter|vote|cvr|response|row)(id|number))$/i

const otherHeader =
  /^(precinct|ward|batch|box|tabulator|machine|scan|ballot[ _-]?(style|type)|poll|status|remade|time|date|vote[ _-]?time|timestamp|submitted)\b.*$|^(polliD|votetime|precinctid|batchid|ballotstyleid)$/i

/** Rank columns, by their number: `rank1`, `Choice 2`, `3rd choice`, `4`. */
const rankHeaders = [
  /^(?:rank|choice|preference|pref|priority)[ _.#-]*(\d{1,5})$/i,
  /^(\d{1,5})(?:st|nd|rd|th)?[ _-]*(?:choice|rank|preference|pref)?$/i,
  /\b(?:choice|rank|preference)[ _#]*(\d{1,5})\b/i,
]

/** Whether a column of that header holds no votes. */
export function isNoOption(header: string): boolean {
  return weightHeader.test(header) || idHeader.test(header) || otherHeader.test(header) || header === ''
}

/**
 * Finds out what the columns are.
 *
 * Columns named for ranks by a number are ranks, in the order of the numbers. Otherwise, if all other cells
 * are empty or whole numbers, the columns are options: with ranks, if every ballot uses 1, 2, 3… each once
 * from 1 on and there is no 0; else with scores. Otherwise one column of names is choices.
 * @param forced the kind, where it is known
 * @param sample the first records below the header
 * @returns a sentence where it can't be told
 */
export function csvShape(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  forced?: CsvKind,
): CsvShape | string {
  const weight = header.findIndex((name) => weightHeader.test(name))
  const id = header.findIndex(
    (name, column) => idHeader.test(name) || (column === 0 && name === '' && header.length > 1),
  )
  const marks = { ...(weight !== -1 && { weight }), ...(id !== -1 && { id }) }
  const ranks = rankColumns(header)
  const others = [...header.keys()].filter((column) => column !== id && !isNoOption(header[column]!))
  const kind = forced ?? (ranks.length > 0 ? 'ranks' : kindOf(others, sample))
  if (kind === undefined) return 'It is not clear what the columns are: ranks, options or choices.'
  if (kind === 'ranks') {
    if (ranks.length === 0) return 'There is no column for a rank, as rank1 or "1st choice".'
    const twice = ranks.find(({ rank }, at) => rank === ranks[at + 1]?.rank)
    if (twice) return `There are two columns for rank ${twice.rank}.`
    return { kind, columns: ranks.map(({ column }) => column), ...marks }
  }
  const columns = kind === 'choices' ? others.slice(0, 1) : others
  if (columns.length === 0) return 'There is no column for votes.'
  if (new Set(columns.map((column) => header[column])).size < columns.length)
    return 'Two columns have one name.'
  return { kind, columns, ...marks }
}

function rankColumns(header: readonly string[]): { readonly column: number; readonly rank: number }[] {
  for (const pattern of rankHeaders) {
    const columns = header.flatMap((name, column) => {
      const match = pattern.exec(name)
      return match ? [{ column, rank: Number(match[1]) }] : []
    })
    if (columns.length > 0) return columns.sort((a, b) => a.rank - b.rank)
  }
  return []
}

function kindOf(columns: readonly number[], sample: readonly (readonly string[])[]): CsvKind | undefined {
  const ballots = sample.map((cells) => columns.map((column) => cells[column] ?? ''))
  const anything = ballots.some((cells) => cells.some((cell) => cell !== ''))
  if (
    anything &&
    ballots.every((cells) => cells.every((cell) => cell === '' || wholeNumber(cell) !== undefined))
  ) {
    return ballots.every(isOrder) ? 'options' : 'scores'
  }
  return columns.length === 1 ? 'choices' : undefined
}

/** Whether the numbers of a ballot are 1, 2, 3… each once. */
function isOrder(cells: readonly string[]): boolean {
  const numbers = cells.flatMap((cell) => wholeNumber(cell) ?? []).sort((a, b) => a - b)
  return numbers.every((number, at) => number === at + 1)
}

/** A whole number, as spreadsheets write it: `3` or `3.0`. */
export function wholeNumber(cell: string): number | undefined {
  const match = /^(\d{1,9})(?:\.0+)?$/.exec(cell)
  return match ? Number(match[1]) : undefined
}
