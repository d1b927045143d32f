import type { BallotGroups } from '../ballot-groups.ts'
import { CountRecord } from '../count-record.ts'
import { formatDecimal } from '../decimal.ts'
import type { IrregularRankings } from '../irregular-rankings.ts'
import type { OptionIndex } from '../option-index.ts'
import { emptyPile, joinPiles, type Pile } from '../pile.ts'
import { RankedPapers } from '../ranked-papers.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import { electedSentence, nameList, settledTieSentence } from '../sentences.ts'
import type { Tabulation, TabulationInput, Transfer } from '../tabulation.ts'
import type { RoundVotes } from '../tie-breaking.ts'
import type { Tie, TieQuestion, TieRule } from '../ties.ts'
import { pileTransfer } from '../whole-transfers.ts'

interface ExclusionRules extends IrregularRankings {
  readonly ties: readonly TieRule[]
}

/** The state of a count after a round. */
export interface ExclusionState {
  readonly record: CountRecord
  /** First preferences among those that continue. */
  readonly votes: RoundVotes
  readonly continuing: readonly OptionIndex[]
}

/** Who is elected now, and why, for people; the count ends where nobody is. */
export interface Election {
  readonly options: readonly OptionIndex[]
  readonly because: string
}

/** Who goes next, and why, for people; or the tie that stands in the way. */
export type NextExclusion =
  | { readonly options: readonly OptionIndex[]; readonly because: string; readonly tie?: Tie }
  | { readonly open: TieQuestion }

/** What tells methods apart that exclude options until somebody is elected. */
interface ExclusionSteps {
  /** Asked after every round; `undefined` as long as it goes on. */
  readonly elect: (state: ExclusionState) => Election | undefined
  readonly exclude: (state: ExclusionState) => NextExclusion
}

/**
 * Counts the first preferences, excludes options and passes their ballots on until somebody is elected; if seats
 * are then vacant, begins again without the elected.
 */
export function countByExclusion(
  method: string,
  input: TabulationInput<ExclusionRules>,
  steps: ExclusionSteps,
): Tabulation {
  const count = new ExclusionCount(method, input)
  const filled = Math.min(input.seats, count.record.continuing().length)
  for (;;) {
    const electedBefore = count.record.electedCount()
    const open = count.untilElection(steps)
    const electedNow = count.record.electedCount()
    if (open || electedNow === electedBefore || electedNow >= filled) return count.finish(open)
    count.record.beginAgain()
  }
}

class ExclusionCount {
  readonly record: CountRecord
  readonly #input: TabulationInput<ExclusionRules>
  readonly #groups: BallotGroups
  /** Without the weights of ballots that the first round found invalid: they stay so when a count begins again. */
  #countable: BallotGroups
  #papers: RankedPapers
  #piles: Pile[] = []
  #continues = new Uint8Array()
  #exhausted = 0
  /** Weight of the ballots with no preference that counts, known from the first round on. */
  #uncountable: number | undefined

  constructor(method: string, input: TabulationInput<ExclusionRules>) {
    this.#input = input
    this.#groups = input.ballots as BallotGroups
    this.#countable = this.#groups
    this.record = new CountRecord(method, input, this.#groups.weightPlaces)
    this.#papers = new RankedPapers(this.#groups, input.rules, input.trace)
  }

  /** Counts from the beginning to an election. @returns the tie that ends the count, if there is one */
  untilElection(steps: ExclusionSteps): TieQuestion | undefined {
    this.#begin()
    let transfers: Transfer[] = []
    for (let begun: Exclude<NextExclusion, { open: TieQuestion }> | undefined; ; ) {
      const state: ExclusionState = {
        record: this.record,
        votes: this.#piles.map((pile) => BigInt(pile.weight)),
        continuing: this.record.continuing(),
      }
      const election = steps.elect(state)
      this.record.elect(election?.options ?? [])
      this.#finishRound(state, transfers, begun, election)
      if (election) return undefined
      const next = steps.exclude(state)
      if ('open' in next) return next.open
      begun = next
      this.record.exclude(begun.options)
      transfers = this.#exclude(begun.options)
    }
  }

  finish(open: TieQuestion | undefined): Tabulation {
    const statistics = rankedStatistics(this.#groups, {
      uncountable: this.#uncountable ?? 0,
      exhausted: BigInt(this.#exhausted),
      places: 0,
      sharedRanks: 'overvotes',
    })
    return this.record.finish(statistics, open)
  }

  #begin(): void {
    const { options, rules, trace } = this.#input
    this.#papers = new RankedPapers(this.#countable, rules, trace)
    this.#piles = options.map(emptyPile)
    this.#continues = new Uint8Array(options.length)
    for (const option of this.record.continuing()) this.#continues[option] = 1
    const { exhausted } = this.#move(this.#papers.all())
    this.#exhausted = exhausted.weight
    if (this.#uncountable !== undefined) return
    this.#exhausted = 0
    this.#uncountable = exhausted.weight
    if (exhausted.weight > 0) {
      const weights = this.#groups.weights.slice()
      for (const paper of this.#papers.papersIn(exhausted)) weights[paper] = 0
      this.#countable = { ...this.#groups, weights }
    }
  }

  #move(pile: Pile) {
    const sorted = this.#papers.sort(pile, this.#continues)
    for (const [option, received] of sorted.piles) joinPiles(this.#piles[option]!, received)
    return sorted
  }

  #exclude(options: readonly OptionIndex[]): Transfer[] {
    const decimal = (weight: number) => formatDecimal(weight, this.#groups.weightPlaces)
    for (const option of options) this.#continues[option] = 0
    return options.map((from) => {
      const pile = this.#piles[from]!
      this.#piles[from] = emptyPile()
      const sorted = this.#move(pile)
      this.#exhausted += sorted.exhausted.weight
      return pileTransfer(from, sorted, decimal)
    })
  }

  #finishRound(
    { votes }: ExclusionState,
    transfers: readonly Transfer[],
    begun: Exclude<NextExclusion, { open: TieQuestion }> | undefined,
    election: Election | undefined,
  ): void {
    const { options } = this.#input
    const active = votes.reduce((sum, number) => sum + number, 0n)
    this.record.finishRound({
      action: begun ? { kind: 'exclude', options: begun.options } : { kind: 'count' },
      votes,
      exhausted: BigInt(this.#exhausted),
      loss: 0n,
      quota: active / 2n + 1n,
      elected: election?.options ?? [],
      transfers,
      ...this.#papers.whereabouts(),
      sentence: [
        ...(begun?.tie ? [settledTieSentence(begun.tie, options)] : []),
        begun ? exclusionSentence(begun, options) : 'The first preferences are counted.',
        ...(election ? [election.because] : []),
        electedSentence(election?.options ?? [], options) ??
          (election ? 'Nobody is elected.' : 'Nobody is elected yet.'),
      ].join(' '),
    })
  }
}

function exclusionSentence(
  { options, because }: { readonly options: readonly OptionIndex[]; readonly because: string },
  names: readonly string[],
): string {
  const excluded = nameList(options.map((option) => names[option]!))
  return `${because} ${excluded} ${options.length === 1 ? 'is' : 'are'} excluded, and the votes go to the next preferences.`
}

/** The one with fewest first preferences. */
export function excludeLowest({ record, continuing }: ExclusionState): NextExclusion {
  const choice = record.choose(continuing, 'exclude')
  if (choice.kind === 'tied') return { open: choice.question }
  return {
    options: [choice.option],
    because: 'With the fewest first preferences',
    ...(choice.tie && { tie: choice.tie }),
  }
}
