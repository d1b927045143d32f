import type { BallotRules, SetUpFault } from './rules.ts'

/** A sealed ballot that a shuffle hides has room for 30 numbers of 8 bits. */
export const byteSlots = 30

/** How many different ballots the slots can tell apart. */
const room = 1n << BigInt(8 * byteSlots)

/** The number of ways to rank exactly `ranks` of the options: n! / (n − ranks)!. */
export function strictRankings(optionCount: number, ranks: number): bigint {
  let ways = 1n
  for (let ranked = 0; ranked < ranks; ranked++) ways *= BigInt(optionCount - ranked)
  return ways
}

/**
 * The longest strict rankings that fit. Up to 30 options all of them do, as every option has a slot; above,
 * the rankings of up to that many ranks are numbered: 54 of 54 options, 20 of 4,100.
 */
export function maxRanks(optionCount: number): number {
  if (optionCount <= byteSlots) return optionCount
  let ranks = 0
  let ways = 1n
  let rankings = 1n
  while (ranks < optionCount) {
    ways *= BigInt(optionCount - ranks)
    rankings += ways
    if (rankings > room) break
    ranks++
  }
  return ranks
}

/** The most options that can be scored from 0 to `highest`: 92 for scores up to 5. */
export function maxScoredOptions(highest: number): number {
  let options = 0
  for (let ballots = BigInt(highest + 1); ballots <= room; ballots *= BigInt(highest + 1)) options++
  return options
}

/** Why a contest can't be put to the vote under these rules; `undefined` when it can. */
export function setUpFaultOf(rules: BallotRules, optionCount: number): SetUpFault | undefined {
  if (optionCount < 1) return { code: 'too-few-options', options: optionCount, atLeast: 1 }
  if (rules.style === 'score') {
    const most = maxScoredOptions(rules.highest)
    return optionCount > most
      ? { code: 'too-many-scores', options: optionCount, most, highest: rules.highest }
      : undefined
  }
  const { min, max } = rules
  if (min > max || max > optionCount) return { code: 'limits-contradict', min, max, options: optionCount }
  if (rules.style !== 'ranking' || optionCount <= byteSlots) return undefined
  if (rules.equalRanks || rules.skippedRanks) {
    return { code: 'only-strict-ranks', options: optionCount, most: byteSlots }
  }
  const most = maxRanks(optionCount)
  return max > most ? { code: 'too-many-ranks', max, most, options: optionCount } : undefined
}
