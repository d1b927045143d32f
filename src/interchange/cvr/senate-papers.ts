import { type BallotGrouping, rankingGroups } from '../../tabulation/ballot-grouping.ts'
import type { BallotGroups } from '../../tabulation/ballot-groups.ts'
import type { ReadOptions } from '../ballot-format.ts'

/** The boxes of a paper: first those of the groups, then those of the candidates. */
export interface SenateBoxes {
  /** The candidates of each group that has a box, in the order of the ballot. */
  readonly groups: readonly (readonly number[])[]
  readonly candidates: readonly string[]
}

/** The boxes of candidates, with the groups above the line that they belong to. */
export function senateBoxes(
  groups: readonly string[],
  candidates: readonly { readonly group: string; readonly name: string }[],
): SenateBoxes {
  return {
    groups: groups.map((group) =>
      [...candidates.keys()].filter((candidate) => candidates[candidate]!.group === group),
    ),
    candidates: candidates.map(({ name }) => name),
  }
}

/** Below the line at least the first six preferences; above it, the first. */
const fewestBelow = 6
const fewestAbove = 1

/**
 * Papers for the Australian Senate, read by the Commonwealth Electoral Act 1918, sections 239, 268A, 269 and
 * 272: a paper that is formal below the line counts so; otherwise the groups numbered above the line stand
 * for their candidates in the order of the ballot. Preferences count as far as the numbers go on one by one,
 * each used once.
 */
export class SenatePapers {
  /** The numbers in the boxes of the present paper; below 1 where there is none. */
  readonly numbers: Int32Array
  readonly #boxes: SenateBoxes
  readonly #grouping: BallotGrouping
  readonly #above: PreferenceBoxes
  readonly #below: PreferenceBoxes
  readonly #entries: Uint16Array

  /** @throws TabulationRefusal `options-out-of-range` */
  constructor(boxes: SenateBoxes, order: ReadOptions['order']) {
    const { groups, candidates } = boxes
    this.#boxes = boxes
    this.numbers = new Int32Array(groups.length + candidates.length)
    this.#grouping = rankingGroups(candidates.length, order)
    this.#above = new PreferenceBoxes(groups.length)
    this.#below = new PreferenceBoxes(candidates.length)
    this.#entries = new Uint16Array(candidates.length)
  }

  /** Adds the present paper. @returns the number of its group; `undefined` if it is not formal */
  add(): number | undefined {
    const length = this.#readBelow() || this.#readAbove()
    if (length > 0) return this.#grouping.add(this.#entries, 1, length)
    this.#grouping.addInvalid()
    return undefined
  }

  finish(): BallotGroups {
    return this.#grouping.finish()
  }

  /** @returns how many candidates are ranked, or 0 if the paper isn't formal below the line */
  #readBelow(): number {
    const count = this.#boxes.candidates.length
    const ranked = this.#below.read(this.numbers.subarray(this.#boxes.groups.length))
    if (ranked < Math.min(fewestBelow, count)) return 0
    for (let rank = 0; rank < ranked; rank++) this.#entries[rank] = this.#below.box(rank)
    return ranked
  }

  #readAbove(): number {
    const { groups } = this.#boxes
    const ranked = this.#above.read(this.numbers.subarray(0, groups.length))
    if (ranked < fewestAbove) return 0
    let length = 0
    for (let rank = 0; rank < ranked; rank++) {
      for (const candidate of groups[this.#above.box(rank)]!) this.#entries[length++] = candidate
    }
    return length
  }
}

/** The boxes on one side of the line, sorted by their numbers. */
class PreferenceBoxes {
  /** By number: box + 1; 0 if no box has it. */
  readonly #boxes: Uint16Array
  /** By number: how many boxes have it. */
  readonly #uses: Uint16Array

  constructor(count: number) {
    this.#boxes = new Uint16Array(count + 2)
    this.#uses = new Uint16Array(count + 2)
  }

  /** @returns how far the numbers go on one by one from 1, each used once */
  read(numbers: Int32Array): number {
    this.#boxes.fill(0)
    this.#uses.fill(0)
    for (let box = 0; box < numbers.length; box++) {
      const number = numbers[box]!
      if (number < 1 || number > numbers.length) continue
      this.#boxes[number] = box + 1
      this.#uses[number]!++
    }
    let ranked = 0
    while (this.#uses[ranked + 1] === 1) ranked++
    return ranked
  }

  /** The box of a rank from 0, below what `read` answered. */
  box(rank: number): number {
    return this.#boxes[rank + 1]! - 1
  }
}
