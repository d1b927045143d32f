import { byteSlots, opensAsTotals, selectsOptions } from './room.ts'
import type { BallotRules } from './rules.ts'

export interface HomomorphicQuestion {
  readonly answers: readonly string[]
  readonly blank?: true
  readonly min: number
  readonly max: number
  readonly question: string
}

export interface NonHomomorphicQuestion {
  readonly type: 'NonHomomorphic'
  readonly value: { readonly answers: readonly string[]; readonly question: string }
}

export type SealedQuestion = HomomorphicQuestion | NonHomomorphicQuestion

/**
 * Whether the answers of the question are `byte 1` … `byte 30` and not the options: a contest that is opened ballot
 * by ballot has more options than a sealed ballot has slots, or its ballots hold more than a number for each option.
 */
export function isPacked(rules: BallotRules, optionCount: number): boolean {
  if (opensAsTotals(rules)) return false
  return selectsOptions(rules) || optionCount > byteSlots
}

/** The question that stands in the sealed election for a contest. */
export function sealedQuestion(contest: {
  readonly title: string
  readonly options: readonly string[]
  readonly rules: BallotRules
}): SealedQuestion {
  const { title: question, options, rules } = contest
  if (selectsOptions(rules) && opensAsTotals(rules)) {
    const { min, max, blank } = rules
    return { answers: options, ...(blank && { blank: true }), min, max, question }
  }
  const answers = isPacked(rules, options.length)
    ? Array.from({ length: byteSlots }, (_, i) => `byte ${i + 1}`)
    : options
  return { type: 'NonHomomorphic', value: { answers, question } }
}
