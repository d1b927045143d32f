import type { OptionIndex } from './option-index.ts'
import { outcomeOf } from './outcome.ts'
import { openTieSentence } from './sentences.ts'
import type { OptionStatus, Round, Statistics, Tabulation, TabulationInput } from './tabulation.ts'
import { settleTie, type TieComparison } from './tie-breaking.ts'
import type { Tie, TieEnd, TieQuestion, TieRule } from './ties.ts'

type Input = TabulationInput<{ readonly ties: readonly TieRule[] }>

/** What a method in which no votes move from option to option says of a round. */
interface SeatRound extends Pick<Round, 'action' | 'votes' | 'elected' | 'sentence' | 'quota' | 'traced'> {
  /** Ballots that count for none of the options compared; none unless given. */
  readonly exhausted?: Round['exhausted']
}

/** The chosen, or the question that is left open. */
export type Settled =
  | { readonly kind: 'chosen'; readonly chosen: readonly OptionIndex[]; readonly tie?: Tie }
  | { readonly kind: 'tied'; readonly question: TieQuestion }

/** What a count writes down that fills the seats one after the other, or several at once, from whole ballots. */
export class SeatRecord {
  readonly #method: string
  readonly #input: Input
  readonly #rounds: Round[] = []
  readonly #ties: Tie[] = []
  readonly #statuses: (OptionStatus | undefined)[]
  readonly #winners: { option: OptionIndex; round: number }[] = []

  constructor(method: string, input: Input) {
    this.#method = method
    this.#input = input
    this.#statuses = input.options.map((_, option) =>
      input.withdrawn?.includes(option) ? { kind: 'withdrawn' } : undefined,
    )
  }

  /** The round that is being counted, from 1. */
  get round(): number {
    return this.#rounds.length + 1
  }

  get ties(): readonly Tie[] {
    return this.#ties
  }

  /** Options that are neither elected, excluded nor withdrawn. */
  continuing(): OptionIndex[] {
    return [...this.#statuses.keys()].filter((option) => this.#statuses[option] === undefined)
  }

  vacant(): number {
    return this.#input.seats - this.#winners.length
  }

  /**
   * The `places` best of some options by their figures, settled by the comparisons and then by the chain of
   * the rules where figures are equal at the last place. The best first; equals in the order of the ballot.
   * @param figures by position of the option; the higher is chosen, or the lower where the chosen are excluded
   */
  choose(choosing: {
    readonly among: readonly OptionIndex[]
    readonly figures: readonly bigint[]
    readonly places: number
    readonly to: TieEnd
    readonly comparisons?: readonly TieComparison[]
  }): Settled {
    const { among, figures, places, to, comparisons = [] } = choosing
    const sign = to === 'exclude' ? -1n : 1n
    const rate = (option: OptionIndex) => sign * figures[option]!
    const best = [...among].sort((a, b) => (rate(a) === rate(b) ? a - b : rate(a) > rate(b) ? -1 : 1))
    if (best.length <= places) return { kind: 'chosen', chosen: best }
    const last = rate(best[places - 1]!)
    if (rate(best[places]!) !== last) return { kind: 'chosen', chosen: best.slice(0, places) }
    const above = best.filter((option) => rate(option) > last)
    const tied = best.filter((option) => rate(option) === last)
    const settled = this.settle({ to, among: tied, choose: places - above.length, comparisons })
    return settled.kind === 'tied' ? settled : { ...settled, chosen: [...above, ...settled.chosen] }
  }

  /** Settles a tie that the present round meets. */
  settle(tied: {
    readonly to: TieEnd
    readonly among: readonly OptionIndex[]
    readonly choose: number
    readonly comparisons?: readonly TieComparison[]
  }): Settled {
    const { to, among, choose, comparisons = [] } = tied
    const { tie, open } = settleTie({
      question: { method: this.#method, round: this.round, to, among, choose },
      comparisons,
      chain: this.#input.rules.ties,
      breaks: this.#input.tieBreaks,
      history: [],
    })
    this.#ties.push(tie)
    return open ? { kind: 'tied', question: open } : { kind: 'chosen', chosen: tie.chosen!, tie }
  }

  /** Excludes in the present round. */
  exclude(options: readonly OptionIndex[]): void {
    for (const option of options) this.#statuses[option] = { kind: 'excluded', round: this.round }
  }

  /** Writes the present round down, with those it elects, and begins the next. */
  finishRound({ exhausted = '0', ...round }: SeatRound): void {
    for (const option of round.elected) {
      this.#statuses[option] = { kind: 'elected', round: this.round }
      this.#winners.push({ option, round: this.round })
    }
    this.#rounds.push({ number: this.round, ...round, exhausted, loss: '0', transfers: [] })
  }

  /**
   * @param rest with `open`, the tie at which the count stops, and `stillOpen`, the options that it can still
   *   elect: unless given, the tied where the tie is for all seats left, and else all that are left
   */
  finish(
    statistics: Statistics,
    rest: Pick<Tabulation, 'ranking' | 'workings' | 'committees'> & {
      readonly open?: TieQuestion | undefined
      readonly stillOpen?: readonly OptionIndex[] | undefined
    },
  ): Tabulation {
    const { options, seats } = this.#input
    const { open, stillOpen = this.#stillOpen(open), ...tables } = rest
    const left = (option: OptionIndex): OptionStatus =>
      stillOpen.includes(option) ? { kind: 'open' } : { kind: 'not elected' }
    return {
      method: this.#method,
      options,
      seats,
      outcome: outcomeOf(open),
      winners: this.#winners,
      statuses: this.#statuses.map((status, option) => status ?? left(option)),
      rounds: this.#rounds.map((round, position) =>
        open && position === this.#rounds.length - 1
          ? { ...round, sentence: `${round.sentence} ${openTieSentence(open, options)}` }
          : round,
      ),
      ties: this.#ties,
      statistics,
      ...tables,
    }
  }

  #stillOpen(open: TieQuestion | undefined): readonly OptionIndex[] {
    if (!open) return []
    const left = this.continuing()
    return open.to === 'elect' && open.choose === Math.min(this.vacant(), left.length) ? open.among : left
  }
}
