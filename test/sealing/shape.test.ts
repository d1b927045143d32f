import { expect, test } from 'vitest'
import { parseCanonical, text } from '../../src/sealing/canonical-json.ts'
import { haveSameShape, leavesOf, mapShape, shapesFormat, zipShapes } from '../../src/sealing/shape.ts'

const nested = [['a'], [['b', 'c'], []]]

test('leaves are visited from the first to the last, with their places', () => {
  expect([...leavesOf<string>(nested)]).toEqual([
    { value: 'a', place: '[0][0]' },
    { value: 'b', place: '[1][0][0]' },
    { value: 'c', place: '[1][0][1]' },
  ])
})

test('changing the leaves keeps the shape', () => {
  const lengths = mapShape<string, number>(nested, (leaf) => leaf.length)
  expect(lengths).toEqual([[1], [[1, 1], []]])
  expect(haveSameShape(lengths, nested)).toBe(true)
})

test.each([
  [
    'a leaf more',
    [
      ['a', 'x'],
      [['b', 'c'], []],
    ],
  ],
  ['a leaf for an array', [['a'], ['b', []]]],
  ['an array for a leaf', [[['a']], [['b', 'c'], []]]],
  ['an array less', [['a'], [['b', 'c']]]],
  ['a leaf', 'a'],
])('%s is another shape', (_, other) => {
  expect(haveSameShape(nested, other)).toBe(false)
  expect(haveSameShape(other, nested)).toBe(false)
  expect(() => zipShapes<string, string, string>(nested, other, (a) => a)).toThrow(RangeError)
})

test('two of the same shape are combined leaf by leaf', () => {
  expect(zipShapes<string, string, string>(nested, nested, (a, b) => a + b)).toEqual([
    ['aa'],
    [['bb', 'cc'], []],
  ])
})

test('shapes are read as they are written, three levels deep and no deeper', () => {
  const format = shapesFormat(text)
  const json = '[["a"],[["b","c"],[]]]'
  expect(parseCanonical(format, json)).toEqual({ ok: true, value: nested })
  expect(format.write(nested)).toBe(json)
  expect(parseCanonical(format, '[[[["a"]]]]')).toEqual({
    ok: false,
    malformation: { code: 'wrong-shape', place: '[0][0][0]' },
  })
})
