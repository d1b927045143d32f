import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bltReader, readBlt } from '../../src/interchange/blt.ts'
import { writeBlt } from '../../src/interchange/blt-writer.ts'
import { unpackRanking } from '../../src/tabulation/ballot-groups.ts'
import { formatDecimal } from '../../src/tabulation/decimal.ts'
import { rankedElections, rankingsOf } from '../support/arbitrary-elections.ts'
import { corpusFolder } from '../support/corpus.ts'
import { letters } from '../support/rankings.ts'

const plain = `3 2
4 1 2 0
1 3 0
2 0
0
"Ada"
"Ben"
"Cem"
"Board"
`

/** Ballots as text: weight, then ranks. */
function ballotsOf({ ballots }: ReturnType<typeof readBlt>): string[] {
  return Array.from({ length: ballots.count }, (_, group) => {
    const weight = formatDecimal(ballots.weights[group]!, ballots.weightPlaces)
    const ranks = unpackRanking(ballots, group).map(
      (rank) => rank.map((option) => option + 1).join('=') || '-',
    )
    return [weight, ...ranks].join(' ')
  })
}

test('a plain file', () => {
  const file = readBlt(plain)
  expect(file).toMatchObject({
    title: 'Board',
    options: ['Ada', 'Ben', 'Cem'],
    seats: 2,
    withdrawn: [],
    warnings: [],
  })
  expect(ballotsOf(file)).toEqual(['4 1 2', '1 3', '2'])
})

test('withdrawn options, shared and empty ranks, comments, a byte order mark, decimal weights, several ballots on a line', () => {
  const file = readBlt(`\uFEFF4 1 # four options
-2 -4
1.5 1=3 - 2 0  2 4 0 # two ballots
0.25 2 = 1
  0 0
"A" "B" # two names on a line
"C" "D" "Title"`)
  expect(file).toMatchObject({
    options: ['A', 'B', 'C', 'D'],
    title: 'Title',
    withdrawn: [1, 3],
    warnings: [],
  })
  expect(ballotsOf(file)).toEqual(['1.5 1=3 - 2', '2 4', '0.25 1=2'])
})

test.each([
  ['without quotes', 'Ada Ash\nBen Bay\nThe Board', ['Ada Ash', 'Ben Bay', 'The Board']],
  [
    'with doubled quotes inside',
    '"Ada ""Independent"""\n"""Ben"" Bay"\n"T"',
    ['Ada "Independent"', '"Ben" Bay', 'T'],
  ],
  ['with quotes inside that are not doubled', '"Ada "Ace" Ash"\n"Ben"\n"T"', ['Ada "Ace" Ash', 'Ben', 'T']],
  ['with a comma after every line', 'Ada,\nBay,Ben,\nT,', ['Ada', 'Bay,Ben', 'T']],
  ['with empty lines between', '\n"Ada"\r\n\r\n"Ben"\r\n"T"\r\n', ['Ada', 'Ben', 'T']],
  ['with an empty title', '"Ada"\n"Ben"\n""', ['Ada', 'Ben', '']],
  ['and without a title', '"Ada"\n"Ben"', ['Ada', 'Ben', '']],
])('names %s', (_, names, [ada, ben, title]) => {
  expect(readBlt(`2 1\n1 1 0\n0\n${names}`)).toMatchObject({ options: [ada, ben], title, warnings: [] })
})

test.each([
  [
    'a name and a party in quotes of their own',
    '"Ada" "Green"\n"Ben" "Blue"\n"T"',
    ['Ada, Green', 'Ben, Blue'],
    4,
  ],
  ['no names', '', ['Option 1', 'Option 2'], 3],
  ['text after the title', '"Ada"\n"Ben"\n"T"\nprinted on Monday', ['Ada', 'Ben'], 7],
])('%s: read, with a warning', (_, names, options, line) => {
  const file = readBlt(`2 1\n1 1 0\n0\n${names}`)
  expect(file.options).toEqual(options)
  expect(file.warnings.map((warning) => warning.line)).toEqual([line])
})

describe('refused, with its place', () => {
  test.each([
    ['words for numbers', 'three 2', 1, 1],
    ['no seats', '3 0', 1, 3],
    ['an option that is not there', '3 2\n1 2 4 0', 2, 5],
    ['half an option', '3 2\n1 1.5 0', 2, 3],
    ['a = that joins nothing', '3 2\n1 = 2 0', 2, 3],
    ['a = before the end', '3 2\n1 2= 0', 2, 6],
    ['a withdrawn option that is not there', '3 2\n-4', 2, 1],
    ['a negative rank', '3 2\n1 2 -3 0', 2, 5],
    ['a weight of too many places', '3 2\n0.1234567 1 0', 2, 13],
    ['a weight too large to be exact', '3 2\n9007199254740993 1 0', 2, 20],
    ['no end of the ballots', '3 2\n1 2 0\n', 2, 1],
    ['nothing at all', '', 1, 1],
    ['too many options', '99999 2', 1, 1],
  ])('%s', (_, text, line, column) => {
    expect(() => readBlt(text)).toThrow(
      expect.objectContaining({ code: 'ballot-file-unreadable', details: { format: 'blt', line, column } }),
    )
  })
})

const elections = fc.tuple(
  rankedElections({ equalRanks: true }),
  fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { minLength: 7, maxLength: 7 }),
)

test('what is written is what is read, whatever the names', () => {
  fc.assert(
    fc.property(elections, ([election, names]) => {
      const clean = names.map((name) => name.replace(/\s+/g, ' ').trim())
      const file = {
        title: clean[6]!,
        options: clean.slice(0, election.optionCount),
        seats: election.seats,
        withdrawn: [0],
        ballots: rankingsOf(election),
      }
      expect(readBlt([...writeBlt(file)].join(''))).toEqual({ ...file, warnings: [] })
    }),
  )
})

test('a file in pieces reads like the whole', () => {
  fc.assert(
    fc.property(elections, fc.array(fc.nat(), { maxLength: 8 }), ([election], cuts) => {
      const options = letters(election.optionCount)
      const ballots = rankingsOf(election)
      const text = `\uFEFF${[...writeBlt({ title: 'T', options, seats: 1, withdrawn: [], ballots })].join('')}`
      const places = [0, ...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length]
      const reader = bltReader()
      for (const [position, place] of places.slice(1).entries())
        reader.write(text.slice(places[position], place))
      expect(reader.end()).toEqual(readBlt(text))
    }),
  )
})

const corpus = corpusFolder()

test.skipIf(corpus === undefined)(
  'every BLT file of the format cases is read, with the ballots that it has',
  () => {
    const folder = join(corpus!, 'corpus/formats')
    for (const path of globSync('blt-*/expected.json', { cwd: folder })) {
      const expected = JSON.parse(readFileSync(join(folder, path), 'utf8'))
      const parse = expected.expectations.find(({ method }: { method: string }) => method === 'parse')
      const file = readBlt(readFileSync(join(folder, path, '..', expected.ballots[0].file), 'utf8'))
      expect(file.seats).toBe(parse.seats)
      expect(file.options).toHaveLength(parse.candidates_count ?? parse.candidates.length)
      if (parse.candidates === undefined) continue
      expect(file.options).toEqual(parse.candidates)
      expect(file.withdrawn.map((option) => file.options[option])).toEqual(parse.withdrawn)
      expect(file.title).toBe(parse.title)
      expect(file.ballots.weights.reduce((sum, weight) => sum + weight)).toBe(Number(parse.ballots_total))
    }
  },
)
