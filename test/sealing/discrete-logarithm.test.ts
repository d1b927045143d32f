import { expect, test } from 'vitest'
import { discreteLogarithm } from '../../src/sealing/discrete-logarithm.ts'
import { scalarFromInteger } from '../../src/sealing/encoding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'

const group = await loadGroup()
const times = (m: bigint) => group.multiplyBase(scalarFromInteger(m))

test.each([0n, 1n, 2n, 7n, 50n])('every total up to %i is found', (largest) => {
  for (const expected of [0, 1, 5]) {
    const logarithm = discreteLogarithm(group, { largest, expected })
    for (let m = 0n; m <= largest; m++) expect(logarithm(times(m))).toBe(m)
  }
})

test('large totals are found among a hundred million', () => {
  const logarithm = discreteLogarithm(group, { largest: 100_000_000n, expected: 5 })
  for (const m of [0n, 1n, 999_999n, 12_345_678n, 100_000_000n]) expect(logarithm(times(m))).toBe(m)
})

test('however large the totals, the table fits into memory', () => {
  let additions = 0
  const add = (point: typeof group.base) => {
    additions++
    return point
  }
  discreteLogarithm({ ...group, add }, { largest: 10n ** 15n, expected: 5 })
  expect(additions).toBeLessThanOrEqual(2 ** 22 + 1)
})

test('a total beyond the largest, a negative one, or no total at all is not found', () => {
  const logarithm = discreteLogarithm(group, { largest: 20n, expected: 2 })
  expect(logarithm(times(21n))).toBeUndefined()
  expect(logarithm(times(1000n))).toBeUndefined()
  expect(logarithm(group.subtract(group.identity, group.base))).toBeUndefined()
  expect(logarithm(group.multiplyBase(group.randomScalar()))).toBeUndefined()
})
