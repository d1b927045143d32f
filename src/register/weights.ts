import { type Decimal, parseDecimal, rescale } from '../tabulation/decimal.ts'

/** One vote, in the whole millionths that weights are kept in. */
export const microsPerVote = 1_000_000

/** The heaviest weight, in votes: far above any share register, far below what an integer can hold exactly. */
export const maximumWeight = 1_000_000_000

/**
 * Reads a weight of up to six decimal places, written with a point or a comma: `1`, `0.5`, `12,25`.
 * @returns whole millionths of a vote, at least 1; undefined if the text is no such number, is zero, or
 *   exceeds `maximumWeight`. `1,000` and `1.000` are undefined too: alone, nobody can tell one from a thousand; what
 *   other weights of a file prove, `decimalSigns` finds out.
 */
export function parseWeight(text: string): number | undefined {
  const match = /^(\d{1,10})(?:[.,](\d{1,6}))?$/.exec(text)
  if (match === null) return undefined
  const [, whole = '', places = ''] = match
  if (places.length === 3 && whole !== '0') return undefined
  const micros = Number(whole) * microsPerVote + Number(places.padEnd(6, '0'))
  return micros > 0 && micros <= maximumWeight * microsPerVote ? micros : undefined
}

/**
 * 1.5 → 1500000.
 * @param votes with at most six places
 * @returns whole millionths of a vote
 * @throws RangeError if it is no such number
 */
export function microsOf(votes: Decimal): bigint {
  const number = parseDecimal(votes)
  if (number === undefined || number.places > 6) throw new RangeError(`no number of votes: ${votes}`)
  return rescale(number, 6)
}

/** 1500000 → `1.5`. @param micros whole millionths of a vote, zero or more */
export function formatWeight(micros: number): string {
  const whole = Math.floor(micros / microsPerVote)
  const places = String(micros % microsPerVote)
    .padStart(6, '0')
    .replace(/0+$/, '')
  return places === '' ? String(whole) : `${whole}.${places}`
}
