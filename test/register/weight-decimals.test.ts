import { expect, test } from 'vitest'
import type { CsvSource } from '../../src/register/csv-source.ts'
import { clearWeight, decimalSigns } from '../../src/register/weight-decimals.ts'

const source = (weights: readonly string[], repeatable = true): CsvSource => ({
  name: 'members.csv',
  size: undefined,
  repeatable,
  open: async function* () {
    yield Buffer.from(`number;weight\n${weights.map((weight, index) => `${index};${weight}`).join('\n')}\n`)
  },
})

test.each([
  ['a weight with one place proves the point', ['1.125', '0.5'], ['.']],
  ['one below a vote proves it', ['1.125', '0.125'], ['.']],
  ['one whose thousands would have a sign too proves it', ['1.125', '1250.125'], ['.']],
  ['the comma as well', ['1,125', '2,25'], [',']],
  ['a column of nothing but three places proves nothing', ['1.000', '2.500', '7'], []],
  ['a sign of thousands proves nothing, whatever else there is', ['1.000.000', '2.5', '1.125'], []],
  ['with both signs the first is of thousands', ['1.000,5', '2.25', '1.125'], []],
])('%s', async (_, weights, signs) => {
  expect([...(await decimalSigns(source(weights), 1))]).toEqual(signs)
})

test('a stream is not read twice, and proves nothing', async () => {
  expect([...(await decimalSigns(source(['1.125', '0.5'], false), 1))]).toEqual([])
})

test('a proven weight is told so that nobody takes it for a thousand', () => {
  expect(clearWeight(' 1.125 ', new Set(['.']))).toBe('1.1250')
  expect(clearWeight('1,125', new Set(['.']))).toBe('1,125')
  expect(clearWeight('1.000.000', new Set(['.']))).toBe('1.000.000')
})
