// The group Ed25519, in the multiplicative notation of the Belenios specification: g generates it, q is its order.
import { mulAddUnsafe, pippenger } from '@noble/curves/abstract/curve.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

const { Point } = ed25519
export const q = Point.Fn.ORDER
export const g = Point.BASE
/** The neutral element. */
export const one = Point.ZERO

/** @returns the point of 64 lower-case hex digits, big-endian; undefined unless it is one of the prime-order group */
export function elementOf(hex) {
  if (!/^[0-9a-f]{64}$/.test(hex)) return undefined
  const point = uncompress(hex)
  return point?.isTorsionFree() && text(point) === hex ? point : undefined
}

/** How an element is written. */
export function text(element) {
  return bytesToHex(element.toBytes().reverse())
}

/** Π baseᵢ ^ exponentᵢ, of a list of any length. */
export function productOf(powers) {
  const bases = powers.map(([base]) => base)
  const exponents = powers.map(([, exponent]) => modulo(exponent))
  if (exponents.every((exponent) => exponent === 1n)) return multiply(bases)
  return bases.length < 8 ? mulAddUnsafe(Point, bases, exponents) : pippenger(Point, bases, exponents)
}

/** The same, of a few. */
export function product(...powers) {
  return productOf(powers)
}

export function multiply(elements) {
  return elements.reduce((sum, element) => sum.add(element), one)
}

export function divide(a, b) {
  return a.subtract(b)
}

export function equal(a, b) {
  return a.equals(b)
}

/** The least non-negative number that is congruent to x modulo q. */
export function modulo(x) {
  return ((x % q) + q) % q
}

/** 1/x modulo q */
export function inverse(x) {
  return Point.Fn.inv(modulo(x))
}

export function sha256Hex(content) {
  return bytesToHex(sha256(typeof content === 'string' ? utf8ToBytes(content) : content))
}

/** The unpadded Base64 of a SHA-256 in hex. */
export function base64(hash) {
  return Buffer.from(hash, 'hex').toString('base64').replace(/=+$/, '')
}

/** H: SHA-256 of the strings, one after the other, as a big-endian number modulo q. */
export function H(...strings) {
  const hash = sha256.create()
  for (const string of strings) hash.update(utf8ToBytes(string))
  return BigInt(`0x${bytesToHex(hash.digest())}`) % q
}

/** GetGenerator(i): a generator of which nobody knows the logarithm. */
export function generator(i) {
  for (let x = BigInt(`0x${sha256Hex(`ggen|${i}`)}`) >> 2n; ; x += 1n) {
    const point = uncompress(x.toString(16).padStart(64, '0'))
    if (point !== undefined) return point.clearCofactor()
  }
}

/** to_ints: the n integers of 8 bits that the element stands for. Below them are 14 bits that only make it a point. */
export function integersOf(element, n) {
  const bits = BigInt(`0x${text(element)}`) >> 14n
  return Array.from({ length: n }, (_, i) => Number((bits >> BigInt(8 * (n - 1 - i))) & 0xffn))
}

function uncompress(hex) {
  try {
    return Point.fromBytes(hexToBytes(hex).reverse())
  } catch {
    return undefined
  }
}
