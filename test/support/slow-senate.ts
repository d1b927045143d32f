import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction, sum } from './fraction.ts'
import type { SlowRound } from './slow-stv.ts'
import { WholeVotesTable } from './slow-whole-votes.ts'

/** Section 273, one candidate excluded at a time. Weights have to be whole numbers. */
export function slowSenateCount(election: ArbitraryElection): SlowRound[] {
  const table = new WholeVotesTable(election)
  const one = new Fraction(1n)
  table.quota = table.valid
    .over(new Fraction(BigInt(table.seats + 1)))
    .cut(0)
    .plus(one)
  for (const paper of table.papers) table.credit(paper.holder!, paper.weight)
  const electedIn = new Map<number, number>()

  const elect = (isSettled: boolean): number[] => {
    const reached = table.byVotes(
      table.continuing().filter((option) => table.votes(option).compare(table.quota) >= 0),
    )
    const elected = [...reached]
    table.elected.push(...reached)
    const left = table.byVotes(table.continuing())
    if (isSettled && table.withSurplus().length === 0) {
      const ahead = left.length === 2 && table.votes(left[0]!).compare(table.votes(left[1]!)) > 0
      // (18) and (17)
      if (left.length <= table.vacant()) elected.push(...left)
      else if (table.vacant() === 1 && ahead) elected.push(left[0]!)
    }
    table.elected.push(...elected.slice(reached.length))
    for (const option of elected) electedIn.set(option, table.rounds.length)
    return elected
  }

  table.endRound(elect(true))
  while (!table.isOver()) {
    const pending = table.withSurplus()
    if (pending.length > 0) {
      const earliest = Math.min(...pending.map((option) => electedIn.get(option)!))
      const from = table.choose(
        pending.filter((option) => electedIn.get(option) === earliest),
        'most',
        'backwards',
      )
      const papers = table.heldBy(from)
      const surplus = table.votes(from).minus(table.quota)
      table.transfer(papers, surplus.over(sum(papers.map(({ weight }) => weight))))
      table.set(from, table.quota)
      table.endRound(elect(true))
    } else if (table.continuing().length === 2 && table.vacant() === 1) {
      const [first] = table.continuing()
      table.elected.push(first!)
      table.endRound([first!])
    } else {
      exclude(table, elect)
    }
  }
  return table.rounds
}

function exclude(table: WholeVotesTable, elect: (isSettled: boolean) => number[]): void {
  const out = table.choose(table.continuing(), 'fewest', 'backwards')
  table.excluded.push(out)
  const papers = table.heldBy(out).sort((a, b) => b.value.compare(a.value))
  if (papers.length === 0) table.endRound(elect(true))
  while (papers.length > 0 && !table.isOver()) {
    const { value } = papers[0]!
    const size = papers.filter((paper) => paper.value.compare(value) === 0).length
    const batch = papers.splice(0, size)
    table.set(out, table.votes(out).minus(table.creditedFor(batch)))
    table.transfer(batch, value)
    table.endRound(elect(papers.length === 0))
  }
}
