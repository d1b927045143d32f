import { describe, expect, test } from 'vitest'
import type { BallotFile } from '../../src/interchange/ballot-file.ts'
import { formats } from '../../src/interchange/formats.ts'
import { type BallotGroups, unpackRanking } from '../../src/tabulation/ballot-groups.ts'
import { formatDecimal } from '../../src/tabulation/decimal.ts'
import { ballotSamples } from '../support/ballot-samples.ts'
import { bytesOf, readPieces, tolerant } from '../support/read-pieces.ts'

function read(id: string, text: string | Uint8Array, find?: string): BallotFile {
  const format = formats.find((each) => each.id === id)!
  return readPieces(format, bytesOf(text), [], { ...tolerant, ...(find !== undefined && { find }) })
}

/** Ballots as "2 Ann>Ben=Cy>-", "2 Ann/5,Ben/0" or "2 Ann+Ben". */
function ballotsOf({ ballots, options }: BallotFile): string[] {
  const { kind, count, starts, entries, weights, weightPlaces } = ballots as BallotGroups
  const name = (option: number) => options[option]!
  return Array.from({ length: count }, (_, group) => {
    const entriesOf = [...entries.subarray(starts[group], starts[group + 1])]
    const text =
      kind === 'rankings'
        ? unpackRanking(ballots as BallotGroups, group)
            .map((rank) => rank.map(name).join('=') || '-')
            .join('>')
        : kind === 'scores'
          ? entriesOf
              .flatMap((option, at) => (at % 2 === 0 ? [`${name(option)}/${entriesOf[at + 1]}`] : []))
              .join(',')
          : entriesOf.map(name).join('+')
    return `${formatDecimal(weights[group]!, weightPlaces)} ${text}`.trim()
  })
}

test.each<[string, readonly string[], Partial<BallotFile>]>([
  [
    'blt',
    ['12 Ann "A" Ash>Ben>Dé', '3.5 Ann "A" Ash=Cý>->Dé', '1 Ben', '2'],
    { title: 'Bôard', seats: 2, withdrawn: [2], tieOrder: [3, 2, 1, 0] },
  ],
  ['cef', ['60 Ann>Ben=Cý', '1 Cý', '4'], { seats: 2, options: ['Ann', 'Ben', 'Cý'] }],
  ['preflib', ['12 Ann>Ben>Cý=Dé', '7 Ann=Ben'], { title: 'Bôard' }],
  ['stv-pm', ['31 Ann Ash>Ben>Cý', '30 Ben>Ann Ash', '1 Cý'], { title: 'Bôard', seats: 2 }],
  ['debian', ['1 Ben>Ann>Cý', '1 Ben', '1 Ann=Ben'], {}],
  ['pabulib', ['1 A; playground/3,Trees/2', '1 Trees/5', '1'], { title: 'Parks in Łódź' }],
  ['nameq', ['1 Ann>Ben Bay>Cý', '1 Ann=Ben Bay', '1 Ann>Cý'], {}],
  [
    'scottish-dat',
    ['35 Ann ASH', '12 Ben BAY>Ann ASH>Cý COE', '1 Cý COE>Ben BAY'],
    { title: 'North & Wést', seats: 2 },
  ],
  ['abif', ['27 Ann (the # first)>Ben=Cý Coe', '3 Ben>Ann (the # first)', '10'], { title: 'Bôard' }],
  ['abif-scores', ['27 A/5,B/2,Cý Coe/0', '3 A/1,B/4'], {}],
  ['csv-ranks', ['3 Ann "A" Ash>Ben>Cý', '1 Ben', '0.5 Ben>->Cý'], {}],
  ['csv-options', ['1 Ann>Ben>Cý', '1 Ben=Cý', '1 Cý>->Ann'], {}],
  ['csv-scores', ['1 Ann/5,Ben/0,Cý/2', '1 Ben/3', '1 Ann/0,Ben/0,Cý/5'], {}],
  ['csv-choices', ['2 Ann', '1 Ben, B.', '1'], {}],
  ['csv', ['1 Ann/5,Ben/0,Cý/2', '1 Ben/4,Cý/4'], {}],
])('what a file of %s says', (id, ballots, facts) => {
  const file = read(id, ballotSamples[id]!)
  expect(ballotsOf(file)).toEqual(ballots)
  expect(file).toMatchObject(facts)
})

test.each<[string, string, string, readonly string[], RegExp | undefined]>([
  ['cef', 'without declared candidates', 'A>B=C * 2\n#/x: y\nC', ['2 A>B=C', '1 C'], undefined],
  ['cef', 'several ballots on a line', '#/Candidates: A;B\nA;B>A', ['1 A', '1 B>A'], undefined],
  ['cef', 'weights that are not allowed', '#/Candidates: A;B\nA ^7 * 2', ['2 A'], /^2:\d+ .*Weight Allowed/],
  ['cef', 'somebody who is no candidate', '#/Candidates: A;B\nC>A', ['1 A'], /^2:\d+ "C" is not among/],
  ['cef', 'a rank without a name', '#/Candidates: A;B\nA > > B', ['1 A>B'], /^2:\d+ A rank without/],
  [
    'preflib',
    'the old layout',
    '3\n1,Ann\n2,"Ben", B.\n3,Cy\n5,5,2\n4,2,{1,3}\n1,3',
    ['4 "Ben", B.>Ann=Cy', '1 Cy'],
    undefined,
  ],
  [
    'preflib',
    'categories',
    '# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 2\n# NUMBER CATEGORIES: 3\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n3: 1,{},2',
    ['3 A/2,B/0'],
    undefined,
  ],
  [
    'preflib',
    'another number of voters',
    '# NUMBER VOTERS: 9\n# ALTERNATIVE NAME 1: A\n1: 1',
    ['1 A'],
    /^3:\d+ .*9 ballots, and holds 1/,
  ],
  [
    'stv-pm',
    'ranks in the order of candidates',
    'candidate=a Ann\ncandidate=b Ben\norder=b a\nballots=2\n2 1\n4X - 1\nend',
    ['1 Ann>Ben', '4 Ann'],
    undefined,
  ],
  ['stv-pm', 'no end', 'candidate=a Ann\nballots=1\na', ['1 Ann'], /^3:\d+ .*"end" is missing/],
  [
    'scottish-dat',
    'the layout of 2022, with the seats first',
    '1 Ward\n1 2 1\nAnn,Ind\nBen,Lab\n3 2 1 0\n0',
    ['3 Ben>Ann'],
    undefined,
  ],
  [
    'scottish-dat',
    'a line of ballots too few',
    'Ward\n2 1 2\nAnn,Ind\nBen,Lab\n3 2 1 0',
    ['3 Ben>Ann'],
    /^5:\d+ There should be 2 lines/,
  ],
  ['abif', 'an old declaration', '[Ann]: A\n3:A>B', ['3 A>B'], /^1:\d+ This line is no ballot/],
  [
    'csv',
    'rank columns that are not in their order',
    'Precinct,rank10,rank9\nx,Ann,Ben',
    ['1 Ben>Ann'],
    undefined,
  ],
  ['csv', 'ordinal rank columns', 'CVR ID;1st choice;2nd choice\n7;Ann;Ben', ['1 Ann>Ben'], undefined],
  ['csv', 'columns headed by numbers', 'id\t1\t2\nx\tAnn\tBen', ['1 Ann>Ben'], undefined],
  [
    'csv',
    'numbers that are an order',
    'Ann,Ben\n1,2\n,1',
    ['1 Ann>Ben', '1 Ben'],
    /^1:\d+ The numbers were taken for ranks/,
  ],
  [
    'csv',
    'numbers that are none',
    'Ann,Ben\n1,2\n1,1',
    ['1 Ann/1,Ben/2', '1 Ann/1,Ben/1'],
    /^1:\d+ The numbers were taken for scores/,
  ],
  ['csv', 'one column of names', 'id,vote for\n1,Ann\n2,Ann', ['2 Ann'], undefined],
  [
    'csv',
    'numbers as spreadsheets write them, and weights',
    'weight,Ann,Ben\n2.0,5.0,0\n0.25,1,2.0',
    ['2 Ann/5,Ben/0', '0.25 Ann/1,Ben/2'],
    /taken for scores/,
  ],
  [
    'csv-ranks',
    'an overvote',
    'rank1,rank2\novervote,Ann',
    ['1 ->Ann'],
    /^2:\d+ "overvote" was taken for an empty rank/,
  ],
  ['csv-ranks', 'more cells than columns', 'rank1\nAnn,Ben', ['1 Ann'], /^2:\d+ Cells beyond the header/],
])('%s: %s', (id, _, text, ballots, warning) => {
  const file = read(id, text)
  expect(ballotsOf(file)).toEqual(ballots)
  const warnings = file.warnings.map(({ line, column, message }) => `${line}:${column} ${message}`)
  expect(warnings).toEqual(warning ? [expect.stringMatching(warning)] : [])
})

describe('refused, with its place', () => {
  test.each([
    ['cef', 'a weight that is no number', '#/Candidates: A\nA * two', 2],
    ['preflib', 'an alternative that is not there', '# ALTERNATIVE NAME 1: A\n1: 2', 2],
    ['preflib', 'a name that is missing', '# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: A\n1: 1', 3],
    ['stv-pm', 'a candidate who is not there', 'candidate=a A\nballots=1\nb\nend', 3],
    ['debian', 'a rank too few', ' Option 1->: A\n Option 2->: B\nV: 1 x', 3],
    [
      'pabulib',
      'a project that is not there',
      'META\nkey;value\nvote_type;approval\nPROJECTS\nproject_id;cost\n1;2\nVOTES\nvoter_id;vote\n1;2',
      9,
    ],
    ['nameq', 'a rank that is no number', 'A=1\nA=x', 2],
    ['scottish-dat', 'another number of candidates', 'Ward\n3 2 1\nA,x\n1 1 0', 4],
    ['abif', 'an option twice', '1:A>B\n1:A>B>A', 2],
    ['abif', 'what is no option', '1:A>B\n1:A>>B', 2],
    ['csv', 'columns of which it is not clear what they are', 'Ann,Ben\nyes,no', 1],
    ['csv-scores', 'a word for a score', 'Ann,Ben\n1,x', 2],
    ['csv-ranks', 'two columns for a rank', 'rank1,rank1\nA,B', 1],
    ['csv-scores', 'a quote that is never closed', 'Ann,Ben\n1,"2\n3,4\n', 2],
    ['csv-scores', 'two columns of one name', 'Ann,Ann\n1,2', 1],
  ])('%s: %s', (id, _, text, line) => {
    expect(() => read(id, text)).toThrow(
      expect.objectContaining({ code: 'ballot-file-unreadable', details: expect.objectContaining({ line }) }),
    )
  })
})

test.each([
  ['cef', 'two', 0],
  ['cef', '2', 1],
  ['debian', 'ccb23c5ca54a43efc6aac12a1020781d', 1],
  ['pabulib', '2', 1],
  ['csv-options', 'c', 2],
  ['nameq', '3', 2],
  ['nameq', '4', undefined],
])('a ballot of %s is found by %s', (id, find, group) => {
  expect(read(id, ballotSamples[id]!, find).found).toBe(group)
})
