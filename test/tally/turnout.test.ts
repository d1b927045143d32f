import { expect, test } from 'vitest'
import { mergeSmall, smallestUnit } from '../../src/tally/turnout.ts'

const unit = (name: string, voters: number, voted = voters) => ({ name, voters, voted })

test('units large enough are shown as they are', () => {
  const units = [unit('North', smallestUnit), unit('South', 400, 12)]
  expect(mergeSmall(units)).toEqual(units)
})

test('small units are shown together, so that nobody is told by a group of three', () => {
  expect(mergeSmall([unit('A', 3, 1), unit('B', 100, 50), unit('C', 8, 2)])).toEqual([
    unit('B', 100, 50),
    { name: null, voters: 11, voted: 3 },
  ])
})

test('a single small unit is hidden behind the smallest large one, from which it could be subtracted otherwise', () => {
  expect(mergeSmall([unit('A', 3, 1), unit('B', 100, 50), unit('C', 20, 2)])).toEqual([
    unit('B', 100, 50),
    { name: null, voters: 23, voted: 3 },
  ])
})

test('no unit is lost', () => {
  const units = [3, 5, 1, 12, 90, 9, 10, 11].map((voters, index) =>
    unit(`U${index}`, voters, index % (voters + 1)),
  )
  const sum = (of: readonly { voters: number; voted: number }[]) => [
    of.reduce((total, { voters }) => total + voters, 0),
    of.reduce((total, { voted }) => total + voted, 0),
  ]
  expect(sum(mergeSmall(units))).toEqual(sum(units))
  expect(mergeSmall(units).every(({ voters }) => voters >= smallestUnit)).toBe(true)
})
