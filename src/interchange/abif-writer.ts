import type { BallotGroups } from '../tabulation/ballot-groups.ts'
import { BallotsNotWritable } from './ballot-file.ts'
import {
  ballotsOf,
  oneLine,
  ranksWithoutGaps,
  requireDistinctNames,
  requireWholeWeights,
  scoresOf,
  type WritableFile,
  weightOf,
} from './packed-ranks.ts'

const format = 'ABIF'

/** Writes ABIF: rankings with `>` and `=`, or scores with commas. Seats, withdrawals and invalid ballots have no place in it. */
export function* writeAbif(file: WritableFile): Generator<string> {
  const ballots = ballotsOf(format, file, 'rankings', 'scores')
  requireWholeWeights(format, ballots)
  const names = file.options.map(oneLine)
  requireDistinctNames(format, names)
  if (names.some((name) => /[[\]]/.test(name)))
    throw new BallotsNotWritable(format, 'square brackets in names')
  if (file.title !== '') yield `${JSON.stringify({ title: file.title })}\n`
  if (ballots.kind === 'scores') yield `${JSON.stringify({ max_rating: highestScore(ballots) })}\n`
  // Letters from A, AA after Z, as an id with a digit first would be no id.
  for (const [option, name] of names.entries()) yield `=${idOf(option)}:[${name}]\n`
  for (let group = 0; group < ballots.count; group++) {
    const text =
      ballots.kind === 'scores'
        ? scoresOf(ballots, group)
            .map(([option, score]) => `${idOf(option)}/${score}`)
            .join(',')
        : ranksWithoutGaps(format, ballots, group)
            .map((rank) => rank.map(idOf).join('='))
            .join('>')
    yield `${weightOf(ballots, group)}:${text}\n`
  }
}

function highestScore(ballots: BallotGroups): number {
  let highest = 0
  for (let at = 1; at < ballots.entries.length; at += 2) highest = Math.max(highest, ballots.entries[at]!)
  return highest
}

function idOf(option: number): string {
  const letter = String.fromCharCode(65 + (option % 26))
  return option < 26 ? letter : idOf(Math.floor(option / 26) - 1) + letter
}
