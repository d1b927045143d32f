import { type BallotGroups, unpackRanking } from '../tabulation/ballot-groups.ts'
import { BallotsNotWritable } from './ballot-file.ts'
import { isNoOption } from './csv-shape.ts'
import {
  ballotsOf,
  oneLine,
  requireDistinctNames,
  scoresOf,
  type WritableFile,
  weightOf,
} from './packed-ranks.ts'

/** Writes CSV with a column a rank; ranks left empty are empty cells. */
export function* writeCsvRanks(file: WritableFile): Generator<string> {
  const format = 'CSV with a column a rank'
  const ballots = ballotsOf(format, file, 'rankings')
  const names = file.options.map(oneLine)
  requireDistinctNames(format, names)
  let width = 1
  for (let group = 0; group < ballots.count; group++) {
    const ranks = unpackRanking(ballots, group)
    if (ranks.some((rank) => rank.length > 1))
      throw new BallotsNotWritable(format, 'options that share a rank')
    width = Math.max(width, ranks.length)
  }
  const header = Array.from({ length: width }, (_, rank) => `rank${rank + 1}`)
  yield* table(['weight', ...header], ballots, (group) => {
    const ranks = unpackRanking(ballots, group)
    return header.map((_, rank) => (ranks[rank]?.[0] === undefined ? '' : names[ranks[rank][0]]!))
  })
}

/** Writes CSV with a column an option, which holds its rank. */
export function* writeCsvOptions(file: WritableFile): Generator<string> {
  const format = 'CSV with a column an option'
  const ballots = ballotsOf(format, file, 'rankings')
  yield* table(['weight', ...columnNames(format, file)], ballots, (group) => {
    const cells = file.options.map(() => '')
    for (const [rank, options] of unpackRanking(ballots, group).entries()) {
      for (const option of options) {
        if (cells[option] !== '') throw new BallotsNotWritable(format, 'options that are ranked twice')
        cells[option] = String(rank + 1)
      }
    }
    return cells
  })
}

/** Writes CSV with a column an option, which holds its score. */
export function* writeCsvScores(file: WritableFile): Generator<string> {
  const format = 'CSV with scores'
  const ballots = ballotsOf(format, file, 'scores')
  yield* table(['weight', ...columnNames(format, file)], ballots, (group) => {
    const cells = file.options.map(() => '')
    for (const [option, score] of scoresOf(ballots, group)) cells[option] = String(score)
    return cells
  })
}

/** Writes CSV with one name a row. */
export function* writeCsvChoices(file: WritableFile): Generator<string> {
  const format = 'CSV with one name a row'
  const ballots = ballotsOf(format, file, 'selections')
  const names = file.options.map(oneLine)
  requireDistinctNames(format, names)
  yield* table(['weight', 'choice'], ballots, (group) => {
    const selected = ballots.entries.subarray(ballots.starts[group], ballots.starts[group + 1])
    if (selected.length > 1) throw new BallotsNotWritable(format, 'ballots with several selections')
    return [selected.length === 0 ? '' : names[selected[0]!]!]
  })
}

function* table(
  header: readonly string[],
  ballots: BallotGroups,
  cellsOf: (group: number) => readonly string[],
): Generator<string> {
  yield line(header)
  for (let group = 0; group < ballots.count; group++)
    yield line([weightOf(ballots, group), ...cellsOf(group)])
}

/** The names of options, as they can head a column. */
function columnNames(format: string, { options }: WritableFile): readonly string[] {
  const names = options.map(oneLine)
  requireDistinctNames(format, names)
  const wrong = names.find(isNoOption)
  if (wrong !== undefined)
    throw new BallotsNotWritable(format, `an option with the name ${JSON.stringify(wrong)}`)
  return names
}

function line(cells: readonly string[]): string {
  const written = cells.map((cell) => (/[",;\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
  return `${written.join(',')}\n`
}
