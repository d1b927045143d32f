import { writeInRoom } from './room.ts'
import type { BallotRules, GradeRules, RankingRules, ScoreRules, SelectionRules } from './rules.ts'
import { writeInBytes, writeInFault } from './write-in.ts'

/** What a voter chose. Options are positions on the ballot, from 0. */
export type Selections =
  | { readonly kind: 'blank' }
  /** choice, approval: the selected options, in ascending order, and the name that is written in, as `cleanWriteIn` gives it. */
  | { readonly kind: 'options'; readonly options: readonly number[]; readonly writeIn?: string }
  /** ranking: the ranks, best first; several options in one share it, an empty one was skipped. The last is not empty. */
  | { readonly kind: 'ranking'; readonly ranks: readonly (readonly number[])[] }
  /** score: by position of the option, at least one above 0. */
  | { readonly kind: 'scores'; readonly scores: readonly number[] }
  /** grade: by position of the option, its grade from 0, the worst, or null where it has none. */
  | { readonly kind: 'grades'; readonly grades: readonly (number | null)[] }

/** Why a ballot can't stand, with what a sentence about it needs. */
export type BallotFault =
  | { readonly code: 'wrong-kind'; readonly expected: BallotRules['style'] }
  | { readonly code: 'unknown-option'; readonly option: number }
  | { readonly code: 'repeated-option'; readonly option: number }
  | { readonly code: 'too-few'; readonly selected: number; readonly min: number }
  | { readonly code: 'too-many'; readonly selected: number; readonly max: number }
  | { readonly code: 'blank-not-allowed' }
  /** None of the above, and something else; `none` is the position of that option. */
  | { readonly code: 'none-and-more'; readonly none: number }
  | { readonly code: 'equal-ranks'; readonly rank: number; readonly options: readonly number[] }
  | { readonly code: 'skipped-rank'; readonly rank: number }
  /** There are as many ranks as options. */
  | { readonly code: 'rank-out-of-range'; readonly rank: number; readonly highest: number }
  | { readonly code: 'score-out-of-range'; readonly option: number; readonly highest: number }
  | { readonly code: 'scores-missing'; readonly scores: number; readonly options: number }
  /** There are `grades` of them, from 0. */
  | { readonly code: 'grade-out-of-range'; readonly option: number; readonly grades: number }
  | { readonly code: 'grades-missing'; readonly grades: number; readonly options: number }
  | { readonly code: 'write-in-not-allowed' }
  /** `empty` is a name without a letter or figure, `characters` one with what a ballot can't have in it. */
  | { readonly code: 'write-in-unreadable'; readonly why: 'empty' | 'characters' }
  /** In bytes of UTF-8. */
  | { readonly code: 'write-in-too-long'; readonly bytes: number; readonly room: number }
  /** What was sealed is no ballot of this contest at all: only a tampered device makes such. */
  | {
      readonly code: 'unreadable'
      readonly why: 'length' | 'value' | 'index' | 'blank-and-more' | 'text'
    }

/** A ballot as it goes to the count. */
export type CastVoteRecord =
  | { readonly status: 'valid'; readonly selections: Exclude<Selections, { kind: 'blank' }> }
  | { readonly status: 'blank' }
  | { readonly status: 'invalid'; readonly fault: BallotFault }

/** The first fault of a voter's selections under the rules of the contest; `undefined` when they stand. */
export function faultOf(
  selections: Selections,
  rules: BallotRules,
  optionCount: number,
): BallotFault | undefined {
  if (selections.kind === 'blank') return rules.blank ? undefined : { code: 'blank-not-allowed' }
  switch (rules.style) {
    case 'choice':
    case 'approval':
      if (selections.kind !== 'options') return { code: 'wrong-kind', expected: rules.style }
      return selectionFault(selections, rules, optionCount)
    case 'ranking':
      if (selections.kind !== 'ranking') return { code: 'wrong-kind', expected: rules.style }
      return rankingFault(selections.ranks, rules, optionCount)
    case 'score':
      if (selections.kind !== 'scores') return { code: 'wrong-kind', expected: rules.style }
      return scoreFault(selections.scores, rules, optionCount)
    case 'grade':
      if (selections.kind !== 'grades') return { code: 'wrong-kind', expected: rules.style }
      return gradeFault(selections.grades, rules, optionCount)
  }
}

function selectionFault(
  { options, writeIn }: Extract<Selections, { kind: 'options' }>,
  rules: SelectionRules,
  optionCount: number,
): BallotFault | undefined {
  const fault =
    optionsFault(options, optionCount) ??
    (writeIn === undefined ? undefined : writtenFault(writeIn, rules, optionCount))
  if (fault !== undefined) return fault
  const selected = options.length + (writeIn === undefined ? 0 : 1)
  const { none } = rules
  if (none === undefined || !options.includes(none)) return limitFault(selected, rules)
  return selected > 1 ? { code: 'none-and-more', none } : undefined
}

function writtenFault(name: string, rules: SelectionRules, optionCount: number): BallotFault | undefined {
  if (!rules.writeIn) return { code: 'write-in-not-allowed' }
  const why = writeInFault(name)
  if (why !== undefined) return { code: 'write-in-unreadable', why }
  const [bytes, room] = [writeInBytes(name), writeInRoom(rules, optionCount)]
  return bytes > room ? { code: 'write-in-too-long', bytes, room } : undefined
}

function optionsFault(options: readonly number[], optionCount: number): BallotFault | undefined {
  const seen = new Set<number>()
  for (const option of options) {
    if (!Number.isInteger(option) || option < 0 || option >= optionCount)
      return { code: 'unknown-option', option }
    if (seen.has(option)) return { code: 'repeated-option', option }
    seen.add(option)
  }
  return undefined
}

function limitFault(selected: number, { min, max }: { min: number; max: number }): BallotFault | undefined {
  if (selected < min) return { code: 'too-few', selected, min }
  return selected > max ? { code: 'too-many', selected, max } : undefined
}

function rankingFault(
  ranks: readonly (readonly number[])[],
  rules: RankingRules,
  optionCount: number,
): BallotFault | undefined {
  if (ranks.length > optionCount)
    return { code: 'rank-out-of-range', rank: ranks.length, highest: optionCount }
  for (const [position, rank] of ranks.entries()) {
    if (rank.length > 1 && !rules.equalRanks)
      return { code: 'equal-ranks', rank: position + 1, options: rank }
    if (rank.length === 0 && (!rules.skippedRanks || position === ranks.length - 1)) {
      return { code: 'skipped-rank', rank: position + 1 }
    }
  }
  const options = ranks.flat()
  return optionsFault(options, optionCount) ?? limitFault(options.length, rules)
}

function scoreFault(
  scores: readonly number[],
  rules: ScoreRules,
  optionCount: number,
): BallotFault | undefined {
  if (scores.length !== optionCount)
    return { code: 'scores-missing', scores: scores.length, options: optionCount }
  for (const [option, score] of scores.entries()) {
    if (!Number.isInteger(score) || score < 0 || score > rules.highest) {
      return { code: 'score-out-of-range', option, highest: rules.highest }
    }
  }
  return scores.some((score) => score > 0) ? undefined : { code: 'too-few', selected: 0, min: 1 }
}

function gradeFault(
  grades: readonly (number | null)[],
  rules: GradeRules,
  optionCount: number,
): BallotFault | undefined {
  if (grades.length !== optionCount)
    return { code: 'grades-missing', grades: grades.length, options: optionCount }
  for (const [option, grade] of grades.entries()) {
    if (grade !== null && !(Number.isInteger(grade) && grade >= 0 && grade < rules.grades.length)) {
      return { code: 'grade-out-of-range', option, grades: rules.grades.length }
    }
  }
  return limitFault(grades.filter((grade) => grade !== null).length, rules)
}
