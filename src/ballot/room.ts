import type { BallotRules, SelectionRules, SetUpFault } from './rules.ts'

/** A sealed ballot that a shuffle hides has room for 30 numbers of 8 bits. */
export const byteSlots = 30

/** The fewest bytes that a name which is written in must have room for. */
const leastWriteIn = 16

/** How many different ballots the slots can tell apart. */
const room = 1n << BigInt(8 * byteSlots)

/**
 * Whether a contest is opened as totals, which alone never tell how anybody voted together with what else. The
 * others are opened ballot by ballot after the trustees have shuffled them: rankings, scores and grades; names that
 * are written in; and several selections of which one may exclude the others, which no proof of a total shows.
 */
export function opensAsTotals(rules: BallotRules): boolean {
  return selectsOptions(rules) && !rules.writeIn && (rules.none === undefined || rules.max === 1)
}

export function selectsOptions(rules: BallotRules): rules is SelectionRules {
  return rules.style === 'choice' || rules.style === 'approval'
}

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

/**
 * The slots that the selected options take on a ballot that is opened by itself: where only one is selected its
 * number from 1, otherwise a bit for each.
 */
export function selectionSlots(rules: SelectionRules, optionCount: number): number {
  if (rules.max > 1) return Math.ceil(optionCount / 8)
  let slots = 1
  while (optionCount >= 256 ** slots) slots++
  return slots
}

/** How many bytes of UTF-8 a name that is written in may have: 29 in most contests. */
export function writeInRoom(rules: SelectionRules, optionCount: number): number {
  return byteSlots - selectionSlots(rules, optionCount)
}

/** Why a contest can't be put to the vote under these rules; `undefined` when it can. */
export function setUpFaultOf(rules: BallotRules, optionCount: number): SetUpFault | undefined {
  if (optionCount < 1) return { code: 'too-few-options', options: optionCount, atLeast: 1 }
  const { none } = rules
  if (none !== undefined && none >= optionCount) return { code: 'none-unknown', none, options: optionCount }
  if (rules.style === 'score') return scoresFault(rules.highest, optionCount)
  const { min, max } = rules
  const selectable = optionCount + (selectsOptions(rules) && rules.writeIn ? 1 : 0)
  if (min > max || max > selectable) return { code: 'limits-contradict', min, max, options: optionCount }
  switch (rules.style) {
    case 'choice':
    case 'approval':
      return opensAsTotals(rules) ? undefined : selectionsFault(rules, optionCount)
    case 'grade':
      return scoresFault(rules.grades.length, optionCount)
    case 'ranking': {
      if (optionCount <= byteSlots) return undefined
      if (rules.equalRanks || rules.skippedRanks) {
        return { code: 'only-strict-ranks', options: optionCount, most: byteSlots }
      }
      const most = maxRanks(optionCount)
      return max > most ? { code: 'too-many-ranks', max, most, options: optionCount } : undefined
    }
  }
}

function scoresFault(highest: number, options: number): SetUpFault | undefined {
  const most = maxScoredOptions(highest)
  return options > most ? { code: 'too-many-scores', options, most, highest } : undefined
}

function selectionsFault(rules: SelectionRules, options: number): SetUpFault | undefined {
  const slots = byteSlots - (rules.writeIn ? leastWriteIn : 0)
  if (selectionSlots(rules, options) <= slots) return undefined
  return { code: 'too-many-options', options, most: rules.max > 1 ? 8 * slots : 256 ** slots - 1 }
}
