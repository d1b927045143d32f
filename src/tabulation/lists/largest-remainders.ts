import type { Fraction } from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Tie, TieQuestion } from '../ties.ts'
import { type Allotment, type ContendingList, chooseAmongEquals, type ListTies } from './allotment.ts'

/** What a list gets for its votes by a quota. */
interface QuotaShare {
  readonly list: ContendingList
  /** Whole quotas, at most as many as it has room. */
  readonly full: number
  /** What is left of its votes, in units of 1/bottom of the quota. */
  readonly remainder: bigint
}

export function quotaShares(lists: readonly ContendingList[], quota: Fraction): QuotaShare[] {
  return lists
    .filter(({ votes }) => votes > 0n)
    .map((list) => {
      const quotas = (list.votes * quota.bottom) / quota.top
      const full = quotas > BigInt(list.room) ? list.room : Number(quotas)
      return { list, full, remainder: list.votes * quota.bottom - quotas * quota.top }
    })
}

/**
 * Gives each list a seat for each whole quota of its votes, and the seats that are left to the largest
 * remainders, one a list; if any are left after that, one a list again. Where the quotas give more seats
 * than there are, those with the smallest remainders give one up.
 */
export function largestRemainders(
  lists: readonly ContendingList[],
  seats: number,
  quota: Fraction,
  ties: ListTies,
): Allotment {
  if (quota.top === 0n) return { awards: [], ties: [] }
  const shares = quotaShares(lists, quota)
  const won = new Map(shares.map(({ list, full }) => [list, full]))
  const awards = fullQuotas(shares, quota)
  const over = awards.length - seats
  if (over > 0) return takeBack(awards, shares, over, ties)
  const settled: Tie[] = []
  while (awards.length < seats) {
    const before = awards.length
    const contenders = shares.filter(({ list }) => won.get(list)! < list.room)
    for (const equals of byRemainder(contenders).reverse()) {
      const { chosen, tie, open } = chooseAmongEquals(equals, seats - awards.length, 'receive a seat', ties)
      if (tie) settled.push(tie)
      for (const list of chosen) {
        awards.push(list.option)
        won.set(list, won.get(list)! + 1)
      }
      if (open) return { awards, ties: settled, open }
      if (awards.length === seats) break
    }
    if (awards.length === before) break
  }
  return { awards, ties: settled }
}

/** The list of each seat for a whole quota; each seat goes where most votes are left, and uses up a quota of them. */
function fullQuotas(shares: readonly QuotaShare[], quota: Fraction): OptionIndex[] {
  const seats = shares.flatMap(({ list, full }) =>
    Array.from({ length: full }, (_, seat) => ({
      list,
      left: list.votes * quota.bottom - BigInt(seat) * quota.top,
    })),
  )
  return seats
    .sort((a, b) => (a.left === b.left ? a.list.option - b.list.option : a.left > b.left ? -1 : 1))
    .map(({ list }) => list.option)
}

function takeBack(
  awards: readonly OptionIndex[],
  shares: readonly QuotaShare[],
  over: number,
  ties: ListTies,
): Allotment {
  const settled: Tie[] = []
  const kept = [...awards]
  const giveUp = ({ option }: ContendingList) => kept.splice(kept.lastIndexOf(option), 1)
  let open: TieQuestion | undefined
  for (let left = over; left > 0 && open === undefined; ) {
    const holders = shares.filter(({ list }) => kept.includes(list.option))
    for (const equals of byRemainder(holders)) {
      const choice = chooseAmongEquals(equals, left, 'give up a seat', ties)
      if (choice.tie) settled.push(choice.tie)
      choice.chosen.forEach(giveUp)
      left -= choice.chosen.length
      open = choice.open
      if (left === 0 || open) break
    }
  }
  // While it is open who gives a seat up, none of the tied has the seat.
  if (open) for (const option of open.among) kept.splice(kept.lastIndexOf(option), 1)
  return { awards: kept, ties: settled, ...(open && { open }) }
}

/** The lists with the smallest remainders first, equals together. */
function byRemainder(shares: readonly QuotaShare[]): ContendingList[][] {
  const levels = Map.groupBy(shares, ({ remainder }) => remainder)
  return [...levels.keys()]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((remainder) => levels.get(remainder)!.map(({ list }) => list))
}
