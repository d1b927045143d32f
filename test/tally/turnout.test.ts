import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { findElection } from '../../src/election/find-election.ts'
import { readLiveTurnout, readTurnout } from '../../src/tally/turnout.ts'
import {
  inSteps,
  type RollPart,
  smallestUnit,
  turnoutByUnit,
  unitStep,
  units,
} from '../../src/tally/turnout-cells.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { correct, draftElection, group, ingestAll, openedElection, sealVote } from '../voting/fixtures.ts'

fc.configureGlobal({ numRuns: propertyRuns })

function part(place: Partial<RollPart>, voters: number, voted = voters): RollPart {
  return { region: null, chapter: null, district: null, ...place, voters, voted }
}

const region = (name: string, voters: number, voted?: number) => part({ region: name }, voters, voted)
const told = (name: string | null, voters: number, voted = voters) => ({
  unit: 'region',
  name,
  voters,
  voted,
})

test('units large enough are shown as they are', () => {
  expect(turnoutByUnit([region('North', smallestUnit), region('South', 400, 12)])).toEqual([
    told('North', smallestUnit),
    told('South', 400, 12),
  ])
})

test('small units are shown together, so that nobody is told by a group of three', () => {
  expect(turnoutByUnit([region('A', 3, 1), region('B', 100, 50), region('C', 8, 2)])).toEqual([
    told('B', 100, 50),
    told(null, 11, 3),
  ])
})

test('a single small unit is hidden behind the smallest large one, from which it could be subtracted otherwise', () => {
  expect(turnoutByUnit([region('A', 3, 1), region('B', 100, 50), region('C', 20, 2)])).toEqual([
    told('B', 100, 50),
    told(null, 23, 3),
  ])
})

test('a small chapter is not what is left of its region when its large chapter is taken away', () => {
  const roll = [
    part({ region: 'North', chapter: 'Port' }, 100, 40),
    part({ region: 'North', chapter: 'Hill' }, 3, 1),
    part({ region: 'South', chapter: 'Lake' }, 60, 30),
    part({ region: 'South', chapter: 'Ford' }, 9, 2),
  ]
  const cells = turnoutByUnit(roll)
  expect(cells.filter(({ unit }) => unit === 'region').map(({ name }) => name)).toEqual(['North', 'South'])
  expect(cells.filter(({ unit }) => unit === 'chapter')).toEqual([
    { unit: 'chapter', name: null, voters: 172, voted: 73 },
  ])
})

/** Rolls of a few parts, so that all that can be worked out of them can be tried. */
const rolls = fc
  .array(
    fc.record({
      region: fc.constantFrom(null, 'N', 'S'),
      chapter: fc.constantFrom(null, 'a', 'b', 'c'),
      district: fc.constantFrom(null, '1', '2'),
      voters: fc.integer({ min: 1, max: 30 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drawn) => {
    const parts = new Map<string, RollPart>()
    for (const { share, ...place } of drawn) {
      parts.set(JSON.stringify(units.map((unit) => place[unit])), {
        ...place,
        voted: Math.floor(share * place.voters),
      })
    }
    return [...parts.values()]
  })

/** Whether a vector is a sum of multiples of others, in numbers modulo a prime. */
function follows(from: readonly (readonly number[])[], vector: readonly number[]): boolean {
  const rank = (rows: readonly (readonly number[])[]) => rankModulo(rows.map((row) => row.map(BigInt)))
  return rank([...from, vector]) === rank(from)
}

const prime = 1_000_003n

function rankModulo(matrix: bigint[][]): number {
  const rows = matrix.map((row) => [...row])
  let rank = 0
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const at = rows.findIndex((row, index) => index >= rank && row[column] !== 0n)
    if (at < 0) continue
    ;[rows[rank], rows[at]] = [rows[at]!, rows[rank]!]
    const pivot = rows[rank]!
    for (const [index, row] of rows.entries()) {
      if (index === rank || row[column] === 0n) continue
      const [factor, scale] = [row[column]!, pivot[column]!]
      rows[index] = row.map((value, each) => {
        const rest = (value * scale - pivot[each]! * factor) % prime
        return rest < 0n ? rest + prime : rest
      })
    }
    rank++
  }
  return rank
}

test('no small group can be worked out from what is told of all units together', () => {
  fc.assert(
    fc.property(rolls, (roll) => {
      const cells = turnoutByUnit(roll)
      const named = (unit: (typeof units)[number], name: string) =>
        cells.some((cell) => cell.unit === unit && cell.name === name)
      const vectors = [
        roll.map(() => 1),
        ...cells.map(({ unit, name }) =>
          roll.map((each) => {
            const own = each[unit]
            return Number((own !== null && named(unit, own) ? own : null) === name)
          }),
        ),
      ]
      const all = roll.reduce((sum, { voters }) => sum + voters, 0)
      for (let subset = 1; subset < 2 ** roll.length - 1; subset++) {
        const vector = roll.map((_, at) => (subset >> at) & 1)
        const voters = roll.reduce((sum, each, at) => sum + vector[at]! * each.voters, 0)
        if (voters >= smallestUnit || all < smallestUnit) continue
        expect(follows(vectors, vector)).toBe(false)
      }
    }),
  )
})

test('no unit is lost', () => {
  fc.assert(
    fc.property(rolls, (roll) => {
      const sum = (of: readonly { voters: number; voted: number }[]) => [
        of.reduce((total, { voters }) => total + voters, 0),
        of.reduce((total, { voted }) => total + voted, 0),
      ]
      const cells = turnoutByUnit(roll)
      for (const unit of units) {
        const ofUnit = cells.filter((cell) => cell.unit === unit)
        if (ofUnit.length > 0) expect(sum(ofUnit)).toEqual(sum(roll))
      }
    }),
  )
})

test('only the roll decides what is merged, so that no vote moves anybody from cell to cell', () => {
  fc.assert(
    fc.property(rolls, (roll) => {
      const cells = (parts: readonly RollPart[]) =>
        turnoutByUnit(parts).map(({ unit, name, voters }) => ({ unit, name, voters }))
      expect(cells(roll.map((each) => ({ ...each, voted: 0 })))).toEqual(cells(roll))
    }),
  )
})

test('while ballots come in, two messages in a row differ by whole steps of a unit, never by one voter', () => {
  fc.assert(
    fc.property(rolls, (roll) => {
      let before = inSteps(turnoutByUnit(roll.map((each) => ({ ...each, voted: 0 }))))
      const voted = roll.map(() => 0)
      for (const [at, { voters }] of roll.entries()) {
        for (let vote = 0; vote < voters; vote++) {
          voted[at]!++
          const now = turnoutByUnit(roll.map((each, index) => ({ ...each, voted: voted[index]! })))
          const shown = inSteps(now)
          for (const [index, cell] of shown.entries()) {
            expect((cell.voted - before[index]!.voted) % unitStep).toBe(0)
            expect(now[index]!.voted - cell.voted).toBeLessThan(unitStep)
          }
          before = shown
        }
      }
    }),
    { numRuns: Math.ceil(propertyRuns / 4) },
  )
})

test('who was struck from the roll is left out, and who was put back counts again', async () => {
  const box = await openedElection({ voters: 3, reserve: 1 })
  try {
    const { work, slug } = box
    const turnout = () => work.read(async (tx) => readTurnout(tx, await findElection(tx, slug)))
    await correct(work, 'strike', '1001')
    await correct(work, 'strike', '1002')
    expect(await turnout()).toMatchObject({ voters: 1, voted: 0 })
    await correct(work, 'add', '1001')
    await issueTokens({ work, group }, { election: slug, out: undefined, reserve: 0, expires: undefined })
    await ingestAll(work, [sealVote(box, 'R-001')])
    expect(await turnout()).toMatchObject({ voters: 2, voted: 1 })
  } finally {
    await box.close()
  }
})

test('who is of no unit is not told by what the units leave over', async () => {
  const draft = await draftElection({ voters: 12 })
  try {
    const { work, slug, folder } = draft
    await work.write('test', async ({ db }) => {
      await db.updateTable('member').set({ region: 'North' }).where('number', '!=', '1001').execute()
    })
    const out = join(folder, 'tokens.csv')
    await issueTokens({ work, group }, { election: slug, out, reserve: 0, expires: undefined })
    const { units } = await work.read(async (tx) => readLiveTurnout(tx, await findElection(tx, slug)))
    expect(units).toEqual([{ unit: 'region', name: null, voters: 12, voted: 0 }])
  } finally {
    await draft.close()
  }
})
