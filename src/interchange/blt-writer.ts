import { sharesRank, skippedRank } from '../tabulation/ballot-groups.ts'
import { formatDecimal } from '../tabulation/decimal.ts'
import { type BallotFile, BallotsNotWritable } from './ballot-file.ts'

/**
 * Writes BLT, a piece at a time: one line for each distinct ballot, with its weight. Invalid ballots have
 * no place in the format and are left out.
 */
export function* writeBlt(file: Omit<BallotFile, 'warnings' | 'found'>): Generator<string> {
  const { ballots, options, seats = 1, title, withdrawn, tieOrder } = file
  if (ballots.kind !== 'rankings') throw new BallotsNotWritable('BLT', ballots.kind)
  yield `${options.length} ${seats}\n`
  if (withdrawn.length > 0) yield `${withdrawn.map((option) => `-${option + 1}`).join(' ')}\n`
  if (tieOrder) yield `[tie ${tieOrder.map((option) => option + 1).join(' ')}]\n`
  for (let group = 0; group < ballots.count; group++) {
    const ranks = ballots.entries.subarray(ballots.starts[group], ballots.starts[group + 1])
    yield `${formatDecimal(ballots.weights[group]!, ballots.weightPlaces)}${Array.from(ranks, rankText).join('')} 0\n`
  }
  yield '0\n'
  for (const name of [...options, title]) yield `"${name.replaceAll('"', '""').replace(/\s+/g, ' ')}"\n`
}

function rankText(entry: number): string {
  if (entry === skippedRank) return ' -'
  return entry >= sharesRank ? `=${entry - sharesRank + 1}` : ` ${entry + 1}`
}
