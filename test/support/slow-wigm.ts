import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction } from './fraction.ts'
import { type SlowRound, SlowTable } from './slow-stv.ts'

/**
 * The reference rule of weighted inclusive Gregory in four places, or with its quota and values as exact
 * fractions; read off the page.
 */
export function slowWigmCount(election: ArbitraryElection, numbers: 'four places' | 'exact'): SlowRound[] {
  const table = new SlowTable(election)
  const cut = (fraction: Fraction) => (numbers === 'exact' ? fraction : fraction.cut(4))
  const share = table.valid.over(new Fraction(BigInt(table.seats + 1)))
  table.quota = numbers === 'exact' ? share : share.cut(4).plus(new Fraction(1n, 10_000n))
  const hasQuota = (option: number) => {
    const order = table.votes(option).compare(table.quota)
    return numbers === 'exact' ? order > 0 : order >= 0
  }
  const elect = (): number[] => {
    const reached = table.byVotes(table.continuing().filter(hasQuota))
    table.elected.push(...reached)
    const left = table.continuing().length <= table.vacant() ? table.byVotes(table.continuing()) : []
    table.elected.push(...left)
    return [...reached, ...left]
  }

  table.endRound(elect())
  while (!table.isOver()) {
    const pending = table.withSurplus()
    if (pending.length > 0) {
      const from = table.choose(pending, 'most', 'backwards')
      const votes = table.votes(from)
      const surplus = votes.minus(table.quota)
      const papers = table.heldBy(from)
      for (const paper of papers) paper.value = cut(cut(paper.value.times(surplus)).over(votes))
      table.pass(papers)
      table.kept.set(from, table.quota)
    } else {
      const out = table.choose(table.continuing(), 'fewest', 'backwards')
      table.excluded.push(out)
      // The count is complete before the papers move.
      if (table.continuing().length > table.vacant()) table.pass(table.heldBy(out))
    }
    table.endRound(elect())
  }
  return table.rounds
}
