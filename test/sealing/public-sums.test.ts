import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scalarFromInteger } from '../../src/sealing/encoding.ts'
import type { Term } from '../../src/sealing/group.ts'
import { type Element, groupOrder, type Scalar } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'

const group = await loadGroup()

/** The same by libsodium, one multiple after the other. */
function slowSum(terms: readonly Term[]): Element {
  return terms.reduce(
    (sum, { point, scalar }) => group.add(sum, group.multiply(point, scalar)),
    group.identity,
  )
}

function randomTerms(count: number): Term[] {
  return Array.from({ length: count }, () => ({
    point: group.multiplyBase(group.randomScalar()),
    scalar: group.randomScalar(),
  }))
}

/** Scalars whose digits are all the lowest, the highest, or carry all the way. */
const oddScalars = [
  0n,
  1n,
  7n,
  8n,
  9n,
  128n,
  129n,
  255n,
  2n ** 128n - 1n,
  2n ** 252n - 1n,
  2n ** 252n,
  0x8888888888888888888888888888888888888888888888888888888888888888n % 2n ** 252n,
  0x7777777777777777777777777777777777777777777777777777777777777777n % 2n ** 252n,
  0x8080808080808080808080808080808080808080808080808080808080808080n % 2n ** 252n,
  groupOrder - 1n,
].map(scalarFromInteger)

const oddPoints = [
  group.identity,
  group.base,
  group.multiplyBase(group.negateScalar(group.one)),
  group.multiplyBase(scalarFromInteger(2n)),
]

const eachOdd: Term[] = oddPoints.flatMap((point) => oddScalars.map((scalar) => ({ point, scalar })))

test.each([0, 1, 2, 3, 17, 150, 2100])('the sum of %d terms is what libsodium makes of them', (count) => {
  const terms = randomTerms(count)
  expect(group.public.sum(terms)).toEqual(slowSum(terms))
})

test('the sum of odd scalars and points is what libsodium makes of them, each alone and all together', () => {
  for (const term of eachOdd) expect(group.public.sum([term])).toEqual(slowSum([term]))
  expect(group.public.sum(eachOdd)).toEqual(slowSum(eachOdd))
})

test('several sums over few points are what libsodium makes of each, whether tables are kept or not', () => {
  const common = [group.base, group.multiplyBase(group.randomScalar())]
  const points = [...common, ...randomTerms(3).map(({ point }) => point), ...oddPoints]
  const point = fc.constantFrom(...points)
  const scalar = fc.oneof(
    fc.constantFrom(...oddScalars),
    fc.bigInt(0n, groupOrder - 1n).map(scalarFromInteger),
  )
  const sums = fc.array(fc.array(fc.record({ point, scalar }), { maxLength: 6 }), { maxLength: 5 })
  fc.assert(
    fc.property(sums, fc.constantFrom([], common), (sums, common) => {
      expect(group.public.sumEach({ common, sums })).toEqual(sums.map(slowSum))
    }),
    { numRuns: 60 },
  )
})

test('more points than tables are kept for come out right in any order', () => {
  const points = randomTerms(9).map(({ point }) => point)
  for (const point of [...points, ...points.toReversed(), ...points]) {
    const terms = [{ point, scalar: group.randomScalar() }]
    expect(group.public.sumEach({ common: [point], sums: [terms] })).toEqual([slowSum(terms)])
  }
})

test('many sums in a row follow libsodium: the arithmetic has no rare slip', () => {
  let [point, expected] = [group.base, group.base]
  let scalar: Scalar = group.randomScalar()
  for (let round = 0; round < 3000; round++) {
    point = group.public.sum([{ point, scalar }])
    expected = group.multiply(expected, scalar)
    scalar = group.reduce(new Uint8Array([...point, ...scalar]))
  }
  expect(point).toEqual(expected)
})

test('what is no point of the curve is a mistake of ours, and is said', () => {
  const noPoint = new Uint8Array(32).fill(2) as Element
  expect(group.addUnchecked(noPoint, group.base)).toBeUndefined()
  expect(() => group.public.sum([{ point: noPoint, scalar: group.one }])).toThrow(RangeError)
})
