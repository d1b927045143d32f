import { afterEach, expect, test, vi } from 'vitest'
import { randomBelow } from '../../src/sealing/random-below.ts'

afterEach(() => vi.restoreAllMocks())

/** What the platform's generator gives, one after the other. */
function drawing(...words: number[]) {
  return vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    ;(array as unknown as Uint32Array)[0] = words.shift()!
    return array
  })
}

// 2^32 = 5 · 858,993,459 + 1: the last number would make 0 likelier.
test('a number that would favour the small ones is drawn again', () => {
  const generator = drawing(2 ** 32 - 1, 7)
  expect(randomBelow(5)).toBe(2)
  expect(generator).toHaveBeenCalledTimes(2)
})

test('the greatest number that favours nobody counts', () => {
  const generator = drawing(2 ** 32 - 2)
  expect(randomBelow(5)).toBe(4)
  expect(generator).toHaveBeenCalledTimes(1)
})
