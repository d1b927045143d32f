import fc from 'fast-check'
import { expect, test } from 'vitest'
import { embedIntegers, extractIntegers } from '../../src/sealing/embedding.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'

const group = await loadGroup()

test('what is embedded is extracted, whatever the integers', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 30 }), (integers) => {
      const point = embedIntegers(group, integers)
      expect(group.isElement(point)).toBe(true)
      expect(extractIntegers(point, integers.length)).toEqual(integers)
    }),
    { numRuns: 100 },
  )
})

test('the integers are the leading digits of the point, above fourteen bits of padding', () => {
  const hex = elementToHex(embedIntegers(group, [1, 2, 3]))
  expect(BigInt(`0x${hex}`) >> 14n).toBe(0x010203n)
})

test('the padding is the smallest that gives an element', () => {
  const point = embedIntegers(group, [7, 9])
  for (let padding = (point[0]! | (point[1]! << 8)) & 0x3fff; padding > 0; padding--) {
    const smaller = point.slice()
    smaller[0] = (padding - 1) & 255
    smaller[1] = (point[1]! & 0xc0) | ((padding - 1) >> 8)
    expect(group.isElement(smaller)).toBe(false)
  }
})

test('all zeros are the identity, which is a plaintext like any other', () => {
  expect(embedIntegers(group, new Array<number>(30).fill(0))).toEqual(group.identity)
  expect(extractIntegers(group.identity, 30)).toEqual(new Array<number>(30).fill(0))
})

test('thirty full bytes fit', () => {
  const integers = new Array<number>(30).fill(255)
  expect(extractIntegers(embedIntegers(group, integers), 30)).toEqual(integers)
})

test.each([
  ['a thirty-first integer', new Array<number>(31).fill(0)],
  ['a byte and a bit', [256]],
  ['a negative number', [-1]],
  ['a fraction', [1.5]],
])('%s does not fit', (_, integers) => {
  expect(() => embedIntegers(group, integers)).toThrow(RangeError)
})

test('no more integers are extracted than fit', () => {
  expect(() => extractIntegers(group.identity, 31)).toThrow(RangeError)
})
