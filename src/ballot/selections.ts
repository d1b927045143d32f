import type { BallotRules, RankingRules, ScoreRules, SelectionRules } from './rules.ts'

/** What a voter chose. Options are positions on the ballot, from 0. */
export type Selections =
  | { readonly kind: 'blank' }
  /** choice, approval: the selected options, in ascending order. */
  | { readonly kind: 'options'; readonly options: readonly number[] }
  /** ranking: the ranks, best first; several options in one share it, an empty one was skipped. The last is not empty. */
  | { readonly kind: 'ranking'; readonly ranks: readonly (readonly number[])[] }
  /** score: by position of the option, at least one above 0. */
  | { readonly kind: 'scores'; readonly scores: readonly number[] }

/** Why a ballot can't stand, with what a sentence about it needs. */
export type BallotFault =
  | { readonly code: 'wrong-kind'; readonly expected: BallotRules['style'] }
  | { readonly code: 'unknown-option'; readonly option: number }
  | { readonly code: 'repeated-option'; readonly option: number }
  | { readonly code: 'too-few'; readonly selected: number; readonly min: number }
  | { readonly code: 'too-many'; readonly selected: number; readonly max: number }
  | { readonly code: 'blank-not-allowed' }
  | { readonly code: 'equal-ranks'; readonly rank: number; readonly options: readonly number[] }
  | { readonly code: 'skipped-rank'; readonly rank: number }
  /** There are as many ranks as options. */
  | { readonly code: 'rank-out-of-range'; readonly rank: number; readonly highest: number }
  | { readonly code: 'score-out-of-range'; readonly option: number; readonly highest: number }
  | { readonly code: 'scores-missing'; readonly scores: number; readonly options: number }
  /** What was sealed is no ballot of this contest at all: only a tampered device makes such. */
  | { readonly code: 'unreadable'; readonly why: 'length' | 'value' | 'index' | 'blank-and-more' }

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
      return selectionFault(selections.options, rules, optionCount)
    case 'ranking':
      if (selections.kind !== 'ranking') return { code: 'wrong-kind', expected: rules.style }
      return rankingFault(selections.ranks, rules, optionCount)
    case 'score':
      if (selections.kind !== 'scores') return { code: 'wrong-kind', expected: rules.style }
      return scoreFault(selections.scores, rules, optionCount)
  }
}

function selectionFault(
  options: readonly number[],
  rules: SelectionRules | RankingRules,
  optionCount: number,
): BallotFault | undefined {
  const seen = new Set<number>()
  for (const option of options) {
    if (!Number.isInteger(option) || option < 0 || option >= optionCount)
      return { code: 'unknown-option', option }
    if (seen.has(option)) return { code: 'repeated-option', option }
    seen.add(option)
  }
  if (seen.size < rules.min) return { code: 'too-few', selected: seen.size, min: rules.min }
  if (seen.size > rules.max) return { code: 'too-many', selected: seen.size, max: rules.max }
  return undefined
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
  return selectionFault(ranks.flat(), rules, optionCount)
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
