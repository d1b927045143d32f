import { expect, test } from 'vitest'
import { z } from 'zod'
import { rulesOfFlags } from '../../src/cli/rule-flags.ts'
import { type RuleSchema, valuesOf } from '../../src/cli/rule-values.ts'
import type { Method } from '../../src/tabulation/method.ts'
import { irv } from '../../src/tabulation/methods/irv.ts'

/** A method whose only rule is of some kind. */
function methodWith(rule: z.ZodType): Method {
  return { ...irv, rules: z.strictObject({ rule }) }
}

function wordsOf(rule: z.ZodType): string {
  const { properties = {} } = z.toJSONSchema(z.strictObject({ rule }), { io: 'input' })
  return valuesOf(properties.rule as RuleSchema)
}

const share = z.strictObject({
  of: z.tuple([z.int(), z.int()]),
  reach: z.enum(['more than', 'at least']),
})

test.each<[z.ZodType, string, string, unknown]>([
  [z.enum(['all', 'none']), 'all, none', 'none', 'none'],
  [z.literal('all'), 'all', 'all', 'all'],
  [z.int(), 'a whole number', '-3', -3],
  [z.int().min(2).max(9), 'a whole number from 2 to 9', '4', 4],
  [z.int().max(9), 'a whole number up to 9', '0', 0],
  [z.number().positive(), 'a number above 0', '0.5', 0.5],
  [z.string().describe('an exact decimal'), 'an exact decimal', '1.50', '1.50'],
  [z.boolean(), 'yes, no', 'yes', true],
  [z.int().nullable(), 'a whole number; or none', 'none', null],
  [z.union([z.literal('all'), z.int().min(0)]), 'all; or a whole number from 0', '7', 7],
  [z.array(z.enum(['a b', 'c'])), 'one after the other: a b, c', 'c, a-b', ['c', 'a b']],
  [z.array(z.int()), 'a list with commas, each a whole number', '3,2,1', [3, 2, 1]],
  [z.array(z.string()), 'a list with commas, each a text', '', []],
  [z.tuple([z.int(), z.int()]), 'a fraction, such as 1/2', '2 / 3', [2, 3]],
  [share, 'a share, such as "at least 60%"', 'at least 60%', { of: [60, 100], reach: 'at least' }],
  [z.strictObject({ a: z.int() }), 'a table of a (a whole number)', '{"a": 1}', { a: 1 }],
])('a rule of any kind is told in words, and read as it is written: %#', (schema, words, text, value) => {
  expect(wordsOf(schema)).toBe(words)
  expect(rulesOfFlags(methodWith(schema), { pairs: [`rule=${text}`], inFile: {} })).toEqual({ rule: value })
})
