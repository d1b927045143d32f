import { formatDecimal } from '../decimal.ts'
import type { Fraction } from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Working } from '../tabulation.ts'
import { type Allotment, type ContendingList, seatCounts } from './allotment.ts'
import type { Divisors } from './divisors.ts'
import { quotaShares } from './largest-remainders.ts'

/** How many places of a quotient are shown. */
const shownPlaces = 4

interface Shown {
  readonly names: readonly string[]
  /** Of the votes. */
  readonly places: number
}

/** The quotient that each seat went to, and the next of each list, which would have had the seat after the last. */
export function quotientWorkings(
  lists: readonly ContendingList[],
  { awards }: Allotment,
  divisors: Divisors,
  { names, places }: Shown,
): Working[] {
  const votesOf = new Map(lists.map(({ option, votes }) => [option, votes]))
  const won = new Map<OptionIndex, number>()
  const quotient = (option: OptionIndex) =>
    quotientText(votesOf.get(option)!, divisors, won.get(option) ?? 0, places)
  const rows = awards.map((option, seat) => {
    const text = quotient(option)
    won.set(option, (won.get(option) ?? 0) + 1)
    return [String(seat + 1), names[option]!, String(won.get(option)), text]
  })
  const next = lists
    .filter(({ votes }) => votes > 0n)
    .map(({ option, votes }) => [
      names[option]!,
      formatDecimal(votes, places),
      String(won.get(option) ?? 0),
      quotient(option),
    ])
  const cut = `cut after ${shownPlaces} places`
  return [
    { title: `Seats by highest quotient, ${cut}`, head: ['Seat', 'List', 'Its seat', 'Quotient'], rows },
    { title: `Lists, ${cut}`, head: ['List', 'Votes', 'Seats', 'Next quotient'], rows: next },
  ]
}

/** Votes divided by the divisor after so many seats; "first" where that divisor is 0. */
function quotientText(votes: bigint, { power, after }: Divisors, seats: number, places: number): string {
  const { top, bottom } = after(BigInt(seats))
  if (top === 0n) return 'first'
  const scale = 10n ** BigInt(shownPlaces * power)
  const raised = (votes ** BigInt(power) * bottom * scale) / (top * 10n ** BigInt(places * power))
  return formatDecimal(power === 1 ? raised : squareRoot(raised), shownPlaces)
}

/** The largest whole number whose square is at most `number`; by Newton's steps from above. */
function squareRoot(number: bigint): bigint {
  if (number < 2n) return number
  let root = 1n << BigInt(Math.ceil(number.toString(2).length / 2))
  for (;;) {
    const better = (root + number / root) / 2n
    if (better >= root) return root
    root = better
  }
}

/** Whole quotas, remainders and seats of each list. */
export function remainderWorkings(
  lists: readonly ContendingList[],
  { awards }: Allotment,
  quota: Fraction,
  { names, places }: Shown,
): Working[] {
  if (quota.top === 0n) return []
  const scale = 10n ** BigInt(shownPlaces)
  const cut = (units: bigint) =>
    formatDecimal((units * scale) / (quota.bottom * 10n ** BigInt(places)), shownPlaces)
  const won = seatCounts(awards, names.length)
  const rows = quotaShares(lists, quota).map(({ list, full, remainder }) => [
    names[list.option]!,
    formatDecimal(list.votes, places),
    String(full),
    cut(remainder),
    String(won[list.option]),
  ])
  const head = ['List', 'Votes', 'Full quotas', 'Remainder', 'Seats']
  return [
    { title: `Quota ${cut(quota.top)}, cut after ${shownPlaces} places as the remainders are`, head, rows },
  ]
}
