import { rankingGroups, scoreGroups } from '../../src/tabulation/ballot-grouping.ts'
import type { BallotGroups } from '../../src/tabulation/ballot-groups.ts'

/** An election of the STAR voting library, or of starvote: what is counted, and by which method. */
export interface StarElection {
  readonly method: string
  readonly seats: number
  readonly options: readonly string[]
  /** Options in the order in which a tie that nothing else settles is decided. */
  readonly lotOrder: readonly string[]
  /** Ranks or scores as written, each with how many ballots say so. */
  readonly rows: readonly StarRow[]
}

/** A score for each option, `undefined` where the ballot has none; or the names of the options ranked. */
export type StarRow =
  | { readonly ballots: number; readonly scores: readonly (number | undefined)[] }
  | { readonly ballots: number; readonly ranking: readonly string[] }

const scoreMethods = ['STAR', 'Bloc STAR', 'allocated', 'rrv', 'sss', 'rr', 'Range']
const selectionMethods = ['Approval', 'Approval_Multi_Winner', 'Plurality']
const rankingMethods = ['IRV', 'RCV_IRV', 'RankedRobin', 'STV']

/** Marks that the library writes for a score that was not given. */
const noScore = /^[-~&?%]?$/

/** The library's YAML: keys at the start of a line, and a block of ballots. @throws Error on anything else */
export function readStarLibrary(text: string): StarElection {
  if (/^---$/m.test(text)) throw new Error('two documents in one file')
  const key = (name: string) => {
    const value = new RegExp(`^${name}:\\s*(.*?)\\s*(?:#.*)?$`, 'm').exec(text)?.[1]
    if (value?.startsWith('"') && !/^".*"$/.test(value)) throw new Error(`a quote is open in ${name}`)
    return value
  }
  const method = key('voting_method')
  const highest = highestScores[method ?? ''] ?? 5
  if (method === undefined || ![...scoreMethods, ...selectionMethods, ...rankingMethods].includes(method)) {
    throw new Error(`unknown method ${method}`)
  }
  const seats = Number(key('num_winners'))
  if (!Number.isInteger(seats) || seats < 1) throw new Error('the number of seats is none')
  const block = /^ballots: \|-?\n((?: .*\n|\n)*)/m.exec(`${text}\n`)?.[1]
  const lines = (block ?? '')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
  const isRanked = rankingMethods.includes(method)
  const options = isRanked
    ? rankedNames(lines)
    : (lines.shift() ?? '')
        .replace(/^Count:/, '')
        .split(',')
        .map((name) => name.trim())
  if (lines.length === 0) throw new Error('no ballots')
  if (!isRanked && lines.some((line) => line.includes('>'))) throw new Error('ranks under a method of scores')
  if (seats > options.length) throw new Error('more seats than options')
  const lots = key('lot_numbers')?.replaceAll(/[[\]]/g, '').split(',')
  return {
    method,
    seats,
    options,
    lotOrder: lots?.map((name) => name.trim()) ?? options,
    rows: lines.map((line) => (isRanked ? rankedRow(line) : scoredRow(line, options.length, highest))),
  }
}

const highestScores: Readonly<Record<string, number>> = {
  Range: 10,
  Plurality: 1,
  Approval: 1,
  Approval_Multi_Winner: 1,
}

function counted(line: string): { ballots: number; rest: string } {
  const [, count, rest] = /^(?:(\d+)\s*[:×x]\s*)?(.*)$/.exec(line)!
  return { ballots: Number(count ?? 1), rest: rest! }
}

function rankedRow(line: string): StarRow {
  const { ballots, rest } = counted(line)
  return { ballots, ranking: rest.split('>').map((name) => name.trim()) }
}

function rankedNames(lines: readonly string[]): string[] {
  const names = lines.flatMap((line) => (rankedRow(line) as { ranking: readonly string[] }).ranking)
  return [...new Set(names)]
}

function scoredRow(line: string, options: number, highest: number): StarRow {
  const { ballots, rest } = counted(line)
  const cells = rest.split(',').map((cell) => cell.trim())
  if (cells.length !== options) throw new Error(`${cells.length} values for ${options} options: ${line}`)
  const scores = cells.map((cell) => {
    if (noScore.test(cell)) return undefined
    if (!/^\d+$/.test(cell) || Number(cell) > highest) throw new Error(`no score: ${cell}`)
    return Number(cell)
  })
  return { ballots, scores }
}

/** The rows as ballots: rankings, or scores. */
export function starBallots({ options, rows }: StarElection): BallotGroups {
  const isRanked = rows.some((row) => 'ranking' in row)
  const grouping = isRanked ? rankingGroups(options.length) : scoreGroups(options.length)
  for (const row of rows) {
    const entries =
      'ranking' in row
        ? row.ranking.map((name) => options.indexOf(name))
        : row.scores.flatMap((score, option) => (score === undefined ? [] : [option, score]))
    grouping.add(entries, row.ballots)
  }
  return grouping.finish()
}
