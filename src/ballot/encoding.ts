import { fromBytes, rankingAt, rankingIndex, scoresAt, scoresIndex, toBytes } from './packing.ts'
import { byteSlots, opensAsTotals } from './room.ts'
import type { BallotRules, GradeRules, RankingRules, ScoreRules, SelectionRules } from './rules.ts'
import { isPacked } from './sealed-question.ts'
import { packSelections, unpackSelections } from './selection-packing.ts'
import { type BallotFault, type CastVoteRecord, faultOf, type Selections } from './selections.ts'

/** Selections that the rules of the contest don't allow were to be sealed. */
export class SelectionsRefused extends Error {
  readonly fault: BallotFault

  constructor(fault: BallotFault) {
    super(`The selections can't be sealed: ${fault.code}.`)
    this.name = 'SelectionsRefused'
    this.fault = fault
  }
}

/**
 * The numbers that are sealed for a voter's selections, in the order of the answers of `sealedQuestion`.
 *
 * - choice, approval that open as totals: 1 for each selected option and 0 for the others, after a 1 or 0 for a
 *   blank ballot where the contest allows one.
 * - choice, approval that open ballot by ballot: 30 bytes (`selection-packing.ts`).
 * - ranking of up to 30 options: the rank of each option from 1, or 0.
 * - score of up to 30 options: the score of each.
 * - grade of up to 30 options: the grade of each from 1, the worst, or 0 where it has none.
 * - ranking, score or grade of more: the 30 bytes of the ballot's number among all possible ones (`packing.ts`).
 *
 * In a shuffled contest the blank ballot is all zeros.
 * @throws SelectionsRefused if the rules don't allow the selections
 */
export function encodeSelections(selections: Selections, rules: BallotRules, optionCount: number): number[] {
  const fault = faultOf(selections, rules, optionCount)
  if (fault) throw new SelectionsRefused(fault)
  switch (selections.kind) {
    case 'blank':
      if (opensAsTotals(rules)) return [1, ...zeros(optionCount)]
      return zeros(isPacked(rules, optionCount) ? byteSlots : optionCount)
    case 'options': {
      if (!opensAsTotals(rules)) return packSelections(selections, rules as SelectionRules, optionCount)
      const flags = zeros(optionCount)
      for (const option of selections.options) flags[option] = 1
      return rules.blank ? [0, ...flags] : flags
    }
    case 'ranking': {
      const { ranks } = selections
      if (optionCount > byteSlots) return toBytes(rankingIndex(ranks.flat(), optionCount))
      const numbers = zeros(optionCount)
      for (const [position, rank] of ranks.entries())
        for (const option of rank) numbers[option] = position + 1
      return numbers
    }
    case 'scores':
      return encodeScores(selections.scores, (rules as ScoreRules).highest)
    case 'grades': {
      const grades = selections.grades.map((grade) => (grade === null ? 0 : grade + 1))
      return encodeScores(grades, (rules as GradeRules).grades.length)
    }
  }
}

function encodeScores(scores: readonly number[], highest: number): number[] {
  return scores.length <= byteSlots ? [...scores] : toBytes(scoresIndex(scores, highest))
}

/**
 * Reads the numbers of an opened ballot. Whatever they are, the answer is a cast vote record: who makes
 * their own ballots can seal anything, and what makes no sense is an invalid ballot.
 */
export function decodeBallot(
  numbers: readonly number[],
  rules: BallotRules,
  optionCount: number,
): CastVoteRecord {
  const selections = readNumbers(numbers, rules, optionCount)
  if ('code' in selections) return { status: 'invalid', fault: selections }
  const fault = faultOf(selections, rules, optionCount)
  if (fault) return { status: 'invalid', fault }
  return selections.kind === 'blank' ? { status: 'blank' } : { status: 'valid', selections }
}

function readNumbers(
  numbers: readonly number[],
  rules: BallotRules,
  optionCount: number,
): Selections | BallotFault {
  if (opensAsTotals(rules)) return readFlags(numbers, rules as SelectionRules, optionCount)
  const length = isPacked(rules, optionCount) ? byteSlots : optionCount
  if (numbers.length !== length) return { code: 'unreadable', why: 'length' }
  if (!numbers.every((number) => Number.isInteger(number) && number >= 0 && number <= 255)) {
    return { code: 'unreadable', why: 'value' }
  }
  if (numbers.every((number) => number === 0)) return { kind: 'blank' }
  switch (rules.style) {
    case 'choice':
    case 'approval':
      return unpackSelections(numbers, rules, optionCount)
    case 'ranking':
      return readRanking(numbers, rules, optionCount)
    case 'score': {
      const scores = readScores(numbers, rules.highest, optionCount)
      return 'code' in scores ? scores : { kind: 'scores', scores }
    }
    case 'grade': {
      const grades = readScores(numbers, rules.grades.length, optionCount)
      if ('code' in grades) return grades
      return { kind: 'grades', grades: grades.map((grade) => (grade === 0 ? null : grade - 1)) }
    }
  }
}

function readFlags(
  numbers: readonly number[],
  rules: SelectionRules,
  optionCount: number,
): Selections | BallotFault {
  const flags = rules.blank ? numbers.slice(1) : numbers
  if (flags.length !== optionCount) return { code: 'unreadable', why: 'length' }
  if (!numbers.every((number) => number === 0 || number === 1)) return { code: 'unreadable', why: 'value' }
  const options = flags.flatMap((flag, option) => (flag === 1 ? [option] : []))
  if (!rules.blank || numbers[0] === 0) return { kind: 'options', options }
  return options.length === 0 ? { kind: 'blank' } : { code: 'unreadable', why: 'blank-and-more' }
}

function readRanking(
  numbers: readonly number[],
  rules: RankingRules,
  optionCount: number,
): Selections | BallotFault {
  if (optionCount > byteSlots) {
    const ranking = rankingAt(fromBytes(numbers), optionCount, rules.max)
    return ranking === undefined
      ? { code: 'unreadable', why: 'index' }
      : { kind: 'ranking', ranks: ranking.map((option) => [option]) }
  }
  const lowest = Math.max(...numbers)
  const ranks: number[][] = Array.from({ length: lowest }, () => [])
  for (const [option, rank] of numbers.entries()) if (rank > 0) ranks[rank - 1]!.push(option)
  return { kind: 'ranking', ranks }
}

function readScores(
  numbers: readonly number[],
  highest: number,
  optionCount: number,
): readonly number[] | Extract<BallotFault, { code: 'unreadable' }> {
  if (optionCount <= byteSlots) return numbers
  return scoresAt(fromBytes(numbers), optionCount, highest) ?? { code: 'unreadable', why: 'index' }
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0)
}
