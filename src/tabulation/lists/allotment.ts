import type { OptionIndex } from '../option-index.ts'
import { settleTie } from '../tie-breaking.ts'
import type { Tie, TieBreaks, TieEnd, TieQuestion, TieRule } from '../ties.ts'

/** A list that takes part in the allotment of seats. */
export interface ContendingList {
  readonly option: OptionIndex
  /** Above 0, in the unit of the tally. */
  readonly votes: bigint
  /** The most seats that it can fill; more than there are where it names no candidates. */
  readonly room: number
}

/** Which seats went where. */
export interface Allotment {
  /** The list of each seat, in the order of award. */
  readonly awards: readonly OptionIndex[]
  readonly ties: readonly Tie[]
  /** The tie at which the allotment stops. */
  readonly open?: TieQuestion
}

/** What settles ties between lists. */
export interface ListTies {
  readonly method: string
  readonly chain: readonly TieRule[]
  readonly breaks: TieBreaks
}

/** The lists that are chosen among equals, in the order of the ballot; all of them where there is room for all. */
export function chooseAmongEquals(
  lists: readonly ContendingList[],
  choose: number,
  to: TieEnd,
  { method, chain, breaks }: ListTies,
): { readonly chosen: readonly ContendingList[]; readonly tie?: Tie; readonly open?: TieQuestion } {
  if (lists.length <= choose) return { chosen: lists }
  const among = lists.map(({ option }) => option).sort((a, b) => a - b)
  const question = { method, round: 1, to, among, choose }
  const { tie, open } = settleTie({ question, chain, breaks, history: [] })
  const chosen = lists.filter(({ option }) => tie.chosen?.includes(option))
  return { chosen, tie, ...(open && { open }) }
}

export function seatCounts(awards: readonly OptionIndex[], optionCount: number): number[] {
  const seats = Array<number>(optionCount).fill(0)
  for (const option of awards) seats[option]!++
  return seats
}
