import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readOpenSlidesBallot } from '../../src/tabulation/openslides/ballot.ts'
import { openSlidesPollSchema } from '../../src/tabulation/openslides/poll.ts'
import { openSlidesResult } from '../../src/tabulation/openslides/result.ts'
import { type JsonNode, readStrictJson } from '../../src/tabulation/openslides/strict-json.ts'
import { castFault, readBallotParts } from '../../src/tabulation/openslides/vote-split.ts'
import { voteWeight } from '../../src/tabulation/openslides/vote-weight.ts'
import { propertyRuns } from '../support/property-runs.ts'

fc.configureGlobal({ numRuns: propertyRuns })

function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'string':
      return node.text
    case 'number':
    case 'literal':
      return JSON.parse(node.text)
    case 'array':
      return node.items.map(plain)
    case 'object':
      return Object.fromEntries(node.members.map(([key, value]) => [key, plain(value)]))
  }
}

describe('JSON of a ballot', () => {
  test('is read as any reader of JSON reads it', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 3, noUnicodeString: false }),
        fc.constantFrom(0, 2),
        (value, space) => {
          const text = JSON.stringify(value, undefined, space)
          expect(plain(readStrictJson(text)!)).toEqual(JSON.parse(text))
        },
      ),
    )
  })

  test('is refused where any reader of JSON refuses it', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '-',
      '01',
      '.5',
      'null',
      ' ',
      '\n',
    )
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 8 }).map((all) => all.join('')),
      fc.string(),
    )
    fc.assert(
      fc.property(texts, (text) => {
        try {
          JSON.parse(text)
        } catch {
          expect(readStrictJson(text)).toBeUndefined()
        }
      }),
    )
  })

  test.each([
    ['a key twice', '{"1":3,"1":4}'],
    ['a key twice, once escaped', '{"1":3,"\\u0031":4}'],
    ['a value after the end', '[1] 2'],
    ['a comma at the end', '[1,]'],
    ['a control character in a string', '"\n"'],
    ['more depth than any ballot has', '[[[[[1]]]]]'],
  ])('with %s is refused', (_, text) => {
    expect(readStrictJson(text)).toBeUndefined()
  })
})

const selection = openSlidesPollSchema.parse({
  method: 'selection',
  options: [4, 7],
  config: { min_options_amount: 0, max_options_amount: 1, allow_nota: true },
})
const scores = openSlidesPollSchema.parse({
  method: 'rating_score',
  options: [1, 2],
  config: { max_votes_per_option: 3, min_vote_sum: 2, max_vote_sum: 5 },
})
const answers = openSlidesPollSchema.parse({ method: 'rating_approval', options: [1, 2] })
const motion = openSlidesPollSchema.parse({ method: 'approval', allow_vote_split: true })

describe('a ballot of OpenSlides', () => {
  test.each([
    [selection, '[7]', undefined],
    [selection, '"NOTA"', undefined],
    [selection, '[4,7]', 'too many options'],
    [selection, '[7.0]', 'unknown option'],
    [selection, '["7"]', 'unknown option'],
    [selection, '{"7":1}', 'wrong form'],
    [scores, '{"1":3,"2":2}', undefined],
    [scores, '{"1":4}', 'score out of range'],
    [scores, '{"1":1e1}', 'score out of range'],
    [scores, '{"1":1}', 'too few points'],
    [scores, '{"1":3,"2":3}', 'too many points'],
    [scores, '{"+1":3}', 'unknown option'],
    [answers, '{"1":"YES","2":"abstain"}', undefined],
    [answers, '{"1":"maybe"}', 'unknown answer'],
    [answers, '{"1":"toString"}', 'unknown answer'],
    [motion, '"yes', 'no JSON'],
    [motion, 'true', 'unknown answer'],
  ])('%o %s: %s', (poll, text, fault) => {
    const read = readOpenSlidesBallot(poll, text)
    expect(read.kind === 'invalid' ? read.fault : undefined).toBe(fault)
  })

  test.each([
    ['more than the voter has', '{"0.7":"yes","0.4":"no"}', '1', 'parts exceed the weight'],
    ['a part named twice', '{"0.5":"yes","0.50":"no"}', '1', 'repeated part'],
    ['a part of a seventh place', '{"0.0000001":"yes"}', '1', 'weight out of range'],
    ['a part that is no ballot', '[{"weight":"1","value":"x"}]', '1', 'unknown answer'],
    ['a part with more than weight and value', '[{"weight":"1","value":"yes","to":1}]', '1', 'wrong form'],
    ['a weight as a number', '[{"weight":1,"value":"yes"}]', '1', 'wrong form'],
    ['a voter of no weight', '{"1":"yes"}', '0', 'no vote'],
  ])('a split with %s is refused', (_, value, weight, fault) => {
    expect(readBallotParts(motion, { value, weight, split: true })).toEqual({ kind: 'invalid', fault })
  })

  test('a split may leave weight unused, and is exact to six places', () => {
    const ballot = { value: '{"0.000001":"yes","0.1":"no","0.2":"no"}', weight: '1', split: true }
    expect(openSlidesResult(motion, [ballot])).toEqual({ yes: '0.000001', no: '0.3' })
  })

  test('an invalid ballot is refused, or stored and counted where the poll allows it', () => {
    const ballot = { value: '???', weight: '2', split: false }
    expect(castFault(motion, ballot)).toBe('no JSON')
    const tolerant = { ...motion, allow_invalid: true }
    expect(castFault(tolerant, ballot)).toBeUndefined()
    expect(openSlidesResult(tolerant, [ballot, ballot])).toEqual({ invalid: 2 })
  })

  test('no poll takes a split that it does not allow, nor a weight that is none', () => {
    const tolerant = openSlidesPollSchema.parse({ method: 'approval', allow_invalid: true })
    expect(castFault(tolerant, { value: '{"1":"yes"}', weight: '1', split: true })).toBe('split not allowed')
    expect(castFault(tolerant, { value: '"yes"', weight: '-1', split: false })).toBe('weight out of range')
  })

  test('a ballot that answers for no option abstains', () => {
    const blank = { value: '{}', weight: '5', split: false }
    expect(openSlidesResult(answers, [blank])).toEqual({ abstain: '5' })
  })
})

test('a weight in the meeting comes before the usual one, and 1 where votes are not weighed', () => {
  const member = { inMeeting: '3.500000', usual: '2' }
  expect(voteWeight({ weighsVotes: true }, member)).toBe('3.5')
  expect(voteWeight({ weighsVotes: false }, member)).toBe('1')
  expect(() => voteWeight({ weighsVotes: true }, { usual: '-1' })).toThrow(
    expect.objectContaining({ code: 'weight-invalid' }),
  )
})
