import { type Decimal, formatDecimal } from './decimal.ts'
import { mostVotes } from './most-votes.ts'
import type { OptionIndex } from './option-index.ts'
import { outcomeOf } from './outcome.ts'
import { openTieSentence } from './sentences.ts'
import type { OptionStatus, Round, Statistics, Tabulation, TabulationInput } from './tabulation.ts'
import { type PseudoRandomNumbers, type RoundVotes, settleTie } from './tie-breaking.ts'
import type { Tie, TieEnd, TieQuestion, TieRule } from './ties.ts'

/** A round with its votes as numbers, in the unit of the count. */
interface CountedRound
  extends Pick<Round, 'action' | 'elected' | 'inactive' | 'transfers' | 'traced' | 'sentence'> {
  readonly votes: RoundVotes
  readonly exhausted: bigint
  readonly loss: bigint
  readonly quota?: bigint
  readonly surplus?: bigint
}

/** One option or more chosen by their votes, or the tie that stands in the way. */
type Choice =
  | { readonly kind: 'chosen'; readonly option: OptionIndex; readonly tie?: Tie }
  | { readonly kind: 'tied'; readonly question: TieQuestion }

/** As many options chosen as were asked for, or the tie that stands in the way. */
type ChoiceOfSeveral =
  | { readonly kind: 'chosen'; readonly options: readonly OptionIndex[]; readonly tie?: Tie }
  | { readonly kind: 'tied'; readonly question: TieQuestion }

/** What a count in rounds writes down as it goes: rounds, ties, and what became of each option. */
export class CountRecord {
  readonly #method: string
  readonly #input: TabulationInput<{ readonly ties: readonly TieRule[] }>
  readonly #decimal: (votes: bigint) => Decimal
  readonly #rounds: Round[] = []
  readonly #history: RoundVotes[] = []
  readonly #ties: Tie[] = []
  readonly #statuses: (OptionStatus | undefined)[]
  readonly #winners: { option: OptionIndex; round: number }[] = []
  readonly #pseudoRandom: PseudoRandomNumbers | undefined

  /**
   * @param unit votes are in units of 10^-unit, or written by it
   * @param pseudoRandom for the tie rule of that name
   */
  constructor(
    method: string,
    input: TabulationInput<{ readonly ties: readonly TieRule[] }>,
    unit: number | ((votes: bigint) => Decimal),
    pseudoRandom?: PseudoRandomNumbers,
  ) {
    this.#pseudoRandom = pseudoRandom
    this.#method = method
    this.#input = input
    this.#decimal = typeof unit === 'number' ? (votes) => formatDecimal(votes, unit) : unit
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

  /** The round that elected an option; `undefined` as long as none has. */
  roundOfElection(option: OptionIndex): number | undefined {
    const status = this.#statuses[option]
    return status?.kind === 'elected' ? status.round : undefined
  }

  electedCount(): number {
    return this.#winners.length
  }

  isElected(option: OptionIndex): boolean {
    return this.#statuses[option]?.kind === 'elected'
  }

  /** Excluded options continue again, for a count that begins anew to fill the next seat. */
  beginAgain(): void {
    for (const [option, status] of this.#statuses.entries()) {
      if (status?.kind === 'excluded') this.#statuses[option] = undefined
    }
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
    return this.#chooseBy(this.#input.rules.ties, tied, to, choose)
  }

  /** Elects one of those who are tied by the rules of the chain that don't look at earlier votes. */
  castingVote(tied: readonly OptionIndex[]): ChoiceOfSeveral {
    const chain = this.#input.rules.ties.filter((rule) => rule !== 'forwards' && rule !== 'backwards')
    return this.#chooseBy(chain, tied, 'elect', 1)
  }

  #chooseBy(
    chain: readonly TieRule[],
    tied: readonly OptionIndex[],
    to: TieEnd,
    choose: number,
  ): ChoiceOfSeveral {
    if (tied.length === choose) return { kind: 'chosen', options: tied }
    const { tie, open } = settleTie({
      question: { method: this.#method, round: this.round, to, among: tied, choose },
      chain,
      breaks: this.#input.tieBreaks,
      history: this.#history.slice(0, -1),
      ...(this.#pseudoRandom && { pseudoRandom: this.#pseudoRandom }),
    })
    this.#ties.push(tie)
    return open ? { kind: 'tied', question: open } : { kind: 'chosen', options: tie.chosen!, tie }
  }

  /** Chooses one of those that something else than their votes leaves equal, by all rounds so far. */
  chooseEqual(equals: readonly OptionIndex[], to: TieEnd): Choice {
    if (equals.length === 1) return { kind: 'chosen', option: equals[0]! }
    const { tie, open } = settleTie({
      question: { method: this.#method, round: this.round, to, among: equals, choose: 1 },
      chain: this.#input.rules.ties,
      breaks: this.#input.tieBreaks,
      history: this.#history,
    })
    this.#ties.push(tie)
    return open ? { kind: 'tied', question: open } : { kind: 'chosen', option: tie.chosen![0]!, tie }
  }

  /**
   * Chooses those with most votes for the last places, to be elected in the present round or to begin it.
   * @param votes those of the present round, or of the one before where they begin it
   */
  chooseMost(
    among: readonly OptionIndex[],
    votes: RoundVotes,
    places: number,
    to: TieEnd = 'elect',
  ): { readonly chosen: readonly OptionIndex[]; readonly tie?: Tie; readonly open?: TieQuestion } {
    const { chosen, ties, open } = mostVotes({
      votes,
      among,
      places,
      method: this.#method,
      round: this.round,
      to,
      chain: this.#input.rules.ties,
      breaks: this.#input.tieBreaks,
      history: this.#history,
    })
    this.#ties.push(...ties)
    return { chosen, ...(ties[0] && { tie: ties[0] }), ...(open && { open }) }
  }

  /**
   * Chooses so many of those who tie for election in the present round, by their votes in earlier rounds
   * alone; nobody where the rules' chain doesn't look at these, or they don't tell.
   */
  electTied(among: readonly OptionIndex[], choose: number): readonly OptionIndex[] {
    const { tie } = settleTie({
      question: { method: this.#method, round: this.round, to: 'elect', among, choose },
      chain: this.#input.rules.ties.filter((rule) => rule === 'forwards' || rule === 'backwards'),
      breaks: this.#input.tieBreaks,
      history: this.#history,
    })
    if (tie.chosen === undefined) return []
    this.#ties.push(tie)
    return tie.chosen
  }

  /** Writes the present round down and begins the next. */
  finishRound({ votes, exhausted, loss, quota, surplus, ...round }: CountedRound): void {
    const decimal = this.#decimal
    this.#rounds.push({
      number: this.round,
      ...round,
      votes: votes.map(decimal),
      exhausted: decimal(exhausted),
      loss: decimal(loss),
      ...(quota !== undefined && { quota: decimal(quota) }),
      ...(surplus !== undefined && { surplus: decimal(surplus) }),
    })
    this.#history.push(votes)
  }

  /** @param open the tie at which the count stops */
  finish(statistics: Statistics, open?: TieQuestion): Tabulation {
    const { options, seats } = this.#input
    const left: OptionStatus = open ? { kind: 'open' } : { kind: 'not elected' }
    const rounds = open
      ? this.#rounds.map((round) => (round === this.#rounds.at(-1) ? this.#withOpenTie(round, open) : round))
      : this.#rounds
    return {
      method: this.#method,
      options,
      seats,
      outcome: outcomeOf(open),
      winners: this.#winners,
      statuses: this.#statuses.map((status) => status ?? left),
      rounds,
      ties: this.#ties,
      statistics,
    }
  }

  /** The last round says that the count stops after it. */
  #withOpenTie(round: Round, open: TieQuestion): Round {
    return { ...round, sentence: `${round.sentence} ${openTieSentence(open, this.#input.options)}` }
  }
}
