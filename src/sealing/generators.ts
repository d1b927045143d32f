import type { Element, Group } from './group.ts'

/**
 * The independent generators of the shuffle proof: nobody knows the discrete logarithm of one with respect
 * to another, since each is hashed onto the curve.
 *
 * They are the same for every election, so each is computed once a process and kept.
 * Source: Belenios specification 3.1, tables GetGenerator (Ed25519), GetGenerators, GetSecondaryGenerator.
 */

let secondary: Element | undefined
const numbered: Element[] = []

/** h, the generator of index −1. */
export function secondaryGenerator(group: Group): Element {
  secondary ??= generatorOf(group, -1)
  return secondary
}

/**
 * The generator h of an index from 0, with every one before it.
 * @throws RangeError for a negative index.
 */
export function generatorAt(group: Group, index: number): Element {
  while (numbered.length <= index) numbered.push(generatorOf(group, numbered.length))
  const generator = numbered[index]
  if (generator === undefined) throw new RangeError(`no generator has the index ${index}`)
  return generator
}

/**
 * The table's "abort if it is the identity or g, or was seen for another index" is left out: the indices are
 * fixed and public, so no input can provoke it, and meeting it would be a collision of SHA-256.
 */
function generatorOf(group: Group, index: number): Element {
  const y = shiftedHash(group, index)
  let doubled = group.addUnchecked(y, y)
  while (doubled === undefined) {
    increment(y)
    doubled = group.addUnchecked(y, y)
  }
  const quadrupled = onCurve(group.addUnchecked(doubled, doubled))
  return inSubgroup(onCurve(group.addUnchecked(quadrupled, quadrupled)))
}

/** SHA256("ggen|index") >> 2, a big-endian number, as 32 little-endian bytes: a y coordinate and an even x. */
function shiftedHash(group: Group, index: number): Uint8Array {
  const digest = group.sha256().update(`ggen|${index}`).digest()
  const shifted = new Uint8Array(32)
  for (let i = 0; i < 32; i++) {
    const low = digest[31 - i]! >> 2
    const carried = i === 31 ? 0 : (digest[30 - i]! & 3) << 6
    shifted[i] = low | carried
  }
  return shifted
}

function increment(littleEndian: Uint8Array): void {
  for (let i = 0; i < littleEndian.length; i++) {
    littleEndian[i] = (littleEndian[i]! + 1) & 0xff
    if (littleEndian[i] !== 0) return
  }
}

function onCurve(point: Uint8Array | undefined): Uint8Array {
  if (point === undefined) throw new RangeError('the double of a point of the curve is on the curve')
  return point
}

/** Eight times any point of the curve has no component outside the prime-order subgroup. */
function inSubgroup(point: Uint8Array): Element {
  return point as Element
}
