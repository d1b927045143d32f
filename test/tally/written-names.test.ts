import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergedDecisions, parseWriteInDecision } from '../../src/tally/write-in-decisions.ts'
import { resolveWrittenNames } from '../../src/tally/written-names.ts'

const printed = { options: ['Ada Byron', 'Nobody'], none: 1 }

function resolved(names: readonly string[], ...decisions: string[]) {
  return resolveWrittenNames(names, printed, mergedDecisions([], decisions.map(parseWriteInDecision)))
}

test('a name is called as most voters wrote it, of equals by the first in code order', () => {
  expect(resolved(['zoe q', 'Zoe Q', 'zoe q']).options).toEqual([...printed.options, 'zoe q (write-in)'])
  expect(resolved(['zoe q', 'Zoe Q']).options).toEqual([...printed.options, 'Zoe Q (write-in)'])
})

test('who writes none of the above has written a name, which never counts beside another choice as if it did not', () => {
  expect(resolved(['nobody']).options).toEqual([...printed.options, 'nobody (write-in)'])
})

test('officers put a name onto one that is printed, onto one that was written, or onto one that nobody wrote', () => {
  const names = ['ada b', 'zoe', 'Zoe Quinn', 'kim']
  const { options, optionOf } = resolved(names, 'ADA B=ada byron', 'zoe=zoe quinn', 'Kim=Kim Ito')
  expect(options).toEqual([...printed.options, 'Kim Ito (write-in)', 'zoe quinn (write-in)'])
  expect(names.map(optionOf)).toEqual([0, 3, 3, 2])
})

test('a decision can be taken back, and the last of a name stands', () => {
  const earlier = [parseWriteInDecision('kim=Ada Byron'), parseWriteInDecision('zoe=')]
  const later = [parseWriteInDecision('Kim=Zoe'), parseWriteInDecision('zoe=Zoe')]
  expect(mergedDecisions(earlier, later)).toEqual([{ spelling: 'Kim', to: 'Zoe' }])
})

test.each(['kim', '=Kim', '…=Kim', 'kim=…', ''])('"%s" says nothing of a name', (text) => {
  expect(() => parseWriteInDecision(text)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})

test('nobody can fill the count with more names than it takes: those whom fewest wrote are set aside', () => {
  const names = Array.from({ length: 33_000 }, (_, index) => `Voter ${index}`)
  const { options, setAside, optionOf } = resolved([...names, 'Voter 32999'])
  expect(options).toHaveLength(32_767)
  expect(setAside).toHaveLength(33_000 + 2 - 32_767)
  expect(optionOf('Voter 32999')).toBeDefined()
})

describe('whoever has the ballots', () => {
  test('gets the same options, whatever the order in which they were opened', () => {
    const letters = fc.constantFrom('a', 'A', 'é', 'É', 'ß', 'ss', ' ', 'ada byron')
    const name = fc.array(letters, { minLength: 1, maxLength: 4 }).map((each) => `x${each.join('')}`)
    fc.assert(
      fc.property(
        fc
          .array(name, { maxLength: 12 })
          .chain((names) =>
            fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length })),
          ),
        ([names, shuffled]) => {
          const [one, two] = [resolved(names), resolved(shuffled)]
          expect(two.options).toEqual(one.options)
          expect(two.written).toEqual(one.written)
          expect(new Set(one.options).size).toBe(one.options.length)
          expect(names.map(two.optionOf)).toEqual(names.map(one.optionOf))
        },
      ),
    )
  })
})
