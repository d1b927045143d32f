import {
  addTo,
  compressAll,
  decompress,
  doubleTimes,
  pointSize,
  setIdentity,
  setUp,
  subtractFrom,
  toAddend,
} from './point'

/**
 * Sums of multiples of public points. How long they take depends on the scalars: never for a secret.
 *
 * Both ways avoid doubling anew for each multiple. Scalars, of 32 little-endian bytes and below 2^253, are read as
 * signed digits; an addend goes to the bucket of its digit, and the buckets are added up at the end, each as often as
 * its digit says. Sources: Brickell, Gordon, McCurley and Wilson, "Fast exponentiation with precomputation", 1992;
 * Pippenger, "On the evaluation of powers and monomials", 1980.
 */

/** The first byte that is the caller's to use. */
export const firstFree: usize = __heap_base

export { compressAll, setUp }

const point = memory.data(160)
const addend = memory.data(160)
const running = memory.data(160)

/** Digits of 4 bits: 64 of them in a scalar. */
const digits: usize = 64
/** The buckets of digits 1 … 8. */
const buckets: usize = 8
const bucketPoints = memory.data(8 * 160)

/** What `writePowers` takes. */
export const powersSize: usize = digits * pointSize

/** Of a point: 1, 16, 16², … 16^63 times it, as addends. */
export function writePowers(powers: usize, bytes: usize): bool {
  if (!decompress(point, bytes)) return false
  for (let i: usize = 0; i < digits; i++) {
    toAddend(powers + i * pointSize, point)
    doubleTimes(point, 4)
  }
  return true
}

export function startSum(): void {
  clear(bucketPoints, buckets)
}

/** Adds a multiple of the point to the sum. */
export function addMultiple(powers: usize, scalar: usize): void {
  let carried: i32 = 0
  for (let i: usize = 0; i < digits; i++) {
    let digit = ((<i32>load<u8>(scalar + (i >> 1)) >> (4 * (<i32>i & 1))) & 15) + carried
    carried = digit > 8 ? 1 : 0
    digit -= 16 * carried
    addToBucket(bucketPoints, digit, powers + i * pointSize)
  }
}

export function finishSum(to: usize): void {
  addUp(to, bucketPoints, buckets)
}

/** Digits of 8 bits: 32 of them in a scalar, each with 128 entries in a table. */
const tableDigits: usize = 32
const tableEntries: usize = 128

/** What `writeTable` takes. */
export const tableSize: usize = tableDigits * tableEntries * pointSize

/** Of a point: 1 … 128 times 256^i times it, for each i, as addends. */
export function writeTable(table: usize, bytes: usize): bool {
  if (!decompress(point, bytes)) return false
  for (let i: usize = 0; i < tableDigits; i++) {
    const entries = table + i * tableEntries * pointSize
    toAddend(entries, point)
    for (let j: usize = 1; j < tableEntries; j++) {
      addTo(point, entries)
      toAddend(entries + j * pointSize, point)
    }
    // From 128 times to 256 times.
    doubleTimes(point, 1)
  }
  return true
}

/** Adds a multiple of the table's point to a point: no bucket is needed. */
export function addFromTable(to: usize, table: usize, scalar: usize): void {
  let carried: i32 = 0
  for (let i: usize = 0; i < tableDigits; i++) {
    let digit = <i32>load<u8>(scalar + i) + carried
    carried = digit > 128 ? 1 : 0
    digit -= 256 * carried
    const entries = table + i * tableEntries * pointSize
    if (digit > 0) addTo(to, entries + <usize>(digit - 1) * pointSize)
    else if (digit < 0) subtractFrom(to, entries + <usize>(-digit - 1) * pointSize)
  }
}

/** Bytes from one scalar to the next in `sumMultiples`: a digit may be read across a scalar's end. */
export const scalarStride: usize = 36

/**
 * The sum of `count` points, each times its scalar.
 * @param width bits of a digit, 2 to 15
 * @param room for as many points as there are, then 2^(width − 1), then `count · ⌈255/width⌉` numbers of two bytes
 * @returns whether all are points
 */
export function sumMultiples(
  to: usize,
  bytes: usize,
  scalars: usize,
  count: usize,
  width: i32,
  room: usize,
): bool {
  const addends = room
  const bucketsHere = addends + count * pointSize
  const bucketCount: usize = 1 << (<usize>width - 1)
  const recoded = bucketsHere + bucketCount * pointSize
  const windows = (254 + width) / width
  for (let i: usize = 0; i < count; i++) {
    if (!decompress(point, bytes + 32 * i)) return false
    toAddend(addends + i * pointSize, point)
    recode(recoded + 2 * i, scalars + scalarStride * i, width, windows, 2 * count)
  }
  setIdentity(to)
  for (let window = windows - 1; window >= 0; window--) {
    doubleTimes(to, width)
    clear(bucketsHere, bucketCount)
    const here = recoded + <usize>window * 2 * count
    for (let i: usize = 0; i < count; i++) {
      addToBucket(bucketsHere, load<i16>(here + 2 * i), addends + i * pointSize)
    }
    addUp(point, bucketsHere, bucketCount)
    toAddend(addend, point)
    addTo(to, addend)
  }
  return true
}

/** Writes the signed digits of a scalar, the lowest first, `stride` bytes from one to the next. */
function recode(to: usize, scalar: usize, width: i32, windows: i32, stride: usize): void {
  const base: i32 = 1 << width
  let carried: i32 = 0
  for (let window = 0; window < windows; window++) {
    const bit = window * width
    const read = (load<u32>(scalar + (bit >> 3)) >> (bit & 7)) & (base - 1)
    let digit = <i32>read + carried
    carried = digit > base >> 1 ? 1 : 0
    digit -= base * carried
    store<i16>(to + <usize>window * stride, <i16>digit)
  }
}

function addToBucket(first: usize, digit: i32, added: usize): void {
  if (digit > 0) addTo(first + <usize>(digit - 1) * pointSize, added)
  else if (digit < 0) subtractFrom(first + <usize>(-digit - 1) * pointSize, added)
}

function clear(first: usize, count: usize): void {
  for (let i: usize = 0; i < count; i++) setIdentity(first + i * pointSize)
}

/** The first bucket once, the second twice, and so on. */
function addUp(to: usize, first: usize, count: usize): void {
  setIdentity(to)
  setIdentity(running)
  for (let i = count; i-- > 0; ) {
    toAddend(addend, first + i * pointSize)
    addTo(running, addend)
    toAddend(addend, running)
    addTo(to, addend)
  }
}
