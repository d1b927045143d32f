import { beforeAll, describe, expect, test } from 'vitest'
import { elementFromHex, elementToHex, hexOf, scalarFromInteger } from '../../src/sealing/encoding.ts'
import { type Element, type Group, groupOrder, type Scalar } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'

const backends = ['sodium-native', 'libsodium-sumo'] as const

describe.each(backends)('the group on %s', (backend) => {
  let group: Group
  beforeAll(async () => {
    group = await loadGroup({ backend })
  })

  test('says which library does the work', () => {
    expect(group.backend).toBe(backend)
  })

  test('multiplies by zero, and multiplies the identity, which libsodium itself refuses', () => {
    const p = group.multiplyBase(group.randomScalar())
    expect(group.multiplyBase(group.zero)).toEqual(group.identity)
    expect(group.multiply(p, group.zero)).toEqual(group.identity)
    expect(group.multiply(group.identity, group.randomScalar())).toEqual(group.identity)
    expect(group.multiply(group.identity, group.zero)).toEqual(group.identity)
  })

  test('adds and subtracts to the identity and with it', () => {
    const p = group.multiplyBase(group.randomScalar())
    expect(group.subtract(p, p)).toEqual(group.identity)
    expect(group.add(p, group.identity)).toEqual(p)
    expect(group.subtract(p, group.identity)).toEqual(p)
    expect(group.add(group.identity, group.identity)).toEqual(group.identity)
  })

  test('(q − 1)·G is the negative of G', () => {
    const minusOne = group.negateScalar(group.one)
    expect(minusOne).toEqual(scalarFromInteger(groupOrder - 1n))
    expect(group.add(group.multiplyBase(minusOne), group.base)).toEqual(group.identity)
  })

  test('scalars follow the laws of a field', () => {
    const [a, b, c] = [group.randomScalar(), group.randomScalar(), group.randomScalar()]
    const left = group.multiplyScalars(a, group.addScalars(b, c))
    const right = group.addScalars(group.multiplyScalars(a, b), group.multiplyScalars(a, c))
    expect(left).toEqual(right)
    expect(group.subtractScalars(group.addScalars(a, b), b)).toEqual(a)
    expect(group.addScalars(a, group.negateScalar(a))).toEqual(group.zero)
  })

  test('multiplication distributes over addition, from the base and from any point', () => {
    const [a, b] = [group.randomScalar(), group.randomScalar()]
    const p = group.multiplyBase(group.randomScalar())
    const sum = group.addScalars(a, b)
    expect(group.multiplyBase(sum)).toEqual(group.add(group.multiplyBase(a), group.multiplyBase(b)))
    expect(group.multiply(p, sum)).toEqual(group.add(group.multiply(p, a), group.multiply(p, b)))
  })

  test('the base is an element, and so is the identity', () => {
    expect(elementToHex(group.base)).toBe(`${'6'.repeat(62)}58`)
    expect(group.isElement(group.base)).toBe(true)
    expect(group.isElement(group.identity)).toBe(true)
  })

  test.each([
    ['a number that is no point', `${'0'.repeat(63)}2`],
    ['the point of order 2', `7${'f'.repeat(61)}ec`],
    ['a point of order 4', '0'.repeat(64)],
    ['a point of order 8', '7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7'],
    ['the identity written as y + p', `7${'f'.repeat(61)}ee`],
    ['the identity with a sign', `80${'0'.repeat(61)}1`],
  ])('%s is no element', (_, hex) => {
    expect(elementFromHex(group, hex)).toBeUndefined()
  })

  test('an element plus a point of small order is no element', () => {
    const ofOrderTwo = Uint8Array.of(0xec, ...new Uint8Array(30).fill(0xff), 0x7f)
    const mixed = group.addUnchecked(group.base, ofOrderTwo)
    expect(mixed).toBeDefined()
    expect(group.isElement(mixed!)).toBe(false)
  })

  test('adding what is no point gives nothing', () => {
    const noPoint = Uint8Array.of(2, ...new Uint8Array(31))
    expect(group.addUnchecked(group.base, noPoint)).toBeUndefined()
    expect(() => group.add(group.base, noPoint as Element)).toThrow(RangeError)
    expect(() => group.multiply(noPoint as Element, group.one)).toThrow(RangeError)
  })

  test('hashes in pieces what it hashes at once, however long the pieces', () => {
    const text = 'Þe olde ballot box '.repeat(3000)
    const pieces = group.sha256()
    for (const character of text) pieces.update(character)
    expect(pieces.digest()).toEqual(group.sha256().update(text).digest())
    expect(group.sha256().update(new TextEncoder().encode(text)).digest()).toEqual(
      group.sha256().update(text).digest(),
    )
    expect(hexOf(group.sha256().update('abc').digest())).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  test('hashes text and bytes in the order they came', () => {
    const mixed = group.sha256().update('a').update(Uint8Array.of(98)).update('c')
    expect(mixed.digest()).toEqual(group.sha256().update('abc').digest())
  })

  test('chance stays below its bound and reaches all of it', () => {
    const drawn = new Set(Array.from({ length: 500 }, () => group.randomBelow(5)))
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4])
    expect(group.randomBelow(1)).toBe(0)
    expect(group.randomBelow(2 ** 32)).toBeLessThan(2 ** 32)
    expect(() => group.randomBelow(0)).toThrow(RangeError)
    expect(() => group.randomBelow(2 ** 32 + 1)).toThrow(RangeError)
  })

  test('gives as many random bytes as asked, even more than the platform gives at once', () => {
    expect(group.randomBytes(100_000)).toHaveLength(100_000)
    expect(
      group
        .randomBytes(100_000)
        .subarray(70_000)
        .some((byte) => byte !== 0),
    ).toBe(true)
  })

  test('wiping leaves zeros', () => {
    const secret = group.randomScalar()
    group.wipe(secret)
    expect(secret).toEqual(group.zero)
  })
})

test('both libraries compute the same', async () => {
  const [native, sumo] = await Promise.all(backends.map((backend) => loadGroup({ backend })))
  const results = [native!, sumo!].map((group) => {
    const bytes = Uint8Array.from({ length: 64 }, (_, index) => index * 7)
    const s: Scalar = group.reduce(bytes)
    const t = group.multiplyScalars(s, group.addScalars(s, group.one))
    const p = group.multiplyBase(s)
    const q = group.multiply(p, t)
    return [s, t, group.negateScalar(t), p, q, group.add(p, q), group.subtract(p, q)].map(hexOf)
  })
  expect(results[0]).toEqual(results[1])
})

test('without being told, it takes the native library where there is one', async () => {
  expect((await loadGroup()).backend).toBe('sodium-native')
})
