/**
 * Integers modulo p = 2^255 − 19, in ten limbs of 26 and 25 bits by turns: limb i is worth 2^⌈25.5·i⌉. Each is a
 * signed 32-bit number, so that a sum or difference of two products needs no carry before it is multiplied.
 *
 * Every address names 40 bytes. A *product* is what `multiply` and its kin write: |limb| ≤ 1.01 · 2^25 where the
 * limb has 26 bits, half of that where it has 25. `multiply` takes sums of up to three products.
 */

/** Bytes that a field element takes. */
export const fieldSize: usize = 40

export function copy(to: usize, from: usize): void {
  memory.copy(to, from, fieldSize)
}

export function setInteger(to: usize, value: i32): void {
  memory.fill(to, 0, fieldSize)
  store<i32>(to, value)
}

export function add(to: usize, f: usize, g: usize): void {
  for (let i: usize = 0; i < fieldSize; i += 4) store<i32>(to + i, load<i32>(f + i) + load<i32>(g + i))
}

export function subtract(to: usize, f: usize, g: usize): void {
  for (let i: usize = 0; i < fieldSize; i += 4) store<i32>(to + i, load<i32>(f + i) - load<i32>(g + i))
}

export function negate(to: usize, f: usize): void {
  for (let i: usize = 0; i < fieldSize; i += 4) store<i32>(to + i, -load<i32>(f + i))
}

/**
 * Two limbs with 25 bits lose a factor of two against 2^⌈25.5·(i + j)⌉, and 2^255 = 19: the d are doubled and the w
 * times 19.
 */
export function multiply(to: usize, f: usize, g: usize): void {
  const f0 = <i64>load<i32>(f, 0)
  const f1 = <i64>load<i32>(f, 4)
  const f2 = <i64>load<i32>(f, 8)
  const f3 = <i64>load<i32>(f, 12)
  const f4 = <i64>load<i32>(f, 16)
  const f5 = <i64>load<i32>(f, 20)
  const f6 = <i64>load<i32>(f, 24)
  const f7 = <i64>load<i32>(f, 28)
  const f8 = <i64>load<i32>(f, 32)
  const f9 = <i64>load<i32>(f, 36)
  const g0 = <i64>load<i32>(g, 0)
  const g1 = <i64>load<i32>(g, 4)
  const g2 = <i64>load<i32>(g, 8)
  const g3 = <i64>load<i32>(g, 12)
  const g4 = <i64>load<i32>(g, 16)
  const g5 = <i64>load<i32>(g, 20)
  const g6 = <i64>load<i32>(g, 24)
  const g7 = <i64>load<i32>(g, 28)
  const g8 = <i64>load<i32>(g, 32)
  const g9 = <i64>load<i32>(g, 36)
  const w1 = 19 * g1
  const w2 = 19 * g2
  const w3 = 19 * g3
  const w4 = 19 * g4
  const w5 = 19 * g5
  const w6 = 19 * g6
  const w7 = 19 * g7
  const w8 = 19 * g8
  const w9 = 19 * g9
  const d1 = 2 * f1
  const d3 = 2 * f3
  const d5 = 2 * f5
  const d7 = 2 * f7
  const d9 = 2 * f9
  carry(
    to,
    f0 * g0 + d1 * w9 + f2 * w8 + d3 * w7 + f4 * w6 + d5 * w5 + f6 * w4 + d7 * w3 + f8 * w2 + d9 * w1,
    f0 * g1 + f1 * g0 + f2 * w9 + f3 * w8 + f4 * w7 + f5 * w6 + f6 * w5 + f7 * w4 + f8 * w3 + f9 * w2,
    f0 * g2 + d1 * g1 + f2 * g0 + d3 * w9 + f4 * w8 + d5 * w7 + f6 * w6 + d7 * w5 + f8 * w4 + d9 * w3,
    f0 * g3 + f1 * g2 + f2 * g1 + f3 * g0 + f4 * w9 + f5 * w8 + f6 * w7 + f7 * w6 + f8 * w5 + f9 * w4,
    f0 * g4 + d1 * g3 + f2 * g2 + d3 * g1 + f4 * g0 + d5 * w9 + f6 * w8 + d7 * w7 + f8 * w6 + d9 * w5,
    f0 * g5 + f1 * g4 + f2 * g3 + f3 * g2 + f4 * g1 + f5 * g0 + f6 * w9 + f7 * w8 + f8 * w7 + f9 * w6,
    f0 * g6 + d1 * g5 + f2 * g4 + d3 * g3 + f4 * g2 + d5 * g1 + f6 * g0 + d7 * w9 + f8 * w8 + d9 * w7,
    f0 * g7 + f1 * g6 + f2 * g5 + f3 * g4 + f4 * g3 + f5 * g2 + f6 * g1 + f7 * g0 + f8 * w9 + f9 * w8,
    f0 * g8 + d1 * g7 + f2 * g6 + d3 * g5 + f4 * g4 + d5 * g3 + f6 * g2 + d7 * g1 + f8 * g0 + d9 * w9,
    f0 * g9 + f1 * g8 + f2 * g7 + f3 * g6 + f4 * g5 + f5 * g4 + f6 * g3 + f7 * g2 + f8 * g1 + f9 * g0,
  )
}

export function square(to: usize, f: usize): void {
  squareShifted(to, f, 0)
}

/** 2·f², which is a product as well: unlike the sum of f² with itself. */
export function squareTwice(to: usize, f: usize): void {
  squareShifted(to, f, 1)
}

function squareShifted(to: usize, f: usize, shift: i64): void {
  const f0 = <i64>load<i32>(f, 0)
  const f1 = <i64>load<i32>(f, 4)
  const f2 = <i64>load<i32>(f, 8)
  const f3 = <i64>load<i32>(f, 12)
  const f4 = <i64>load<i32>(f, 16)
  const f5 = <i64>load<i32>(f, 20)
  const f6 = <i64>load<i32>(f, 24)
  const f7 = <i64>load<i32>(f, 28)
  const f8 = <i64>load<i32>(f, 32)
  const f9 = <i64>load<i32>(f, 36)
  const d0 = 2 * f0
  const d1 = 2 * f1
  const d2 = 2 * f2
  const d3 = 2 * f3
  const d4 = 2 * f4
  const d5 = 2 * f5
  const d6 = 2 * f6
  const d7 = 2 * f7
  const d8 = 2 * f8
  const w6 = 19 * f6
  const w7 = 19 * f7
  const w8 = 19 * f8
  const w9 = 19 * f9
  const v5 = 38 * f5
  const v7 = 38 * f7
  const v9 = 38 * f9
  carry(
    to,
    (f0 * f0 + d1 * v9 + d2 * w8 + d3 * v7 + d4 * w6 + f5 * v5) << shift,
    (d0 * f1 + d2 * w9 + d3 * w8 + d4 * w7 + d5 * w6) << shift,
    (d0 * f2 + f1 * d1 + d3 * v9 + d4 * w8 + d5 * v7 + f6 * w6) << shift,
    (d0 * f3 + d1 * f2 + d4 * w9 + d5 * w8 + d6 * w7) << shift,
    (d0 * f4 + d1 * d3 + f2 * f2 + d5 * v9 + d6 * w8 + f7 * v7) << shift,
    (d0 * f5 + d1 * f4 + d2 * f3 + d6 * w9 + d7 * w8) << shift,
    (d0 * f6 + d1 * d5 + d2 * f4 + f3 * d3 + d7 * v9 + f8 * w8) << shift,
    (d0 * f7 + d1 * f6 + d2 * f5 + d3 * f4 + d8 * w9) << shift,
    (d0 * f8 + d1 * d7 + d2 * f6 + d3 * d5 + f4 * f4 + f9 * v9) << shift,
    (d0 * f9 + d1 * f8 + d2 * f7 + d3 * f6 + d4 * f5) << shift,
  )
}

/** Brings ten sums of products, each below 2^63, to the size of a product. */
function carry(
  to: usize,
  h0: i64,
  h1: i64,
  h2: i64,
  h3: i64,
  h4: i64,
  h5: i64,
  h6: i64,
  h7: i64,
  h8: i64,
  h9: i64,
): void {
  let c: i64
  c = (h0 + (1 << 25)) >> 26
  h1 += c
  h0 -= c << 26
  c = (h4 + (1 << 25)) >> 26
  h5 += c
  h4 -= c << 26
  c = (h1 + (1 << 24)) >> 25
  h2 += c
  h1 -= c << 25
  c = (h5 + (1 << 24)) >> 25
  h6 += c
  h5 -= c << 25
  c = (h2 + (1 << 25)) >> 26
  h3 += c
  h2 -= c << 26
  c = (h6 + (1 << 25)) >> 26
  h7 += c
  h6 -= c << 26
  c = (h3 + (1 << 24)) >> 25
  h4 += c
  h3 -= c << 25
  c = (h7 + (1 << 24)) >> 25
  h8 += c
  h7 -= c << 25
  c = (h4 + (1 << 25)) >> 26
  h5 += c
  h4 -= c << 26
  c = (h8 + (1 << 25)) >> 26
  h9 += c
  h8 -= c << 26
  c = (h9 + (1 << 24)) >> 25
  h0 += 19 * c
  h9 -= c << 25
  c = (h0 + (1 << 25)) >> 26
  h1 += c
  h0 -= c << 26
  store<i32>(to, <i32>h0, 0)
  store<i32>(to, <i32>h1, 4)
  store<i32>(to, <i32>h2, 8)
  store<i32>(to, <i32>h3, 12)
  store<i32>(to, <i32>h4, 16)
  store<i32>(to, <i32>h5, 20)
  store<i32>(to, <i32>h6, 24)
  store<i32>(to, <i32>h7, 28)
  store<i32>(to, <i32>h8, 32)
  store<i32>(to, <i32>h9, 36)
}

// What the powers below keep on their way; nothing else uses it.
const step = memory.data(40)
const run = memory.data(40)
const kept = memory.data(40)
const eleventh = memory.data(40)

/** 1/z, and 0 for 0. */
export function invert(to: usize, z: usize): void {
  raise(z)
  squareTimes(step, run, 5)
  multiply(to, step, eleventh)
}

/** z to the power of (p − 5)/8 = 2^252 − 3. */
export function powerForRoot(to: usize, z: usize): void {
  raise(z)
  squareTimes(step, run, 2)
  multiply(to, step, z)
}

/** Leaves z^11 in `eleventh` and z^(2^250 − 1) in `run`: 250 ones in binary, of which ever more are put in a row. */
function raise(z: usize): void {
  square(step, z)
  squareTimes(run, step, 2)
  multiply(run, run, z)
  multiply(eleventh, run, step)
  square(step, eleventh)
  multiply(run, run, step)
  append(run, 5)
  copy(kept, run)
  append(run, 10)
  append(run, 20)
  append(kept, 10)
  copy(kept, run)
  append(run, 50)
  append(run, 100)
  append(kept, 50)
}

/** Puts a row of `count` ones behind those of `run`. */
function append(ones: usize, count: i32): void {
  squareTimes(step, run, count)
  multiply(run, step, ones)
}

/** f to the power of 2^count. */
function squareTimes(to: usize, f: usize, count: i32): void {
  square(to, f)
  for (let i = 1; i < count; i++) square(to, to)
}

/** Reads the low 255 bits of 32 little-endian bytes. */
export function fromBytes(to: usize, bytes: usize): void {
  for (let limb: u32 = 0; limb < 10; limb++) {
    const bit = firstBit(limb)
    const mask: u32 = limb & 1 ? 0x1ffffff : 0x3ffffff
    store<u32>(to + 4 * limb, (load<u32>(bytes + (bit >> 3)) >> (bit & 7)) & mask)
  }
}

/** ⌈25.5·limb⌉ */
function firstBit(limb: u32): u32 {
  return (51 * limb + 1) >> 1
}

const frozen = memory.data(40)

/** Writes a product, or the sum of two, as 32 little-endian bytes: the only ones that stand for it. */
export function toBytes(bytes: usize, f: usize): void {
  copy(frozen, f)
  freeze()
  memory.fill(bytes, 0, 32)
  for (let limb: u32 = 0; limb < 10; limb++) {
    const bit = firstBit(limb)
    const at = bytes + (bit >> 3)
    store<u32>(at, load<u32>(at) | (load<u32>(frozen + 4 * limb) << (bit & 7)))
  }
}

/** Brings `frozen` to 0 … p − 1, with no limb below zero. */
function freeze(): void {
  // How many p it has, by the carry that 19 more would cause out of the top.
  let quotient = (19 * load<i32>(frozen, 36) + (1 << 24)) >> 25
  for (let limb: u32 = 0; limb < 10; limb++) {
    quotient = (load<i32>(frozen + 4 * limb) + quotient) >> bitsOf(limb)
  }
  store<i32>(frozen, load<i32>(frozen) + 19 * quotient)
  let carried: i32 = 0
  for (let limb: u32 = 0; limb < 10; limb++) {
    const value = load<i32>(frozen + 4 * limb) + carried
    carried = value >> bitsOf(limb)
    store<i32>(frozen + 4 * limb, value - (carried << bitsOf(limb)))
  }
}

function bitsOf(limb: u32): i32 {
  return limb & 1 ? 25 : 26
}

const encodedA = memory.data(32)
const encodedB = memory.data(32)

export function areEqual(f: usize, g: usize): bool {
  toBytes(encodedA, f)
  toBytes(encodedB, g)
  return memory.compare(encodedA, encodedB, 32) === 0
}

/** The lowest bit of what `toBytes` writes: the sign of an x coordinate. */
export function isOdd(f: usize): bool {
  toBytes(encodedA, f)
  return (load<u8>(encodedA) & 1) !== 0
}
