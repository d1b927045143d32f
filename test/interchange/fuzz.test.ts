import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BallotFile, BallotFileUnreadable, ContestNotChosen } from '../../src/interchange/ballot-file.ts'
import type { BallotFormat, ReadOptions } from '../../src/interchange/ballot-format.ts'
import { aecSenate } from '../../src/interchange/cvr/aec-senate.ts'
import { clearBallot } from '../../src/interchange/cvr/clear-ballot.ts'
import { dominion } from '../../src/interchange/cvr/dominion.ts'
import { essCsv, essXlsx } from '../../src/interchange/cvr/ess.ts'
import { hart } from '../../src/interchange/cvr/hart.ts'
import { nistJson, nistXml } from '../../src/interchange/cvr/nist.ts'
import { formats } from '../../src/interchange/formats.ts'
import { sharesRank, skippedRank } from '../../src/tabulation/ballot-groups.ts'
import { ballotSamples } from '../support/ballot-samples.ts'
import { bytesOf, readPieces, tolerant } from '../support/read-pieces.ts'

const strict: ReadOptions = { ...tolerant, irregularities: 'refused' }

/** The file, or the refusal, as data; anything else that is thrown is a defect. */
function outcome(
  format: BallotFormat,
  bytes: Uint8Array,
  cuts?: readonly number[],
  options = tolerant,
): unknown {
  try {
    const file = readPieces(format, bytes, cuts, options)
    requireSound(file)
    if (options === strict) expect(file.warnings).toEqual([])
    return file
  } catch (error) {
    if (error instanceof ContestNotChosen) return { message: error.message }
    if (!(error instanceof BallotFileUnreadable)) throw error
    const { line, column } = error.details as { readonly line: number; readonly column: number }
    if (!(Number.isInteger(line) && line >= 1 && Number.isInteger(column) && column >= 1)) {
      throw new Error(`a refusal without its place: ${error.message}`)
    }
    return { line, column, message: error.message }
  }
}

/** Whatever was read must be ballots that a method can count. */
function requireSound({ ballots, options, withdrawn }: BallotFile): void {
  if (withdrawn.some((option) => !(option in options))) throw new Error('withdrawn: no option')
  if (ballots.kind === 'totals') return
  const { starts, entries, weights, count, kind } = ballots
  if (ballots.optionCount !== options.length) throw new Error('options and ballots differ')
  if (starts[count] !== entries.length || weights.length !== count)
    throw new Error('arrays of another length')
  if (weights.some((weight) => !(Number.isSafeInteger(weight) && weight > 0)))
    throw new Error('a wrong weight')
  for (const [at, entry] of entries.entries()) {
    const isScore = kind === 'scores' && at % 2 === 1
    const option = kind === 'rankings' && entry >= sharesRank ? entry - sharesRank : entry
    if (isScore || (kind === 'rankings' && entry === skippedRank)) continue
    if (option >= options.length) throw new Error(`an option that there is not: ${entry}`)
  }
}

function inserted(bytes: Uint8Array, at: number, more: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])
}

const megabyte = 1 << 20

/** Cast vote records, which cvr-readers.test.ts tries with samples of its own. */
const triedElsewhere = [nistJson, nistXml, dominion, hart, clearBallot, aecSenate, essXlsx, essCsv]

const tried = formats.filter(({ id }) => id in ballotSamples)

test('every format has a sample (in test/support/ballot-samples.ts)', () => {
  const without = formats.filter((format) => !tried.includes(format) && !triedElsewhere.includes(format))
  expect(without.map(({ id }) => id)).toEqual([])
})

describe.each(tried.map((format) => [format.id, format] as const))('%s', (id, format) => {
  const sample = bytesOf(ballotSamples[id]!)

  test('is read', () => {
    expect(outcome(format, sample)).toMatchObject({ options: expect.any(Array) })
  })

  test('is read the same however it is cut', () => {
    const whole = outcome(format, sample)
    for (let cut = 0; cut <= sample.length; cut++) expect(outcome(format, sample, [cut])).toEqual(whole)
    expect(outcome(format, sample, [...sample.keys()])).toEqual(whole)
  })

  test('cut short at any byte, is read or refused with a place', () => {
    for (let end = 0; end < sample.length; end++) {
      outcome(format, sample.subarray(0, end))
      outcome(format, sample.subarray(0, end), [], strict)
    }
  })

  test('with numbers of hundreds of digits', () => {
    const text = Buffer.from(sample).toString('latin1')
    for (const { index, 0: digits } of text.matchAll(/\d+/g)) {
      for (const number of [
        '9'.repeat(400),
        `${'0'.repeat(400)}1`,
        '99999999999999999999',
        '4294967296',
        '65536',
        '-1',
        '1e9',
      ]) {
        const changed = text.slice(0, index) + number + text.slice(index + digits.length)
        outcome(format, Buffer.from(changed, 'latin1'))
      }
    }
  })

  test('with bytes that are no UTF-8', () => {
    for (let at = 0; at <= sample.length; at++) {
      for (const bytes of [[0xff], [0xc3], [0xe9, 0x20], [0], [0xed, 0xa0, 0x80], [0x1a]]) {
        outcome(format, inserted(sample, at, new Uint8Array(bytes)))
      }
    }
  })

  test('with anything changed anywhere, whole or in pieces', () => {
    const changes = fc.array(
      fc.tuple(
        fc.nat(sample.length),
        fc.nat(6),
        fc.oneof(fc.uint8Array({ maxLength: 6 }), fc.string().map(bytesOf)),
      ),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(changes, fc.array(fc.nat(), { maxLength: 4 }), (all, cuts) => {
        let bytes = sample
        for (const [at, removed, added] of all) {
          bytes = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)])
        }
        const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b)
        expect(outcome(format, bytes, places)).toEqual(outcome(format, bytes))
        outcome(format, bytes, [], strict)
      }),
    )
  })

  test('of random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (bytes, cut) => {
        expect(outcome(format, bytes, [cut % (bytes.length + 1)])).toEqual(outcome(format, bytes))
      }),
    )
  })

  test('with a line of a megabyte, in little time', { timeout: 120_000 }, () => {
    const lineStarts = [0, ...[...sample.keys()].filter((at) => sample[at] === 0x0a).map((at) => at + 1)]
    const places = [lineStarts[Math.floor(lineStarts.length / 2)]!, lineStarts.at(-2)! + 1]
    for (const fill of [
      '1',
      ' ',
      ',',
      '"',
      '>',
      '=',
      'A',
      '1 ',
      'A>',
      'A=',
      'A,',
      '[',
      '(',
      '{',
      '#',
      '\r',
      '&',
      '=1&',
      'é',
      ';',
      '1,',
      '""',
    ]) {
      const long = bytesOf(fill.repeat(Math.floor(megabyte / fill.length)))
      for (const at of places) {
        const bytes = inserted(sample, at, long)
        const begun = performance.now()
        outcome(format, bytes, [1000, 100_000])
        expect(performance.now() - begun, JSON.stringify({ fill, at })).toBeLessThan(10_000)
      }
    }
  })
})
