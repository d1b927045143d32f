import { hashOf } from './packed-entries.ts'

/** How many ballots wait at most. */
export const batchSize = 128

/** Ballots that wait to be grouped together, see `BallotTable.fetch`. */
export class BallotBatch {
  count = 0
  readonly entries = new Uint16Array(64 * batchSize)
  /** Ballot `b` has the entries from `starts[b]` up to `starts[b + 1]`. */
  readonly starts = new Uint32Array(batchSize + 1)
  readonly hashes = new Int32Array(batchSize)
  readonly units = new Float64Array(batchSize)

  /** Whether a ballot of that length can be added; not even an empty batch takes a very long one. */
  hasRoom(length: number): boolean {
    return this.count < batchSize && this.starts[this.count]! + length <= this.entries.length
  }

  add(ballot: Uint16Array, length: number, units: number): void {
    const { entries, starts, count } = this
    const start = starts[count]!
    for (let position = 0; position < length; position++) entries[start + position] = ballot[position]!
    starts[count + 1] = start + length
    this.hashes[count] = hashOf(ballot, 0, length)
    this.units[count] = units
    this.count = count + 1
  }
}
