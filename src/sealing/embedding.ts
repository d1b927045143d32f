import type { Element, Group } from './group.ts'
import { mostIntegers } from './question.ts'

/**
 * Plaintext points of non-homomorphic answers: the integers, 8 bits each, big-endian, shifted left by 14
 * bits, plus the smallest number that makes it the encoding of an element. All zeros give the identity.
 */

const paddingBits = 14

/**
 * So many candidates are always tried, though one in sixteen will do, so that the work says little about the
 * plaintext: one plaintext in four thousand needs more, and a candidate that is no point of the curve is
 * dismissed a little sooner than one that is.
 */
const candidatesAlwaysTried = 128

/**
 * @param integers at most 30, each 0 … 255.
 * @throws RangeError if there are more, or one is out of range
 */
export function embedIntegers(group: Group, integers: readonly number[]): Element {
  const shifted = shiftIn(integers)
  let found: Element | undefined
  for (let padding = 0; padding < 1 << paddingBits; padding++) {
    if (found !== undefined && padding >= candidatesAlwaysTried) return found
    const candidate = withPadding(shifted, padding)
    if (group.isElement(candidate)) found ??= candidate
  }
  // 16,384 candidates in a row would all have to fail: a chance of 2^-1500.
  throw new RangeError('no element for these integers')
}

/**
 * @param count how many integers were embedded, at most 30.
 */
export function extractIntegers(plaintext: Element, count: number): number[] {
  if (count > mostIntegers) throw new RangeError(`at most ${mostIntegers} integers fit`)
  return Array.from({ length: count }, (_, index) => {
    // The integer lies across two bytes: 14 bits of padding are one byte and six bits.
    const place = count - index
    return ((plaintext[place]! >> 6) | (plaintext[place + 1]! << 2)) & 255
  })
}

/** The integers shifted left by the padding, as 32 little-endian bytes. */
function shiftIn(integers: readonly number[]): Uint8Array {
  if (integers.length > mostIntegers) throw new RangeError(`at most ${mostIntegers} integers fit`)
  const bytes = new Uint8Array(32)
  for (const [index, integer] of integers.entries()) {
    if (!Number.isInteger(integer) || integer < 0 || integer > 255) {
      throw new RangeError('an integer is from 0 to 255')
    }
    const place = integers.length - index
    bytes[place]! |= (integer << 6) & 255
    bytes[place + 1]! |= integer >> 2
  }
  return bytes
}

function withPadding(shifted: Uint8Array, padding: number): Uint8Array {
  const candidate = shifted.slice()
  candidate[0] = padding & 255
  candidate[1]! |= padding >> 8
  return candidate
}
