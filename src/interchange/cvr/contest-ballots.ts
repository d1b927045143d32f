import { type BallotGrouping, type BallotOrder, groupingOf } from '../../tabulation/ballot-grouping.ts'
import { type BallotGroups, maxOptions, sharesRank, skippedRank } from '../../tabulation/ballot-groups.ts'
import { formatDecimal } from '../../tabulation/decimal.ts'
import { SoughtBallot, type SoughtBy } from './sought-ballot.ts'

/** Stands for all write-ins of which the file doesn't say whom they name. */
export const writeIn = 'Write-in'

/** Stands for several options at one rank of which the file doesn't say which. */
export const unknownOvervote = '\u0000overvote'

/** The highest rank that a mark may have. */
export const highestRank = 1000

/**
 * The ballots of one contest, of files that name the options after the ballots or not at all: options are
 * numbered as they come, and put in their order when all is read.
 */
export class ContestBallots {
  readonly #grouping: BallotGrouping
  readonly #numbers = new Map<string, number>()
  #isRanked = false
  readonly #sought = new SoughtBallot()
  /** The marks of the ballot that is being read, in the order of rank and option. */
  readonly #marks: number[] = []
  readonly #entries: number[] = []

  constructor(order: BallotOrder) {
    this.#grouping = groupingOf('rankings', maxOptions, order)
  }

  /** How the file identifies the options that are on ballots, in the order in which they came. */
  keys(): readonly string[] {
    return [...this.#numbers.keys()].filter((key) => key !== unknownOvervote)
  }

  /**
   * A mark on the present ballot.
   * @param key the option as the file identifies it
   * @param rank from 1 to `highestRank`; `undefined` where the contest isn't ranked
   * @throws TabulationRefusal `ballot-malformed` if there are too many options
   */
  mark(key: string, rank: number | undefined): void {
    this.#isRanked ||= rank !== undefined
    const option = this.#numberOf(key)
    // One number that orders by rank, then option.
    const mark = (rank ?? 1) * (maxOptions + 1) + option
    const marks = this.#marks
    let at = marks.length
    while (at > 0 && marks[at - 1]! > mark) at--
    if (at === marks.length && marks[at - 1] !== mark) marks.push(mark)
    else if (marks[at - 1] !== mark) marks.splice(at, 0, mark)
  }

  /**
   * Ends the present ballot; without marks it is blank.
   * @param ballot.sought by what name somebody looks for this ballot
   * @throws TabulationRefusal `weight-invalid` or `weight-too-large`
   */
  endBallot(ballot: { readonly sought: SoughtBy; readonly weight?: number | string }): void {
    const entries = this.#entries
    entries.length = 0
    let lastRank = 0
    for (const mark of this.#marks) {
      const option = mark % (maxOptions + 1)
      const rank = (mark - option) / (maxOptions + 1)
      for (let skipped = lastRank + 1; skipped < rank; skipped++) entries.push(skippedRank)
      entries.push(rank === lastRank ? option | sharesRank : option)
      lastRank = rank
    }
    this.#marks.length = 0
    this.#sought.saw(this.#grouping.add(entries, ballot.weight ?? 1), ballot.sought)
  }

  /** Sets the present ballot aside. */
  endInvalidBallot(): void {
    this.#marks.length = 0
    this.#grouping.addInvalid()
  }

  /**
   * All that were read.
   * @param positions of the options that the keys stand for; those of several keys can be one
   * @throws TabulationRefusal `options-out-of-range`
   */
  finish(
    positions: ReadonlyMap<string, number>,
    optionCount: number,
  ): { ballots: BallotGroups; found?: number } {
    const numbered = this.#grouping.finish()
    const positionOf = [...this.#numbers.keys()].map((key) => positions.get(key))
    const grouping = groupingOf(this.#isRanked ? 'rankings' : 'selections', optionCount)
    const became = new Uint32Array(numbered.count)
    const entries: number[] = []
    for (let group = 0; group < numbered.count; group++) {
      entries.length = 0
      for (const entry of numbered.entries.subarray(numbered.starts[group], numbered.starts[group + 1])) {
        const shares = this.#isRanked && entry >= sharesRank ? sharesRank : 0
        const position = entry === skippedRank ? skippedRank : positionOf[entry & ~sharesRank]
        if (position === undefined) entries.push(...everyOption(optionCount, shares))
        else entries.push(position === skippedRank ? position : position | shares)
      }
      const weight = formatDecimal(numbered.weights[group]!, numbered.weightPlaces)
      became[group] = grouping.add(entries, weight)
    }
    grouping.addInvalid(formatDecimal(numbered.invalid, numbered.weightPlaces))
    const { sequence } = numbered
    const found = this.#sought.group
    return {
      ballots: {
        ...grouping.finish(),
        ...(sequence && { sequence: sequence.map((group) => became[group]!) }),
      },
      ...(found !== undefined && { found: became[found]! }),
    }
  }

  #numberOf(key: string): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#numbers.size)
    return this.#numbers.size - 1
  }
}

/** The entries of a rank that holds all options: what is overvoted is not known. */
function everyOption(optionCount: number, shares: number): number[] {
  if (optionCount === 1) return shares ? [] : [skippedRank]
  return Array.from({ length: optionCount }, (_, option) =>
    option === 0 && !shares ? option : option | sharesRank,
  )
}
