import { afterAll, describe, expect, test } from 'vitest'
import { crewOfOne, readTogether } from '../../src/sealing/crew.ts'
import type { Group } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { openCrew } from '../../src/tally/crew.ts'
import { approval, holdElection } from '../support/held-election.ts'

const group = await loadGroup()
const alone = crewOfOne(group)
const crew = openCrew(group, { jobs: 2 })
afterAll(() => crew.close())

const scalars = Array.from({ length: 300 }, () => group.randomScalar())
const points = scalars.map((scalar) => group.multiplyBase(scalar))

describe('a crew of threads does what one does alone, in the same order', () => {
  test('multiplying', async () => {
    expect(await crew.multiplyBase(scalars)).toEqual(points)
    const reversed = scalars.toReversed()
    expect(await crew.multiply(points, reversed)).toEqual(await alone.multiply(points, reversed))
  })

  test('adding up', async () => {
    const terms = points.map((point, i) => ({ point, scalar: scalars[i]! }))
    expect(await crew.sum(terms)).toEqual(await alone.sum(terms))
  })

  test('checking elements, of which the last may be wrong', async () => {
    expect(await crew.areElements(points)).toBe(true)
    expect(await crew.areElements([...points, new Uint8Array(32).fill(2)])).toBe(false)
  })

  test('verifying ballots, whose faults keep their places', async () => {
    const { sealed, texts } = await holdElection(group, {
      questions: [approval],
      trustees: 1,
      weights: [1n],
      ballots: [[0, [[1, 0, 0]]]],
    })
    const good = texts.ballots[0]!
    const ballots = Array.from({ length: 200 }, (_, i) => (i % 50 === 49 ? good.replace('{', '{ ') : good))
    const faults = await crew.verifyBallots(sealed, ballots)
    expect(faults).toEqual(await alone.verifyBallots(sealed, ballots))
    expect(faults.flatMap((fault, i) => (fault ? [i] : []))).toEqual([49, 99, 149, 199])
  })

  test('and little work stays where it is', async () => {
    expect(await crew.multiplyBase(scalars.slice(0, 3))).toEqual(points.slice(0, 3))
  })
})

test('the scalars of the one who asks are still theirs afterwards', async () => {
  const mine = scalars.map((scalar) => scalar.slice())
  await crew.multiplyBase(scalars)
  expect(scalars).toEqual(mine)
})

test('a text with a wrong point is read again, so that its reader says where', async () => {
  const places: string[] = []
  const read = (by: Group) => {
    const wrong = [points[0]!, new Uint8Array(32).fill(2), points[1]!].findIndex(
      (bytes) => !by.isElement(bytes),
    )
    places.push(String(wrong))
    return wrong
  }
  expect(await readTogether(alone, read)).toBe(1)
  expect(places).toEqual(['-1', '1'])
})
