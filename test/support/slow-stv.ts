import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction, sum, zeroFraction } from './fraction.ts'

/** A paper as it lies on the table. */
export interface SlowPaper {
  /** From the first preference on. */
  readonly preferences: readonly number[]
  readonly weight: Fraction
  /** Where it lies; `undefined` when it is exhausted. */
  holder: number | undefined
  value: Fraction
  /** The number of the batch with which it came there. */
  batch: number
}

export interface SlowRound {
  readonly votes: readonly Fraction[]
  readonly quota: Fraction
  readonly elected: readonly number[]
}

/**
 * The table of a slow count: every paper by itself, every total added up anew. Ties go to the option that
 * comes first on the ballot, after looking at the rounds in the order that the rules say.
 */
export class SlowTable {
  readonly options: readonly number[]
  readonly seats: number
  readonly papers: readonly SlowPaper[]
  readonly valid: Fraction
  readonly elected: number[] = []
  readonly excluded: number[] = []
  /** What the elected keep whose surplus is dealt with. */
  readonly kept = new Map<number, Fraction>()
  readonly rounds: SlowRound[] = []
  quota = zeroFraction
  batch = 1

  constructor({ optionCount, seats, ballots }: ArbitraryElection) {
    this.options = [...Array(optionCount).keys()]
    this.seats = seats
    this.papers = ballots
      .filter(({ ranks }) => ranks.length > 0)
      .map(({ ranks, weight }) => ({
        preferences: ranks.map(([option]) => option!),
        weight: Fraction.parse(weight),
        holder: ranks[0]![0],
        value: new Fraction(1n),
        batch: 1,
      }))
    this.valid = sum(this.papers.map(({ weight }) => weight))
  }

  votes(option: number): Fraction {
    return this.kept.get(option) ?? sum(this.heldBy(option).map(worth))
  }

  heldBy(option: number): SlowPaper[] {
    return this.papers.filter(({ holder }) => holder === option)
  }

  exhausted(): Fraction {
    return sum(this.papers.filter(({ holder }) => holder === undefined).map(worth))
  }

  continuing(): number[] {
    return this.options.filter((option) => !this.elected.includes(option) && !this.excluded.includes(option))
  }

  vacant(): number {
    return this.seats - this.elected.length
  }

  isOver(): boolean {
    return this.vacant() === 0 || this.continuing().length === 0
  }

  next({ preferences, holder }: SlowPaper): number | undefined {
    const continuing = this.continuing()
    return preferences.slice(preferences.indexOf(holder!) + 1).find((option) => continuing.includes(option))
  }

  pass(papers: readonly SlowPaper[]): void {
    this.batch++
    for (const paper of papers) {
      paper.holder = this.next(paper)
      paper.batch = this.batch
    }
  }

  /** Those who have untransferred votes above the quota. */
  withSurplus(): number[] {
    return this.elected.filter((option) => this.votes(option).compare(this.quota) > 0)
  }

  surplus(): Fraction {
    return sum(this.withSurplus().map((option) => this.votes(option).minus(this.quota)))
  }

  /** Most votes first. */
  byVotes(options: readonly number[]): number[] {
    return [...options].sort((a, b) => this.votes(b).compare(this.votes(a)) || a - b)
  }

  /** The one with most or fewest votes. */
  choose(among: readonly number[], which: 'most' | 'fewest', look: 'forwards' | 'backwards'): number {
    const earlier = this.rounds.slice(0, -1)
    if (look === 'backwards') earlier.reverse()
    const sign = which === 'most' ? -1 : 1
    return [...among].sort((a, b) => {
      const order = this.votes(a).compare(this.votes(b)) * sign
      if (order !== 0) return order
      for (const { votes } of earlier) {
        const earlierOrder = votes[a]!.compare(votes[b]!) * sign
        if (earlierOrder !== 0) return earlierOrder
      }
      return a - b
    })[0]!
  }

  endRound(elected: readonly number[]): void {
    this.rounds.push({
      votes: this.options.map((option) => this.votes(option)),
      quota: this.quota,
      elected: [...elected],
    })
  }
}

export function worth({ weight, value }: SlowPaper): Fraction {
  return weight.times(value)
}
