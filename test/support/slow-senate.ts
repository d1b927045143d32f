import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction, sum, zeroFraction } from './fraction.ts'
import { type SlowPaper, type SlowRound, SlowTable } from './slow-stv.ts'

/** Whole votes for papers at a transfer value, "any fraction being disregarded". */
function wholeVotes(papers: readonly SlowPaper[], value: Fraction): Fraction {
  return sum(papers.map(({ weight }) => weight))
    .times(value)
    .cut(0)
}

/** The Australian Senate: papers hold a value, options a number of votes that is written down count by count. */
class SenateTable extends SlowTable {
  readonly #credited = new Map<number, Fraction>()

  override votes(option: number): Fraction {
    return this.#credited.get(option) ?? zeroFraction
  }

  credit(option: number, votes: Fraction): void {
    this.#credited.set(option, this.votes(option).plus(votes))
  }

  set(option: number, votes: Fraction): void {
    this.#credited.set(option, votes)
  }

  /** Passes papers on that all have one value, and credits each receiver once. */
  transfer(papers: readonly SlowPaper[], value: Fraction): void {
    for (const paper of papers) paper.value = value
    this.pass(papers)
    for (const option of this.options) {
      const received = papers.filter(({ holder }) => holder === option)
      this.credit(option, wholeVotes(received, value))
    }
  }

  /** The votes that an option was credited with for papers of a value: apart for each batch that brought them. */
  creditedFor(papers: readonly SlowPaper[]): Fraction {
    const batches = new Set(papers.map(({ batch }) => batch))
    return sum(
      [...batches].map((batch) => {
        const together = papers.filter((paper) => paper.batch === batch)
        return wholeVotes(together, together[0]!.value)
      }),
    )
  }
}

/** Section 273, one candidate excluded at a time. Weights have to be whole numbers. */
export function slowSenateCount(election: ArbitraryElection): SlowRound[] {
  const table = new SenateTable(election)
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

function exclude(table: SenateTable, elect: (isSettled: boolean) => number[]): void {
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
