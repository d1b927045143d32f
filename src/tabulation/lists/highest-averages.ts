import type { OptionIndex } from '../option-index.ts'
import type { Tie } from '../ties.ts'
import { type Allotment, type ContendingList, chooseAmongEquals, type ListTies } from './allotment.ts'
import { type Divisors, isLargerQuotient } from './divisors.ts'

/**
 * Gives one seat after the other to the list with the highest quotient of its votes and the divisor for its
 * seats so far. Lists with equal quotients get theirs together, in the order of the ballot; where there are
 * fewer seats left, they are tied. Seats that no list has candidates for stay vacant.
 */
export function highestAverages(
  lists: readonly ContendingList[],
  seats: number,
  { power, after }: Divisors,
  ties: ListTies,
): Allotment {
  const awards: OptionIndex[] = []
  const settled: Tie[] = []
  const contenders = lists
    .filter(({ votes, room }) => votes > 0n && room > 0)
    .map((list) => ({ list, votes: list.votes, won: 0, divisor: after(0n) }))
  while (awards.length < seats) {
    const left = contenders.filter(({ list, won }) => won < list.room)
    const [first] = left
    if (first === undefined) break
    const best = left.reduce((a, b) => (isLargerQuotient(b, a, power) ? b : a), first)
    const equals = left.filter((each) => !isLargerQuotient(best, each, power))
    const { chosen, tie, open } = chooseAmongEquals(
      equals.map(({ list }) => list),
      seats - awards.length,
      'receive a seat',
      ties,
    )
    if (tie) settled.push(tie)
    for (const contender of equals.filter(({ list }) => chosen.includes(list))) {
      awards.push(contender.list.option)
      contender.won++
      contender.divisor = after(BigInt(contender.won))
    }
    if (open) return { awards, ties: settled, open }
  }
  return { awards, ties: settled }
}
