import { formatDecimal } from './decimal.ts'
import type { OptionIndex } from './option-index.ts'
import { openTieSentence } from './sentences.ts'
import type { OptionStatus, Round, Statistics, Tabulation, TabulationInput } from './tabulation.ts'
import { type PseudoRandomNumbers, type RoundVotes, settleTie } from './tie-breaking.ts'
import type { Tie, TieEnd, TieQuestion, TieRule } from './ties.ts'

/** A round with its votes as numbers, in the unit of the count. */
export interface CountedRound
  extends Pick<Round, 'action' | 'elected' | 'transfers' | 'traced' | 'sentence'> {
  readonly votes: RoundVotes
  readonly exhausted: bigint
  readonly loss: bigint
  readonly quota: bigint
  readonly surplus?: bigint
}

/** One option or more chosen by their votes, or the tie that stands in the way. */
export type Choice =
  | { readonly kind: 'chosen'; readonly option: OptionIndex; readonly tie?: Tie }
  | { readonly kind: 'tied'; readonly question: TieQuestion }

/** As many options chosen as were asked for, or the tie that stands in the way. */
export type ChoiceOfSeveral =
  | { readonly kind: 'chosen'; readonly options: readonly OptionIndex[]; readonly tie?: Tie }
  | { readonly kind: 'tied'; readonly question: TieQuestion }

/** What a count in rounds writes down as it goes: rounds, ties, and what became of each option. */
export class CountRecord {
  readonly #method: string
  readonly #input: TabulationInput<{ readonly ties: readonly TieRule[] }>
  readonly #places: number
  readonly #rounds: Round[] = []
  readonly #history: RoundVotes[] = []
  readonly #ties: Tie[] = []
  readonly #statuses: (OptionStatus | undefined)[]
  readonly #winners: { option: OptionIndex; round: number }[] = []
  readonly #pseudoRandom: PseudoRandomNumbers | undefined

  /**
   * @param places votes are in units of 10^-places
   * @param pseudoRandom for the tie rule of that name
   */
  constructor(
    method: string,
    input: TabulationInput<{ readonly ties: readonly TieRule[] }>,
    places: number,
    pseudoRandom?: PseudoRandomNumbers,
  ) {
    this.#pseudoRandom = pseudoRandom
    this.#method = method
    this.#input = input
    this.#places = places
    this.#statuses = input.options.map((_, option) =>
      input.withdrawn?.includes(option) ? { kind: 'withdrawn' } : undefined,
    )
  }

  /** The round that is being counted, from 1. */
  get round(): number {
    return this.#rounds.length + 1
  }

  /** Options that are neither elected, excluded nor withdrawn. */
  continuing(): OptionIndex[] {
    return [...this.#statuses.keys()].filter((option) => this.#statuses[option] === undefined)
  }

  /** Elects in the present round, in this order. */
  elect(options: readonly OptionIndex[]): void {
    for (const option of options) {
      this.#statuses[option] = { kind: 'elected', round: this.round }
      this.#winners.push({ option, round: this.round })
    }
  }

  electedCount(): number {
    return this.#winners.length
  }

  isElected(option: OptionIndex): boolean {
    return this.#statuses[option]?.kind === 'elected'
  }

  /** Excludes in the present round. */
  exclude(options: readonly OptionIndex[]): void {
    for (const option of options) this.#statuses[option] = { kind: 'excluded', round: this.round }
  }

  /**
   * Chooses the one with most votes, or with fewest where the chosen is excluded, to begin the present round.
   * Ties are settled by the rules' chain, looking at the earlier rounds.
   */
  choose(among: readonly OptionIndex[], to: TieEnd): Choice {
    const votes = this.#history.at(-1)!
    const isBetter = (a: bigint, b: bigint) => (to === 'exclude' ? a < b : a > b)
    const best = among.map((option) => votes[option]!).reduce((x, y) => (isBetter(y, x) ? y : x))
    const tied = among.filter((option) => votes[option] === best)
    const choice = this.chooseAmong(tied, to, 1)
    if (choice.kind === 'tied') return choice
    const { options, ...decided } = choice
    return { ...decided, option: options[0]! }
  }

  /** Chooses some of those whom the rules hold for tied, ascending; all of them without a question. */
  chooseAmong(tied: readonly OptionIndex[], to: TieEnd, choose: number): ChoiceOfSeveral {
    if (tied.length === choose) return { kind: 'chosen', options: tied }
    const { tie, open } = settleTie({
      question: { method: this.#method, round: this.round, to, among: tied, choose },
      chain: this.#input.rules.ties,
      breaks: this.#input.tieBreaks,
      history: this.#history.slice(0, -1),
      ...(this.#pseudoRandom && { pseudoRandom: this.#pseudoRandom }),
    })
    this.#ties.push(tie)
    return open ? { kind: 'tied', question: open } : { kind: 'chosen', options: tie.chosen!, tie }
  }

  /** Writes the present round down and begins the next. */
  finishRound({ votes, exhausted, loss, quota, surplus, ...round }: CountedRound): void {
    const decimal = (units: bigint) => formatDecimal(units, this.#places)
    this.#rounds.push({
      number: this.round,
      ...round,
      votes: votes.map(decimal),
      exhausted: decimal(exhausted),
      loss: decimal(loss),
      quota: decimal(quota),
      ...(surplus !== undefined && { surplus: decimal(surplus) }),
    })
    this.#history.push(votes)
  }

  /** @param open the tie at which the count stops */
  finish(statistics: Statistics, open?: TieQuestion): Tabulation {
    const { options, seats } = this.#input
    const left: OptionStatus = open ? { kind: 'open' } : { kind: 'not elected' }
    const rounds = open ? this.#rounds.map((round) => this.#withOpenTie(round, open)) : this.#rounds
    return {
      method: this.#method,
      options,
      seats,
      outcome: open ? { kind: 'tied', tie: open } : { kind: 'decided' },
      winners: this.#winners,
      statuses: this.#statuses.map((status) => status ?? left),
      rounds,
      ties: this.#ties,
      statistics,
    }
  }

  /** The last round says that the count stops after it. */
  #withOpenTie(round: Round, open: TieQuestion): Round {
    if (round.number !== open.round - 1) return round
    return { ...round, sentence: `${round.sentence} ${openTieSentence(open, this.#input.options)}` }
  }
}
