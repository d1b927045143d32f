import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BltReader, readBlt } from '../../src/interchange/blt.ts'
import { writeBlt } from '../../src/interchange/blt-writer.ts'
import { unpackRanking } from '../../src/tabulation/ballot-groups.ts'
import { formatDecimal } from '../../src/tabulation/decimal.ts'
import { rankedElections, rankingsOf } from '../support/arbitrary-elections.ts'
import { corpusFolder } from '../support/corpus.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters } from '../support/rankings.ts'

fc.configureGlobal({ numRuns: propertyRuns })

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
  [
    'with doubled quotes inside',
    '"Ada ""Independent"""\n"""Ben"" Bay"\n"T"',
    ['Ada "Independent"', '"Ben" Bay', 'T'],
  ],
  ['with empty lines between', '\n"Ada"\r\n\r\n"Ben"\r\n"T"\r\n', ['Ada', 'Ben', 'T']],
  ['with an empty title', '"Ada"\n"Ben"\n""', ['Ada', 'Ben', '']],
  ['all on the last line', '"Ada" "Ben" "T"', ['Ada', 'Ben', 'T']],
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
  ['names without quotes', 'Ada Ash\nBen Bay\nThe Board', ['Ada Ash', 'Ben Bay'], 4],
  ['quotes inside that are not doubled', '"Ada "Ace" Ash"\n"Ben"\n"T"', ['Ada "Ace" Ash', 'Ben'], 4],
  ['a comma after every line', '"Ada",\nBay,Ben,\n"T",', ['Ada', 'Bay,Ben'], 5],
  ['no title', '"Ada"\n"Ben"', ['Ada', 'Ben'], 5],
  ['no names', '', ['Option 1', 'Option 2'], 3],
  ['text after the title', '"Ada"\n"Ben"\n"T"\nprinted on Monday', ['Ada', 'Ben'], 7],
])('%s: read, with a warning', (_, names, options, line) => {
  const file = readBlt(`2 1\n1 1 0\n0\n${names}`)
  expect(file.options).toEqual(options)
  expect(file.warnings.map((warning) => warning.line)).toEqual([line])
})

test.each([
  ['OpenSTV has it', '(a) 1 2 1 0\n(b) 1 1 2 0', ['1 2 1', '1 1 2'], 'taken for its weight'],
  ['droop has it', '(a) 1 2 0\n(a b) 2 1 0', ['1 1 2', '1 2 1'], 'taken for its first preference'],
  [
    'droop has it, with an empty ballot',
    '(a) 1 2 0\n(b) 0',
    ['1 1 2', '1'],
    'taken for its first preference',
  ],
])('ballots with an (id), as %s', (_, lines, ballots, assumed) => {
  const file = readBlt(`2 1\n${lines}\n0\n"A"\n"B"\n"T"`)
  expect(ballotsOf(file)).toEqual(ballots)
  expect(file.warnings).toEqual([{ line: 2, column: 1, message: expect.stringContaining(assumed) }])
})

test('a ballot is found by its id or by its number', () => {
  const text = '2 1\n(a) 1 0\n(7) 2 1 0\n(b) 1 0\n0\n"A"\n"B"\n"T"'
  const foundBy = (find: string) => {
    const reader = new BltReader({ irregularities: 'warned of', order: 'forgotten', find })
    reader.write(new TextEncoder().encode(text))
    return reader.end().found
  }
  expect(['a', '7', 'b', '1', '2', '4', 'c'].map(foundBy)).toEqual([0, 1, 0, 0, 1, undefined, undefined])
})

test('ids of which it is not clear whether weights follow are refused', () => {
  expect(() => readBlt('2 1\n1 1 0\n(a) 1 2 0\n(b) 2 1 0\n0')).toThrow(/Line 4.*not clear/)
})

test('short names, the order of ties and withdrawals in brackets', () => {
  const file = readBlt(`3 2
[nick apple banana cherry]
[tie cherry banana
 apple] [withdrawn banana]
[droop precision=5]
2 apple banana=cherry 0
0
"Apple" "Banana" "Cherry" "Fruit"`)
  expect(file).toMatchObject({ tieOrder: [2, 1, 0], withdrawn: [1], options: ['Apple', 'Banana', 'Cherry'] })
  expect(ballotsOf(file)).toEqual(['2 1 2=3'])
  expect(file.warnings).toMatchObject([{ line: 5, column: 1 }])
})

test('an irregular file is refused where irregularities are', () => {
  const reader = new BltReader({ irregularities: 'refused', order: 'forgotten' })
  expect(() => reader.write(new TextEncoder().encode('2 1,\n1 1 0,\n0,\nA\nB\nT\n'))).toThrow(
    /Line 1, column 4/,
  )
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
    ['a short name that is not known', '3 2\n[nick a b c]\n1 a d 0', 3, 5],
    ['short names for some', '3 2\n[nick a b]\n', 2, 1],
    ['an order of ties with an option that is not there', '3 2\n\n [tie 1 2 4]\n', 3, 2],
    ['a bracket without an end', '3 2\n[tie 1 2\n', 3, 1],
    ['bytes that are no text', '3 2\n1\u00001 0\n', 2, 2],
    ['no end of the ballots', '3 2\n1 2 0\n', 3, 1],
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
      const bytes = new TextEncoder().encode(text)
      const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length]
      const reader = new BltReader({ irregularities: 'warned of', order: 'forgotten' })
      for (const [position, place] of places.slice(1).entries())
        reader.write(bytes.slice(places[position], place))
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
