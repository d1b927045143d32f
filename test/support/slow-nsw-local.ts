import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction, sum } from './fraction.ts'
import { type SlowPaper, type SlowRound, worth } from './slow-stv.ts'
import { WholeVotesTable } from './slow-whole-votes.ts'

/** Schedule 5, as the Electoral Commission of New South Wales counts. Weights have to be whole numbers. */
export function slowNswLocalCount(election: ArbitraryElection): SlowRound[] {
  const table = new WholeVotesTable(election)
  const one = new Fraction(1n)
  table.quota = table.valid
    .over(new Fraction(BigInt(table.seats + 1)))
    .cut(0)
    .plus(one)
  for (const paper of table.papers) table.credit(paper.holder!, paper.weight)
  const electedIn = new Map<number, number>()

  const elect = (): number[] => {
    const reached = table.byVotes(
      table.continuing().filter((option) => table.votes(option).compare(table.quota) >= 0),
    )
    table.elected.push(...reached)
    const without = withoutQuota(table)
    table.elected.push(...without)
    const elected = [...reached, ...without]
    for (const option of elected) electedIn.set(option, table.rounds.length)
    return elected
  }

  table.endRound(elect())
  while (!table.isOver()) {
    const pending = table.withSurplus()
    if (pending.length > 0) {
      // Clause 8.
      const earliest = Math.min(...pending.map((option) => electedIn.get(option)!))
      const inOrder = pending.filter((option) => electedIn.get(option) === earliest)
      transferSurplus(table, table.choose(inOrder, 'most', 'backwards'))
    } else {
      // Clause 11 (4).
      const isLastOfTwo = table.continuing().length === 2 && table.vacant() === 1
      const out = table.choose(table.continuing(), 'fewest', 'backwards')
      table.excluded.push(out)
      if (!isLastOfTwo) {
        for (const parcel of parcelsOf(table, out)) table.transfer(parcel, parcel[0]!.value)
        table.set(out, new Fraction(0n))
      }
    }
    table.endRound(elect())
  }
  return table.rounds
}

/** Clause 11 (1) to (3). */
function withoutQuota(table: WholeVotesTable): number[] {
  const left = table.byVotes(table.continuing())
  const ahead = left.slice(0, table.vacant())
  if (ahead.length === 0 || left.length <= table.vacant()) return ahead
  const lower = sum(left.slice(table.vacant()).map((option) => table.votes(option)))
  return table.votes(ahead.at(-1)!).compare(lower.plus(table.surplus())) > 0 ? ahead : []
}

/** Clauses 6 (1) and 7 (4). */
function transferSurplus(table: WholeVotesTable, from: number): void {
  const surplus = table.votes(from).minus(table.quota)
  const exhausted = table.heldBy(from).filter((paper) => table.next(paper) === undefined)
  const rest = table.votes(from).minus(sum(exhausted.map(worth)).lowestTerms())
  const fraction = surplus.compare(rest) < 0 ? surplus.over(rest).lowestTerms() : new Fraction(1n)
  for (const parcel of parcelsOf(table, from)) {
    table.transfer(parcel, parcel[0]!.value.times(fraction).lowestTerms())
  }
  table.set(from, table.quota)
}

/** What an option received in each earlier transfer, the earliest first. */
function parcelsOf(table: WholeVotesTable, option: number): SlowPaper[][] {
  const parcels = Map.groupBy(table.heldBy(option), ({ batch }) => batch)
  return [...parcels.keys()].sort((a, b) => a - b).map((batch) => parcels.get(batch)!)
}
