import { type BallotBatch, batchSize } from './ballot-batch.ts'
import { grown, release } from './packed-entries.ts'

/** Tables grow by this factor; what is not yet used costs no memory, as the system gives pages when they are touched. */
const growth = 4

/** The entries of very many ballots by this one, for while they are copied they take their memory twice. */
const largeGrowth = 16
const large = 1 << 20

/**
 * Distinct ballots, found again by their hash. Open addressing over pairs of a group and its hash, so that a
 * ballot seen before takes one probe, which touches one line of the cache, and one comparison.
 */
export class BallotTable {
  /** How many distinct ballots. */
  count = 0
  /** Group `g` has the entries from `starts[g]` up to `starts[g + 1]`. */
  starts = new Uint32Array(257)
  entries = new Uint16Array(2048)
  /** Pairs: group + 1, where 0 is free; and the hash of the group. */
  #slots = new Int32Array(2 * 512)
  /** In slots: a power of two, less one. */
  #mask = 511
  readonly #places = new Uint32Array(batchSize)

  /**
   * The group of the ballots like the entries from `start` up to `end`; a new one for the first of its like.
   * @param hash of these entries
   */
  groupOf(ballot: Uint16Array, start: number, end: number, hash: number): number {
    const slots = this.#slots
    const mask = this.#mask
    let slot = hash & mask
    for (let found = slots[2 * slot]!; found !== 0; found = slots[2 * slot]!) {
      if (slots[2 * slot + 1] === hash && this.#isGroup(found - 1, ballot, start, end)) return found - 1
      slot = (slot + 1) & mask
    }
    const group = this.#append(ballot, start, end)
    slots[2 * slot] = group + 1
    slots[2 * slot + 1] = hash
    if (this.count * 2 > mask) this.#rehash()
    return group
  }

  /**
   * Touches all memory that finding the groups of a batch will need. In a large table nearly every ballot has
   * to wait for it, three times over; waiting for all of a batch at once takes little longer than for one.
   */
  fetch({ count, hashes }: BallotBatch): void {
    const slots = this.#slots
    const { starts, entries } = this
    const places = this.#places
    for (let ballot = 0; ballot < count; ballot++) {
      const slot = 2 * (hashes[ballot]! & this.#mask)
      places[ballot] = slots[slot + 1] === hashes[ballot] ? slots[slot]! : 0
    }
    for (let ballot = 0; ballot < count; ballot++) {
      const found = places[ballot]!
      places[ballot] = found === 0 ? 0 : starts[found - 1]!
    }
    let touched = 0
    for (let ballot = 0; ballot < count; ballot++) touched ^= entries[places[ballot]!]!
    // Kept, for otherwise nothing would need to be read.
    places[0] = touched
  }

  /** Gives back what is only needed to add more. */
  close(): void {
    release(this.#slots)
  }

  #isGroup(group: number, ballot: Uint16Array, from: number, end: number): boolean {
    const start = this.starts[group]!
    const length = end - from
    if (this.starts[group + 1]! - start !== length) return false
    const { entries } = this
    for (let position = 0; position < length; position++) {
      if (entries[start + position] !== ballot[from + position]) return false
    }
    return true
  }

  #append(ballot: Uint16Array, from: number, to: number): number {
    const group = this.count++
    const start = this.starts[group]!
    const end = start + to - from
    if (end > this.entries.length)
      this.entries = grown(this.entries, Math.max((start < large ? growth : largeGrowth) * start, end))
    if (this.count === this.starts.length) this.starts = grown(this.starts, growth * this.count)
    const { entries } = this
    for (let position = from; position < to; position++) entries[start + position - from] = ballot[position]!
    this.starts[group + 1] = end
    return group
  }

  #rehash(): void {
    const old = this.#slots
    // Slots are touched all over, so that those of a large table cost their memory at once.
    const slots = new Int32Array((this.count < large / 8 ? growth : 2) * old.length)
    const mask = slots.length / 2 - 1
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] === 0) continue
      let slot = old[at + 1]! & mask
      while (slots[2 * slot] !== 0) slot = (slot + 1) & mask
      slots[2 * slot] = old[at]!
      slots[2 * slot + 1] = old[at + 1]!
    }
    release(old)
    this.#slots = slots
    this.#mask = mask
  }
}
