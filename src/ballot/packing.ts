import { byteSlots, strictRankings } from './room.ts'

/** A number in the 30 byte slots, most significant first. */
export function toBytes(number: bigint): number[] {
  const bytes = new Array<number>(byteSlots).fill(0)
  for (let slot = byteSlots - 1, rest = number; rest > 0n; slot--, rest >>= 8n)
    bytes[slot] = Number(rest & 0xffn)
  return bytes
}

export function fromBytes(bytes: readonly number[]): bigint {
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n)
}

/**
 * The number of a strict ranking of some of the options among all of them: shorter ones first (so a ballot
 * without ranks is 0), those of one length in the order of their options. Within a length the number is
 * factoradic: each rank is the position of its option among those not yet ranked.
 */
export function rankingIndex(ranking: readonly number[], optionCount: number): bigint {
  const left = Array.from({ length: optionCount }, (_, option) => option)
  let index = 0n
  for (const option of ranking) {
    const position = left.indexOf(option)
    index = index * BigInt(left.length) + BigInt(position)
    left.splice(position, 1)
  }
  for (let shorter = 0; shorter < ranking.length; shorter++) index += strictRankings(optionCount, shorter)
  return index
}

/** The ranking with that number; `undefined` when there is none of up to `maxRanks` ranks. */
export function rankingAt(index: bigint, optionCount: number, maxRanks: number): number[] | undefined {
  let rest = index
  let ranks = 0
  for (let ways = 1n; rest >= ways; ways = strictRankings(optionCount, ranks)) {
    rest -= ways
    if (++ranks > maxRanks) return undefined
  }
  const positions: number[] = []
  for (let rank = ranks - 1; rank >= 0; rank--) {
    const choices = BigInt(optionCount - rank)
    positions.unshift(Number(rest % choices))
    rest /= choices
  }
  const left = Array.from({ length: optionCount }, (_, option) => option)
  return positions.map((position) => left.splice(position, 1)[0]!)
}

/** Scores as the digits of one number to the base `highest` + 1, the first option the most significant. */
export function scoresIndex(scores: readonly number[], highest: number): bigint {
  return scores.reduce((index, score) => index * BigInt(highest + 1) + BigInt(score), 0n)
}

/** The scores with that number; `undefined` when it is beyond the last. */
export function scoresAt(index: bigint, optionCount: number, highest: number): number[] | undefined {
  const base = BigInt(highest + 1)
  const scores = new Array<number>(optionCount).fill(0)
  let rest = index
  for (let option = optionCount - 1; option >= 0; option--, rest /= base) scores[option] = Number(rest % base)
  return rest === 0n ? scores : undefined
}
