import { byteSlots } from './room.ts'
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
 * The question that stands in the sealed election for a contest. Its answers are the options, or
 * `byte 1` … `byte 30` where a shuffled contest has more options than a sealed ballot has slots.
 */
export function sealedQuestion(contest: {
  readonly title: string
  readonly options: readonly string[]
  readonly rules: BallotRules
}): SealedQuestion {
  const { title: question, options, rules } = contest
  if (rules.style === 'choice' || rules.style === 'approval') {
    const { min, max, blank } = rules
    return { answers: options, ...(blank && { blank: true }), min, max, question }
  }
  const answers =
    options.length > byteSlots ? Array.from({ length: byteSlots }, (_, i) => `byte ${i + 1}`) : options
  return { type: 'NonHomomorphic', value: { answers, question } }
}
