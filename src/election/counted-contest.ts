import type { OptionTotals } from '../tabulation/totals.ts'
import type { SealedContest } from './sealed-election.ts'

/** The options and rules by which a method counts a contest. */
export interface CountedContest {
  readonly options: readonly string[]
  readonly rules: Readonly<Record<string, unknown>>
}

/**
 * The candidates of lists stand behind the lists, where no ballot can select them, and take the seats of their list
 * in its order.
 */
export function countedContest({ options, lists, rules }: SealedContest): CountedContest {
  if (lists === undefined) return { options, rules }
  const named = options.flatMap((list, index) => {
    const members = lists[index] ?? []
    return members.length === 0 ? [] : [[list, members] as const]
  })
  return {
    options: [...options, ...lists.flat()],
    rules: { ...rules, candidates: Object.fromEntries(named) },
  }
}

/** Totals with a zero for each option that is counted and was on no ballot. */
export function countedTotals(totals: OptionTotals, { options }: CountedContest): OptionTotals {
  const missing = Array<string>(options.length - totals.votes.length).fill('0')
  return { ...totals, votes: [...totals.votes, ...missing] }
}
