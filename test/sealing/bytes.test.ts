import { expect, test } from 'vitest'
import { compareBytes, equalBytes } from '../../src/sealing/bytes.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

test('bytes are in the order of the first place in which they differ', () => {
  expect(compareBytes(bytes(1, 2, 9), bytes(1, 3, 0))).toBeLessThan(0)
  expect(compareBytes(bytes(1, 3, 0), bytes(1, 2, 9))).toBeGreaterThan(0)
  expect(compareBytes(bytes(1, 2, 3), bytes(1, 2, 3))).toBe(0)
})

test('bytes are equal if every one is, and their number', () => {
  expect(equalBytes(bytes(1, 2), bytes(1, 2))).toBe(true)
  expect(equalBytes(bytes(1, 2), bytes(1, 3))).toBe(false)
  expect(equalBytes(bytes(1, 2), bytes(1, 2, 0))).toBe(false)
  expect(equalBytes(bytes(1, 2, 0), bytes(1, 2))).toBe(false)
})
