import { sharesRank } from './ballot-groups.ts'

/** Puts options of one rank in ascending order; the first of them carries no flag. */
export function sortSharedRanks(entries: Uint16Array): void {
  for (let start = 0; start < entries.length; ) {
    let end = start + 1
    while (end < entries.length && entries[end]! >= sharesRank) end++
    const rank = entries.subarray(start, end)
    if (rank.length > 1) {
      for (let position = 1; position < rank.length; position++) rank[position]! -= sharesRank
      rank.sort()
      for (let position = 1; position < rank.length; position++) rank[position]! += sharesRank
    }
    start = end
  }
}

/** Puts pairs of an option and a score in ascending order of the options. Ballots are short and mostly in order. */
export function sortPairs(pairs: Uint16Array): void {
  for (let end = 2; end < pairs.length; end += 2) {
    const option = pairs[end]!
    const score = pairs[end + 1]!
    let at = end
    for (; at > 0 && pairs[at - 2]! > option; at -= 2) {
      pairs[at] = pairs[at - 2]!
      pairs[at + 1] = pairs[at - 1]!
    }
    pairs[at] = option
    pairs[at + 1] = score
  }
}

/** FNV-1a over entries, with a last mix so that the low bits serve as a slot; 32 bits with a sign. */
export function hashOf(entries: Uint16Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0
  for (let position = start; position < end; position++) {
    hash = Math.imul(hash ^ entries[position]!, 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

/** A copy with room for `length` numbers. The memory of the old array is given back at once: don't use it again. */
export function grown<T extends Uint16Array | Uint32Array | Float64Array>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length)
  larger.set(array)
  release(array)
  return larger
}

/** Gives the memory of an array back without waiting for the garbage collector. */
export function release(array: Uint16Array | Uint32Array | Int32Array | Float64Array): void {
  const buffer = array.buffer as ArrayBuffer
  if (!buffer.detached) buffer.transfer(0)
}
