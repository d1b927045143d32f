import type { BallotGroups } from '../ballot-groups.ts'
import { CountRecord } from '../count-record.ts'
import {
  compareFractions,
  type Fraction,
  fraction,
  minus,
  one,
  over,
  plus,
  times,
  zero,
} from '../exact-fraction.ts'
import type { IrregularRankings } from '../irregular-rankings.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Pile } from '../pile.ts'
import { RankedPapers } from '../ranked-papers.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import { electedSentence, settledTieSentence } from '../sentences.ts'
import type { RoundAction, Tabulation, TabulationInput } from '../tabulation.ts'
import type { Tie, TieQuestion, TieRule } from '../ties.ts'

interface QpqRules extends IrregularRankings {
  /** Of quotients and quotas as they are shown; they are exact. */
  readonly places: number
  readonly ties: readonly TieRule[]
}

/** Papers that have elected the same part of an option each. */
interface Contribution {
  readonly elected: Fraction
  readonly pile: Pile
}

interface Stage {
  /** Of the hopeful; of the chosen those by which they were chosen. */
  readonly quotients: readonly Fraction[]
  readonly quota: Fraction
}

/** Counts by quotients: see `docs/tabulation/stv-qpq.md`. */
export function countQpq(input: TabulationInput<QpqRules>, groups: BallotGroups): Tabulation {
  return new QpqCount(input, groups).count()
}

class QpqCount {
  readonly #input: TabulationInput<QpqRules>
  readonly #groups: BallotGroups
  readonly #record: CountRecord
  readonly #weightUnit: Fraction
  readonly #hopeful: Set<OptionIndex>
  readonly #quotients: Fraction[]
  /** In order; they are elected if nobody is excluded after them. */
  #chosen: OptionIndex[] = []
  #papers: RankedPapers
  #piles: Contribution[][] = []
  #inactive: Contribution[] = []
  #uncountable = 0

  constructor(input: TabulationInput<QpqRules>, groups: BallotGroups) {
    this.#input = input
    this.#groups = groups
    this.#record = new CountRecord('stv-qpq', input, input.rules.places)
    this.#weightUnit = fraction(1n, 10n ** BigInt(groups.weightPlaces))
    this.#hopeful = new Set(this.#record.continuing())
    this.#quotients = input.options.map(() => zero)
    this.#papers = new RankedPapers(groups, input.rules, input.trace)
  }

  count(): Tabulation {
    let action: RoundAction = { kind: 'count' }
    let tie: Tie | undefined
    this.#start()
    for (;;) {
      const stage = this.#stage()
      const left = this.#input.seats - this.#chosen.length
      if (left <= 0 || this.#hopeful.size <= left) {
        const elected = [...this.#chosen, ...(left <= 0 ? [] : this.#byQuotient())]
        this.#record.elect(elected)
        this.#finishRound(stage, action, tie, elected)
        return this.#finish()
      }
      this.#finishRound(stage, action, tie, [])
      const best = this.#extreme('largest')
      const chooses = compareFractions(this.#quotients[best[0]!]!, stage.quota) > 0
      const among = chooses ? best : this.#extreme('smallest')
      const choice = this.#record.chooseAmong(among, chooses ? 'elect' : 'exclude', 1)
      if (choice.kind === 'tied') return this.#finish(choice.question)
      const option = choice.options[0]!
      tie = choice.tie
      if (chooses) this.#choose(option)
      else this.#exclude(option)
      action = chooses ? { kind: 'choose', option } : { kind: 'exclude', options: [option] }
    }
  }

  /** Nobody is chosen, and no paper has elected anybody. */
  #start(): void {
    for (const option of this.#chosen) this.#hopeful.add(option)
    this.#chosen = []
    this.#papers = new RankedPapers(this.#groups, this.#input.rules, this.#input.trace)
    this.#piles = this.#input.options.map(() => [])
    this.#inactive = []
    const all = this.#papers.all()
    this.#deal({ elected: zero, pile: all })
    if (this.#record.round === 1) {
      this.#uncountable = this.#inactive.reduce((sum, { pile }) => sum + pile.weight, 0)
    }
  }

  /** Deals papers to the hopeful that each has topmost. */
  #deal({ elected, pile }: Contribution): void {
    const continuing = new Uint8Array(this.#input.options.length)
    for (const option of this.#hopeful) continuing[option] = 1
    const sorted = this.#papers.sort(pile, continuing)
    for (const [option, papers] of sorted.piles) this.#piles[option]!.push({ elected, pile: papers })
    this.#inactive.push({ elected, pile: sorted.exhausted })
  }

  #choose(option: OptionIndex): void {
    this.#hopeful.delete(option)
    this.#chosen.push(option)
    const elected = over(one, this.#quotients[option]!)
    const contributions = this.#piles[option]!
    this.#piles[option] = []
    for (const { pile } of contributions) this.#deal({ elected, pile })
  }

  /** Counts from the start without the excluded, unless as many are left as seats. */
  #exclude(option: OptionIndex): void {
    this.#hopeful.delete(option)
    this.#record.exclude([option])
    if (this.#hopeful.size + this.#chosen.length > this.#input.seats) {
      this.#start()
      return
    }
    const contributions = this.#piles[option]!
    this.#piles[option] = []
    for (const contribution of contributions) this.#deal(contribution)
  }

  #stage(): Stage {
    for (const option of this.#hopeful) {
      const { votes, elected } = this.#sum(this.#piles[option]!)
      this.#quotients[option] = over(votes, plus(one, elected))
    }
    const active = this.#sum([...this.#hopeful].flatMap((option) => this.#piles[option]!)).votes
    const byInactive = this.#sum(this.#inactive).elected
    // Papers elect less than one option more than there are seats, so that there is always something left to divide by.
    const quota = over(active, minus(fraction(this.#input.seats + 1), byInactive))
    return { quotients: [...this.#quotients], quota }
  }

  #sum(contributions: readonly Contribution[]): { readonly votes: Fraction; readonly elected: Fraction } {
    return contributions.reduce(
      (sum, { elected, pile }) => {
        const votes = times(fraction(pile.weight), this.#weightUnit)
        return { votes: plus(sum.votes, votes), elected: plus(sum.elected, times(votes, elected)) }
      },
      { votes: zero, elected: zero },
    )
  }

  #byQuotient(): OptionIndex[] {
    return [...this.#hopeful].sort(
      (a, b) => compareFractions(this.#quotients[b]!, this.#quotients[a]!) || a - b,
    )
  }

  /** The hopeful with the largest or the smallest quotient, ascending. */
  #extreme(which: 'largest' | 'smallest'): OptionIndex[] {
    const first = this.#byQuotient().at(which === 'largest' ? 0 : -1)!
    const isAlike = (option: OptionIndex) =>
      compareFractions(this.#quotients[option]!, this.#quotients[first]!) === 0
    return [...this.#hopeful].filter(isAlike).sort((a, b) => a - b)
  }

  #finishRound(
    stage: Stage,
    action: RoundAction,
    tie: Tie | undefined,
    elected: readonly OptionIndex[],
  ): void {
    const scale = 10n ** BigInt(this.#input.rules.places)
    const cut = ({ top, bottom }: Fraction) => (top * scale) / bottom
    const standing = new Set([...this.#hopeful, ...this.#chosen])
    this.#record.finishRound({
      action,
      votes: stage.quotients.map((quotient, option) => (standing.has(option) ? cut(quotient) : 0n)),
      exhausted: cut(minus(this.#sum(this.#inactive).votes, this.#uncountableVotes())),
      loss: 0n,
      quota: cut(stage.quota),
      elected,
      transfers: [],
      // A ballot counts as one for its topmost hopeful option, whatever it has elected.
      ...this.#papers.whereabouts(),
      sentence: this.#sentence(action, tie, elected),
    })
  }

  #uncountableVotes(): Fraction {
    return times(fraction(this.#uncountable), this.#weightUnit)
  }

  #sentence(action: RoundAction, tie: Tie | undefined, elected: readonly OptionIndex[]): string {
    const names = this.#input.options
    const restarts = this.#chosen.length === 0
    const began = {
      choose: () =>
        `${names[(action as { option: OptionIndex }).option]} has the largest quotient, above the quota, and is chosen.`,
      exclude: () =>
        `No quotient is above the quota: ${names[(action as { options: readonly OptionIndex[] }).options[0]!]} has the smallest and is excluded${restarts ? ', and the count starts again without' : ''}.`,
    }
    const what =
      action.kind === 'choose' || action.kind === 'exclude'
        ? began[action.kind]()
        : 'Each ballot counts for its first preference.'
    return [
      ...(tie ? [settledTieSentence(tie, names)] : []),
      what,
      electedSentence(elected, names) ?? 'Nobody is elected yet.',
    ].join(' ')
  }

  #finish(open?: TieQuestion): Tabulation {
    const { places } = this.#input.rules
    const scale = 10n ** BigInt(places)
    const { top, bottom } = minus(this.#sum(this.#inactive).votes, this.#uncountableVotes())
    const statistics = rankedStatistics(this.#groups, {
      uncountable: this.#uncountable,
      exhausted: (top * scale) / bottom,
      places: places - this.#groups.weightPlaces,
      sharedRanks: 'overvotes',
    })
    return this.#record.finish(statistics, open)
  }
}
