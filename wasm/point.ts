import {
  add,
  areEqual,
  copy,
  fieldSize,
  fromBytes,
  invert,
  isOdd,
  multiply,
  negate,
  powerForRoot,
  setInteger,
  square,
  squareTwice,
  subtract,
  toBytes,
} from './field'

/**
 * Points of the curve −x² + y² = 1 + d·x²·y², d = −121665/121666, in two forms:
 *
 * - a *point* X, Y, Z, T, of 160 bytes: x = X/Z, y = Y/Z, T = X·Y/Z, each a product;
 * - an *addend* Y + X, Y − X, 2Z, 2d·T, of 160 bytes, made of a point once and added many times.
 *
 * Formulas: Hisil, Wong, Carter and Dawson, "Twisted Edwards curves revisited", 2008, sections 3.1 and 3.3; they
 * hold for any two points of the subgroup, so nothing here branches on what is added.
 */

export const pointSize: usize = 4 * fieldSize

const X: usize = 0
const Y: usize = fieldSize
const Z: usize = 2 * fieldSize
const T: usize = 3 * fieldSize

// The four values of which the next coordinates of a point are products, and room for one more.
const e = memory.data(40)
const f = memory.data(40)
const g = memory.data(40)
const h = memory.data(40)
const r = memory.data(40)

const d = memory.data(40)
const twiceD = memory.data(40)
const rootOfMinusOne = memory.data(40)

/** Computes the constants; called once, first. */
export function setUp(): void {
  setInteger(e, 121666)
  invert(e, e)
  setInteger(f, -121665)
  multiply(d, e, f)
  setInteger(e, 2)
  multiply(twiceD, d, e)
  // 2^((p − 1)/4), 2 not being a square.
  powerForRoot(f, e)
  square(f, f)
  multiply(rootOfMinusOne, f, e)
}

export function setIdentity(point: usize): void {
  setInteger(point + X, 0)
  setInteger(point + Y, 1)
  setInteger(point + Z, 1)
  setInteger(point + T, 0)
}

/** 2^count times a point; count from 1. */
export function doubleTimes(point: usize, count: i32): void {
  for (let i = 0; i < count; i++) double(point)
  multiply(point + T, e, h)
}

/** All but T, which no doubling needs, and which is e·h. */
function double(point: usize): void {
  square(e, point + X)
  square(f, point + Y)
  squareTwice(g, point + Z)
  add(r, point + X, point + Y)
  square(r, r)
  add(h, f, e)
  subtract(f, f, e)
  subtract(e, r, h)
  subtract(g, g, f)
  multiply(point + X, e, g)
  multiply(point + Y, f, h)
  multiply(point + Z, f, g)
}

export function toAddend(to: usize, point: usize): void {
  add(to, point + Y, point + X)
  subtract(to + Y, point + Y, point + X)
  add(to + Z, point + Z, point + Z)
  multiply(to + T, point + T, twiceD)
}

export function addTo(point: usize, addend: usize): void {
  multiplyDifferences(point, addend, addend + Y)
  multiply(r, point + T, addend + T)
  multiply(g, point + Z, addend + Z)
  subtract(f, g, r)
  add(g, g, r)
  finish(point)
}

/** Adds the addend's negative: x and T change their signs. */
export function subtractFrom(point: usize, addend: usize): void {
  multiplyDifferences(point, addend + Y, addend)
  multiply(r, point + T, addend + T)
  multiply(g, point + Z, addend + Z)
  add(f, g, r)
  subtract(g, g, r)
  finish(point)
}

function multiplyDifferences(point: usize, sum: usize, difference: usize): void {
  add(r, point + Y, point + X)
  multiply(h, r, sum)
  subtract(r, point + Y, point + X)
  multiply(r, r, difference)
  subtract(e, h, r)
  add(h, h, r)
}

function finish(point: usize): void {
  multiply(point + X, e, f)
  multiply(point + Y, g, h)
  multiply(point + Z, f, g)
  multiply(point + T, e, h)
}

/**
 * Reads the 32 bytes of RFC 8032.
 * @returns whether they are a point of the curve; the caller has checked all else
 */
export function decompress(point: usize, bytes: usize): bool {
  fromBytes(point + Y, bytes)
  setInteger(point + Z, 1)
  square(e, point + Y)
  multiply(f, e, d)
  subtract(e, e, point + Z)
  add(f, f, point + Z)
  // x = √(e/f) = e·f³·(e·f⁷)^((p−5)/8), but for a root of −1.
  square(g, f)
  multiply(g, g, f)
  square(h, g)
  multiply(h, h, f)
  multiply(h, h, e)
  powerForRoot(h, h)
  multiply(h, h, g)
  multiply(point + X, h, e)
  square(g, point + X)
  multiply(g, g, f)
  if (!areEqual(g, e)) {
    negate(h, e)
    if (!areEqual(g, h)) return false
    multiply(point + X, point + X, rootOfMinusOne)
  }
  const wantsOdd = load<u8>(bytes, 31) >> 7 !== 0
  if (isOdd(point + X) !== wantsOdd) negate(point + X, point + X)
  multiply(point + T, point + X, point + Y)
  return true
}

/**
 * Writes points as the 32 bytes of RFC 8032 each, by one inversion for all.
 * @param products room for `count` field elements
 */
export function compressAll(bytes: usize, points: usize, count: usize, products: usize): void {
  setInteger(e, 1)
  for (let i: usize = 0; i < count; i++) {
    copy(products + i * fieldSize, e)
    multiply(e, e, points + i * pointSize + Z)
  }
  invert(e, e)
  for (let i = count; i-- > 0; ) {
    const point = points + i * pointSize
    multiply(f, e, products + i * fieldSize)
    multiply(e, e, point + Z)
    multiply(g, point + X, f)
    multiply(h, point + Y, f)
    toBytes(bytes + 32 * i, h)
    const top = bytes + 32 * i + 31
    if (isOdd(g)) store<u8>(top, load<u8>(top) | 0x80)
  }
}
