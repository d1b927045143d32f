import type { BallotGroups } from '../ballot-groups.ts'
import { type Decimal, formatDecimal } from '../decimal.ts'
import type { OptionIndex } from '../option-index.ts'
import { TabulationRefusal } from '../refusals.ts'
import type { Statistics } from '../tabulation.ts'

/** How often each option got each score; all numbers are weights in units of the groups. */
export interface ScoreCounts {
  /** `given[option * width + score]`: sums of weights, which stay below 2^53, so they are exact. */
  readonly given: Float64Array
  /** One more than the highest score on any ballot that counts. */
  readonly width: number
  /** Valid ballots that leave the option without a score. */
  readonly unscored: Float64Array
  readonly valid: number
}

/** The most cells of a table of options and scores: half a gigabyte of sums would be too much. */
const mostCells = 1 << 24

/** The groups without the ballots that give a score out of range, whose weight is added to `invalid`. */
export function withinScale(groups: BallotGroups, lowest: number, highest: number): BallotGroups {
  const { starts, entries, count } = groups
  let weights = groups.weights
  let invalid = groups.invalid
  for (let group = 0; group < count; group++) {
    for (let position = starts[group]! + 1; position < starts[group + 1]!; position += 2) {
      const score = entries[position]!
      if (score >= lowest && score <= highest) continue
      if (weights === groups.weights) weights = weights.slice()
      invalid += weights[group]!
      weights[group] = 0
      break
    }
  }
  return { ...groups, weights, invalid }
}

/** @throws TabulationRefusal `too-large` */
export function countScores(groups: BallotGroups): ScoreCounts {
  const { starts, entries, weights, count, optionCount } = groups
  let width = 1
  for (let group = 0; group < count; group++) {
    if (weights[group] === 0) continue
    for (let position = starts[group]! + 1; position < starts[group + 1]!; position += 2) {
      if (entries[position]! >= width) width = entries[position]! + 1
    }
  }
  if (width * optionCount > mostCells) {
    throw new TabulationRefusal('too-large', 'There are too many different scores for so many options.', {
      scores: width,
      options: optionCount,
    })
  }
  const given = new Float64Array(optionCount * width)
  const scored = new Float64Array(optionCount)
  let valid = 0
  for (let group = 0; group < count; group++) {
    const weight = weights[group]!
    if (weight === 0) continue
    const end = starts[group + 1]!
    if (end > starts[group]!) valid += weight
    for (let position = starts[group]!; position < end; position += 2) {
      const option = entries[position]!
      given[option * width + entries[position + 1]!]! += weight
      scored[option]! += weight
    }
  }
  return { given, width, unscored: scored.map((weight) => valid - weight), valid }
}

/** What a ballot's scores for an option add up to. */
export function sumOfScores({ given, width }: ScoreCounts, option: OptionIndex): bigint {
  let sum = 0n
  for (let score = 1; score < width; score++) sum += BigInt(given[option * width + score]!) * BigInt(score)
  return sum
}

export function givenScore({ given, width }: ScoreCounts, option: OptionIndex, score: number): number {
  return score < width ? given[option * width + score]! : 0
}

/**
 * `preferred[a * n + b]`: weight of the ballots that score the a-th of n options above the b-th. An option
 * without a score has the lowest, 0.
 */
export function comparePairsByScore(groups: BallotGroups, among: readonly OptionIndex[]): Float64Array {
  const { starts, entries, weights, count, optionCount } = groups
  const size = among.length
  const places = new Int32Array(optionCount).fill(-1)
  for (const [place, option] of among.entries()) places[option] = place
  const scores = new Uint16Array(size)
  const preferred = new Float64Array(size * size)
  for (let group = 0; group < count; group++) {
    const weight = weights[group]!
    scores.fill(0)
    for (let position = starts[group]!; position < starts[group + 1]!; position += 2) {
      const place = places[entries[position]!]!
      if (place >= 0) scores[place] = entries[position + 1]!
    }
    for (let a = 1; a < size; a++) {
      for (let b = 0; b < a; b++) {
        if (scores[a]! > scores[b]!) preferred[a * size + b]! += weight
        else if (scores[a]! < scores[b]!) preferred[b * size + a]! += weight
      }
    }
  }
  return preferred
}

/** The scores above 0 that a group of ballots gives to some of the options. */
export function scoresGiven(
  { starts, entries }: BallotGroups,
  group: number,
  among: readonly OptionIndex[],
): { readonly option: OptionIndex; readonly score: number }[] {
  const given = []
  for (let position = starts[group]!; position < starts[group + 1]!; position += 2) {
    const [option, score] = [entries[position]!, entries[position + 1]!]
    if (score > 0 && among.includes(option)) given.push({ option, score })
  }
  return given
}

export function scoreStatistics(groups: BallotGroups, valid: number): Statistics {
  const decimal = (units: number): Decimal => formatDecimal(units, groups.weightPlaces)
  return {
    valid: decimal(valid),
    blank: decimal(groups.weights.reduce((sum, weight) => sum + weight, 0) - valid),
    invalid: decimal(groups.invalid),
    exhausted: '0',
    overvotes: '0',
  }
}
