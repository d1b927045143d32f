import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BallotsNotWritable } from '../../src/interchange/ballot-file.ts'
import { formats } from '../../src/interchange/formats.ts'
import type { WritableFile } from '../../src/interchange/packed-ranks.ts'
import { rankingGroups, scoreGroups, selectionGroups } from '../../src/tabulation/ballot-grouping.ts'
import { type BallotGroups, skippedRank } from '../../src/tabulation/ballot-groups.ts'
import { formatDecimal } from '../../src/tabulation/decimal.ts'
import { rankedElections, rankingsOf } from '../support/arbitrary-elections.ts'
import { bytesOf, readPieces } from '../support/read-pieces.ts'

const writable = formats.filter((format) => format.write !== undefined)

/** Names that tempt a format, and plain ones. */
const optionNames = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom(
      'Ann',
      'Ben, B.',
      '"Cy"',
      "O'Dé",
      'A>B',
      'A=B',
      '[x]',
      '# 1',
      'rank1',
      'weight',
      '7',
      '{a}',
      'a;b',
      'x*2',
      '-',
      '/5',
      ' - ',
      '0',
      'V: 1',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  ),
  { minLength: 6, maxLength: 6, selector: (name) => name.normalize('NFC').replace(/\s+/g, ' ').trim() },
)

const scoreBallots = fc.array(
  fc.tuple(
    fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { minLength: 6, maxLength: 6 }),
    fc.integer({ min: 1, max: 9 }),
  ),
  { maxLength: 8 },
)

const files: fc.Arbitrary<WritableFile> = fc
  .record({
    names: optionNames,
    title: fc.oneof(fc.constant('Bôard'), fc.string({ maxLength: 6 })),
    ranked: rankedElections({ equalRanks: true }),
    strictly: rankedElections({ equalRanks: false }),
    scores: scoreBallots,
    kind: fc.constantFrom('ranked', 'strictly', 'gaps', 'scores', 'selections' as const),
  })
  .map(({ names, title, ranked, strictly, scores, kind }) => {
    const grouping = { scores: scoreGroups(6), selections: selectionGroups(6), gaps: rankingGroups(6) }
    for (const [cells, weight] of scores) {
      grouping.scores.add(
        cells.flatMap((score, option) => (score === null ? [] : [option, score])),
        weight,
      )
      grouping.selections.add(
        cells.flatMap((score, option) => (score === 9 ? [option] : [])),
        weight,
      )
      grouping.gaps.add(
        cells.slice(0, 3).map((score, option) => (score === null ? skippedRank : option)),
        weight,
      )
    }
    const ballots =
      kind === 'ranked'
        ? rankingsOf(ranked)
        : kind === 'strictly'
          ? rankingsOf(strictly)
          : grouping[kind].finish()
    return {
      title: title.replace(/\s+/g, ' ').trim(),
      options: names.slice(0, ballots.optionCount).map((name) => name.replace(/\s+/g, ' ').trim()),
      withdrawn: [],
      seats: 2,
      ballots,
    }
  })

/** Ballots by the names of options, in any order, so that files with options in another order compare. */
function contentOf({ options, ballots }: Pick<WritableFile, 'options' | 'ballots'>): string[] {
  const { kind, count, starts, entries, weights, weightPlaces } = ballots as BallotGroups
  return Array.from({ length: count }, (_, group) => {
    const ballot = [...entries.subarray(starts[group], starts[group + 1])].map((entry, at) =>
      entry === skippedRank || (kind === 'scores' && at % 2 === 1)
        ? String(entry)
        : `${entry >= 0x8000 ? '=' : ''}${options[entry & 0x7fff]}`,
    )
    // The order within a shared rank, and of selections, is that of the options.
    const ranks = ballot.join('\n').split(/\n(?!=)/)
    const inOrder = ranks.map((rank) =>
      rank
        .split('\n=')
        .map((name) => name.replace(/^=/, ''))
        .sort()
        .join('='),
    )
    const pairs =
      kind === 'scores'
        ? inOrder.flatMap((name, at) => (at % 2 === 0 ? [`${name}:${inOrder[at + 1]}`] : [])).sort()
        : inOrder
    return `${formatDecimal(weights[group]!, weightPlaces)} ${(kind === 'selections' ? pairs.sort() : pairs).join(' ')}`
  }).sort()
}

describe.each(writable.map((format) => [format.id, format] as const))('%s', (_, format) => {
  test('reads what it wrote, or refuses to write it', () => {
    let written = 0
    fc.assert(
      fc.property(files, (file) => {
        let text: string
        try {
          text = [...format.write!(file)].join('')
        } catch (error) {
          if (error instanceof BallotsNotWritable) return
          throw error
        }
        written++
        const read = readPieces(format, bytesOf(text))
        expect(contentOf(read), text).toEqual(contentOf(file))
        expect(read.ballots.kind).toBe(file.ballots.kind)
      }),
      { numRuns: 400 },
    )
    expect(written).toBeGreaterThan(10)
  })
})

test.each([
  ['blt', 'selections', selectionGroups(2)],
  ['cef', 'scores', scoreGroups(2)],
  ['csv-choices', 'rankings', rankingGroups(2)],
])('%s refuses to write %s', (id, kind, grouping) => {
  const { write } = formats.find((format) => format.id === id)!
  const file = { title: '', options: ['A', 'B'], withdrawn: [], ballots: grouping.finish() }
  expect(() => [...write!(file)]).toThrow(
    expect.objectContaining({ code: 'ballots-not-writable', message: expect.stringContaining(kind) }),
  )
})
