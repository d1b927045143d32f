import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction, sum, zeroFraction } from './fraction.ts'
import { type SlowPaper, type SlowRound, SlowTable, worth } from './slow-stv.ts'

const hundredth = new Fraction(1n, 100n)

function lesser(a: Fraction, b: Fraction): Fraction {
  return a.compare(b) <= 0 ? a : b
}

/** The rules of the Electoral Reform Society of 1997, clause by clause. */
export function slowErs97Count(election: ArbitraryElection): SlowRound[] {
  const table = new SlowTable(election)

  /** 5.1.6 and 5.4.8. */
  const setQuota = () => {
    const exact = table.valid.minus(table.exhausted()).over(new Fraction(BigInt(table.seats + 1)))
    const cut = exact.cut(2)
    table.quota = cut.compare(exact) === 0 ? cut : cut.plus(hundredth)
  }
  /** 5.1.7: by the quota, or the total active vote divided by one more than the places left. */
  const elect = (): number[] => {
    if (table.elected.length === 0) setQuota()
    const elected: number[] = []
    while (table.vacant() > 0) {
      const waiting = [...table.continuing(), ...table.excluded].map((option) => table.votes(option))
      const share = sum([...waiting, table.surplus()]).over(new Fraction(BigInt(table.vacant() + 1)))
      const reaches = (option: number) => {
        const votes = table.votes(option)
        return (
          votes.compare(table.quota) >= 0 || (votes.compare(zeroFraction) > 0 && votes.compare(share) >= 0)
        )
      }
      const reached = firstOnes(table, table.byVotes(table.continuing().filter(reaches)))
      if (reached.length === 0) break
      table.elected.push(...reached)
      elected.push(...reached)
    }
    // 5.5.1
    const left = table.continuing().length <= table.vacant() ? table.byVotes(table.continuing()) : []
    table.elected.push(...left)
    return [...elected, ...left]
  }

  table.endRound(elect())
  while (!table.isOver()) {
    const surpluses = table.withSurplus()
    const losers = losersTogether(table)
    if (surpluses.length > 0 && losers.length === 0) {
      transferSurplus(table, table.choose(surpluses, 'most', 'forwards'))
      table.endRound(elect())
      continue
    }
    const out = losers.length > 0 ? losers : [table.choose(table.continuing(), 'fewest', 'forwards')]
    table.excluded.push(...out)
    const papers = out.flatMap((option) => table.heldBy(option))
    if (papers.length === 0 || table.continuing().length <= table.vacant()) {
      table.endRound(elect())
      continue
    }
    // 5.4.1 to 5.4.11
    for (const batch of inBatches(papers)) {
      table.pass(batch)
      table.endRound(elect())
      if (table.isOver()) break
    }
  }
  return table.rounds
}

/** 5.6.2: as many as there are places; where equals straddle the last, by their earlier votes, or none of them. */
function firstOnes(table: SlowTable, reached: readonly number[]): readonly number[] {
  const vacant = table.vacant()
  if (reached.length <= vacant) return reached
  const last = table.votes(reached[vacant - 1]!)
  const above = reached.filter((option) => table.votes(option).compare(last) > 0)
  const equals = reached.filter((option) => table.votes(option).compare(last) === 0)
  const places = vacant - above.length
  if (equals.length === places) return reached.slice(0, vacant)
  const earlier = (a: number, b: number) => {
    for (const { votes } of table.rounds) {
      const order = votes[b]!.compare(votes[a]!)
      if (order !== 0) return order
    }
    return 0
  }
  const inOrder = [...equals].sort((a, b) => earlier(a, b) || a - b)
  if (earlier(inOrder[places - 1]!, inOrder[places]!) === 0) return above
  return [...above, ...inOrder.slice(0, places).sort((a, b) => a - b)]
}

/** 5.2.5, without parting those with equal votes. */
function losersTogether(table: SlowTable): number[] {
  const upwards = table.byVotes(table.continuing()).reverse()
  const surplus = table.surplus()
  let losers: number[] = []
  for (let size = 1; size < upwards.length && upwards.length - size >= table.vacant(); size++) {
    const lowest = upwards.slice(0, size)
    const next = table.votes(upwards[size]!)
    const together = sum([...lowest.map((option) => table.votes(option)), surplus])
    if (table.votes(lowest.at(-1)!).compare(next) < 0 && together.compare(next) <= 0) losers = lowest
  }
  return losers
}

/** 5.3.1 to 5.3.8. */
function transferSurplus(table: SlowTable, from: number): void {
  const surplus = table.votes(from).minus(table.quota)
  const held = table.heldBy(from)
  const lastBatch = Math.max(...held.map(({ batch }) => batch))
  const transferable = held.filter((paper) => paper.batch === lastBatch && table.next(paper) !== undefined)
  const papers = sum(transferable.map(({ weight }) => weight))
  if (sum(transferable.map(worth)).compare(surplus) > 0) {
    const value = surplus.over(papers).cut(2)
    for (const paper of transferable) paper.value = lesser(value, paper.value)
  }
  table.pass(transferable)
  table.kept.set(from, table.quota)
}

/** By value, the highest first. */
function inBatches(papers: readonly SlowPaper[]): SlowPaper[][] {
  const batches: SlowPaper[][] = []
  for (const paper of [...papers].sort((a, b) => b.value.compare(a.value))) {
    const last = batches.at(-1)
    if (last && last[0]!.value.compare(paper.value) === 0) last.push(paper)
    else batches.push([paper])
  }
  return batches
}
