import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction, sum } from './fraction.ts'
import { committeesOf } from './slow-committees.ts'

export interface SlowCpoRules {
  readonly quota: 'exact droop' | 'droop in whole votes' | 'exact hare' | 'hare in whole votes'
  readonly surpluses: 'once' | 'until none'
  readonly completion: 'schulze' | 'minimax'
  readonly strength: 'margins' | 'winning votes' | 'ratio'
}

/** A ballot on its way through a comparison. */
interface Paper {
  readonly order: readonly number[]
  readonly at: number | undefined
  readonly value: Fraction
}

const isEqualOrMore = (a: Fraction, b: Fraction) => a.compare(b) >= 0

export interface SlowCpo {
  /** Those that are best, ascending. */
  readonly best: readonly (readonly number[])[]
  /** What the first has when it is compared with the second. */
  readonly votes: (outcome: readonly number[], other: readonly number[]) => Fraction
}

/** Of elections without shared ranks: every outcome against every other, ballot by ballot. */
export function slowCpo(election: ArbitraryElection, rules: SlowCpoRules): SlowCpo {
  const { optionCount, seats } = election
  const papers = election.ballots.map(({ ranks, weight }) => ({
    order: ranks.flat(),
    at: ranks.flat()[0],
    value: Fraction.parse(weight),
  }))
  const quota = slowQuota(
    sum(papers.filter(({ order }) => order.length > 0).map(({ value }) => value)),
    seats,
    rules,
  )
  const sure = [...Array(optionCount).keys()].filter((option) => {
    const votes = votesAt(papers, option)
    const isQuota = rules.quota === 'exact droop' ? votes.compare(quota) > 0 : isEqualOrMore(votes, quota)
    return votes.top > 0n && isQuota
  })
  const outcomes = committeesOf(optionCount, seats).filter((outcome) =>
    sure.every((option) => outcome.includes(option)),
  )
  const votes = outcomes.map((a) => outcomes.map((b) => slowComparison(papers, a, b, quota, rules)))
  const best = rules.completion === 'schulze' ? slowPaths(votes, rules) : slowWorstDefeats(votes, rules)
  return {
    best: best.map((outcome) => outcomes[outcome]!),
    votes: (outcome, other) => slowComparison(papers, outcome, other, quota, rules),
  }
}

function slowQuota(valid: Fraction, seats: number, { quota }: SlowCpoRules): Fraction {
  const whole = (votes: Fraction) => votes.top / votes.bottom
  switch (quota) {
    case 'exact droop':
      return valid.over(new Fraction(BigInt(seats + 1)))
    case 'droop in whole votes':
      return new Fraction(whole(valid.over(new Fraction(BigInt(seats + 1)))) + 1n)
    case 'exact hare':
      return valid.over(new Fraction(BigInt(seats)))
    case 'hare in whole votes': {
      const share = valid.over(new Fraction(BigInt(seats)))
      return new Fraction(whole(share) + (share.top % share.bottom === 0n ? 0n : 1n))
    }
  }
}

function votesAt(papers: readonly Paper[], option: number): Fraction {
  return sum(papers.filter(({ at }) => at === option).map(({ value }) => value))
}

/** The votes of a when it is compared with b. */
function slowComparison(
  ballots: readonly Paper[],
  a: readonly number[],
  b: readonly number[],
  quota: Fraction,
  { surpluses }: SlowCpoRules,
): Fraction {
  const full: number[] = []
  const nextOf = (order: readonly number[]) =>
    order.find((option) => (a.includes(option) || b.includes(option)) && !full.includes(option))
  let papers: Paper[] = ballots.map((paper) => ({ ...paper, at: nextOf(paper.order) }))
  for (;;) {
    const reached = a.filter((option) => {
      const votes = votesAt(papers, option)
      return b.includes(option) && votes.top > 0n && isEqualOrMore(votes, quota)
    })
    if (reached.length === 0) break
    full.push(...reached)
    const before = papers
    papers = before.map((paper) => {
      if (paper.at === undefined || !reached.includes(paper.at)) return paper
      const votes = votesAt(before, paper.at)
      const value = paper.value.times(votes.minus(quota).over(votes))
      return { ...paper, value, at: nextOf(paper.order) }
    })
    if (surpluses === 'once') break
  }
  return sum(a.map((option) => (full.includes(option) ? quota : votesAt(papers, option))))
}

/** How strong a's win over b is; nothing where it is none. A win against nobody is stronger than all others. */
type Strength = readonly [isAgainstNobody: boolean, figure: Fraction]

function strengthOf(votes: readonly (readonly Fraction[])[], { strength }: SlowCpoRules) {
  return (a: number, b: number): Strength | undefined => {
    const [its, others] = [votes[a]![b]!, votes[b]![a]!]
    if (its.compare(others) <= 0) return undefined
    if (strength === 'margins') return [false, its.minus(others)]
    if (strength === 'winning votes') return [false, its]
    return others.top === 0n ? [true, its] : [false, its.over(others)]
  }
}

function compareStrengths(a: Strength | undefined, b: Strength | undefined): number {
  if (!a || !b) return Number(a !== undefined) - Number(b !== undefined)
  return a[0] === b[0] ? a[1].compare(b[1]) : Number(a[0]) - Number(b[0])
}

/** Those that none beats by a stronger path: a path is as strong as its weakest win. */
function slowPaths(votes: readonly (readonly Fraction[])[], rules: SlowCpoRules): number[] {
  const all = [...votes.keys()]
  const path = all.map((a) => all.map((b) => strengthOf(votes, rules)(a, b)))
  for (const via of all) {
    for (const a of all) {
      for (const b of all) {
        const [there, on] = [path[a]![via], path[via]![b]]
        const weaker = compareStrengths(there, on) < 0 ? there : on
        if (a !== b && compareStrengths(weaker, path[a]![b]) > 0) path[a]![b] = weaker
      }
    }
  }
  return all.filter((a) => all.every((b) => compareStrengths(path[b]![a], path[a]![b]) <= 0))
}

function slowWorstDefeats(votes: readonly (readonly Fraction[])[], rules: SlowCpoRules): number[] {
  const all = [...votes.keys()]
  const worst = all.map((a) =>
    all
      .map((b) => strengthOf(votes, rules)(b, a))
      .reduce((worse, defeat) => (compareStrengths(defeat, worse) > 0 ? defeat : worse), undefined),
  )
  return all.filter((a) => all.every((b) => compareStrengths(worst[a], worst[b]) <= 0))
}
