import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction, sum } from './fraction.ts'

/** A paper as it lies on the table. */
interface Paper {
  /** From the first preference on. */
  readonly preferences: readonly number[]
  readonly weight: Fraction
  /** Where it lies; `undefined` when it is exhausted. */
  holder: number | undefined
  value: Fraction
}

export interface SlowStage {
  readonly votes: readonly Fraction[]
  readonly exhausted: Fraction
  readonly elected: readonly number[]
}

/**
 * The Scottish rules, read off the page: every paper by itself, every total added up anew. Ties go to the
 * option that comes first on the ballot, after looking back.
 */
export function slowScottishCount({ optionCount, seats, ballots }: ArbitraryElection): SlowStage[] {
  const options = [...Array(optionCount).keys()]
  const papers: Paper[] = ballots
    .filter(({ ranks }) => ranks.length > 0)
    .map(({ ranks, weight }) => ({
      preferences: ranks.map(([option]) => option!),
      weight: Fraction.parse(weight),
      holder: ranks[0]![0],
      value: new Fraction(1n),
    }))
  const votesOf = (holder: number | undefined) =>
    sum(papers.filter((paper) => paper.holder === holder).map(({ weight, value }) => weight.times(value)))
  const valid = sum(papers.map(({ weight }) => weight))
  const quota = valid
    .over(new Fraction(BigInt(seats + 1)))
    .cut(0)
    .plus(new Fraction(1n))

  const elected: number[] = []
  const excluded: number[] = []
  const settled = new Set<number>()
  const stages: SlowStage[] = []
  const votes = () => options.map((option) => (settled.has(option) ? quota : votesOf(option)))
  const continuing = () => options.filter((option) => !elected.includes(option) && !excluded.includes(option))

  const passOn = (paper: Paper) => {
    paper.holder = paper.preferences
      .slice(paper.preferences.indexOf(paper.holder!) + 1)
      .find((option) => continuing().includes(option))
  }
  const endStage = () => {
    const now = votes()
    const byVotes = continuing().sort((a, b) => now[b]!.compare(now[a]!) || a - b)
    const newly = byVotes.filter((option) => now[option]!.compare(quota) >= 0)
    elected.push(...newly)
    if (continuing().length <= seats - elected.length) {
      const last = byVotes.filter((option) => !newly.includes(option))
      newly.push(...last)
      elected.push(...last)
    }
    stages.push({ votes: now, exhausted: votesOf(undefined), elected: newly })
  }
  /** Sorts by the present votes, then those of earlier stages from the last back, then the ballot. */
  const first = (among: readonly number[], direction: 1 | -1) =>
    [...among].sort((a, b) => {
      for (const { votes } of [...stages].reverse()) {
        const order = votes[a]!.compare(votes[b]!) * direction
        if (order !== 0) return order
      }
      return a - b
    })[0]!

  endStage()
  while (elected.length < seats && continuing().length > 0) {
    const now = votes()
    const withSurplus = elected.filter((option) => now[option]!.compare(quota) > 0)
    if (withSurplus.length > 0) {
      const from = first(withSurplus, -1)
      const surplus = now[from]!.minus(quota)
      for (const paper of papers.filter(({ holder }) => holder === from)) {
        paper.value = surplus.times(paper.value).over(now[from]!).cut(5)
        passOn(paper)
      }
      settled.add(from)
    } else {
      const out = first(continuing(), 1)
      excluded.push(out)
      for (const paper of papers.filter(({ holder }) => holder === out)) passOn(paper)
    }
    endStage()
  }
  return stages
}
