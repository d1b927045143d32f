import { grown, hashOf, release } from './packed-entries.ts'

/** Tables grow by this factor; what is not yet used costs no memory, as the system gives pages when they are touched. */
const growth = 4

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

  /** The group of the ballots like the first `length` entries; a new one for the first of its like. */
  groupOf(ballot: Uint16Array, length: number): number {
    const hash = hashOf(ballot, length)
    const slots = this.#slots
    const mask = this.#mask
    let slot = hash & mask
    for (let found = slots[2 * slot]!; found !== 0; found = slots[2 * slot]!) {
      if (slots[2 * slot + 1] === hash && this.#isGroup(found - 1, ballot, length)) return found - 1
      slot = (slot + 1) & mask
    }
    const group = this.#append(ballot, length)
    slots[2 * slot] = group + 1
    slots[2 * slot + 1] = hash
    if (this.count * 2 > mask) this.#rehash()
    return group
  }

  #isGroup(group: number, ballot: Uint16Array, length: number): boolean {
    const start = this.starts[group]!
    if (this.starts[group + 1]! - start !== length) return false
    const { entries } = this
    for (let position = 0; position < length; position++) {
      if (entries[start + position] !== ballot[position]) return false
    }
    return true
  }

  #append(ballot: Uint16Array, length: number): number {
    const group = this.count++
    const start = this.starts[group]!
    const end = start + length
    if (end > this.entries.length) this.entries = grown(this.entries, Math.max(growth * start, end))
    if (this.count === this.starts.length) this.starts = grown(this.starts, growth * this.count)
    const { entries } = this
    for (let position = 0; position < length; position++) entries[start + position] = ballot[position]!
    this.starts[group + 1] = end
    return group
  }

  #rehash(): void {
    const old = this.#slots
    const slots = new Int32Array(2 * old.length)
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
