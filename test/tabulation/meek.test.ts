import { describe, expect, test } from 'vitest'
import { newZealandNumbers } from '../../src/tabulation/meek/nz-numbers.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import { letters, rankings } from '../support/rankings.ts'

function count(method: string, optionCount: number, seats: number, ballots: string, rules: object = {}) {
  return methodById(method).tabulate({
    options: letters(optionCount),
    seats,
    ballots: rankings(optionCount, ballots),
    rules,
    tieBreaks: {},
  })
}

describe('New Zealand', () => {
  test("the numbers that break ties are those of Hill's program, turned round in every second iteration", () => {
    const numbers = newZealandNumbers(5, 3, 22n)
    const program = [9368, 3653, 7372, 6919, 3014]
    // The choice that begins round 2 is made in the first iteration.
    expect(numbers(2)).toEqual(program.map((number) => 10_000 - number))
    expect(numbers(3)).toEqual(program)
    expect(numbers(4)).toEqual(numbers(2))
  })

  test('options that were level all along are told apart by those numbers, which the tie shows', () => {
    const { ties, statuses } = count('stv-meek-nz', 4, 2, '5 A\n5 B\n4 C>A\n4 D>B')
    expect(ties[0]).toMatchObject({ to: 'exclude', among: [2, 3], decisions: [{ by: 'pseudo-random' }] })
    expect(statuses.filter(({ kind }) => kind === 'excluded').length).toBeGreaterThan(0)
  })

  test('an option that was behind at the first difference is excluded before one that was ahead', () => {
    const { ties } = count('stv-meek-nz', 5, 1, '6 A\n5 B\n4 C\n3 D>C\n2 E>B')
    expect(ties.flatMap(({ decisions }) => decisions)).toEqual([{ by: 'forwards', rounds: [1] }])
  })

  test('two options with exactly half of the votes are not both elected to one seat', () => {
    const { winners, rounds } = count('stv-meek-nz', 2, 1, '5 A\n5 B')
    expect(winners).toHaveLength(1)
    expect(rounds[0]!.elected).toEqual([])
  })

  test('options without votes go together, and one more if nothing else would change', () => {
    const { rounds } = count('stv-meek-nz', 6, 1, '3 A\n4 B\n6 C\n2 D>A')
    expect(rounds[1]!.action).toEqual({ kind: 'exclude', options: [3, 4, 5] })
  })
})

describe('Meek', () => {
  test('a ballot counts alike for an option whether those before it are elected early or late', () => {
    const { rounds } = count('stv-meek', 4, 2, '7 A>B\n3 A>C\n4 B\n3 C\n1 D')
    expect(rounds[1]).toMatchObject({
      votes: ['6.00000001', '6.799999993', '4.199999997', '1'],
      elected: [1],
    })
  })

  test('in exact arithmetic nothing is rounded, and votes must exceed the quota', () => {
    const { rounds } = count('stv-meek', 3, 1, '4 A>B\n2 B\n2 C', { arithmetic: 'exact' })
    expect(rounds[0]).toMatchObject({ quota: '4', elected: [] })
  })

  test('a shared rank is split by every order, or in equal parts that go on to the next rank', () => {
    const ballots = '8 A\n4 A=B>C\n3 C\n3 D'
    const byOrder = count('stv-meek', 4, 2, ballots)
    const byParts = count('stv-meek', 4, 2, ballots, { overvotes: 'split in equal parts' })
    expect(byOrder.rounds[0]!.votes).toEqual(['10', '2', '3', '3'])
    expect(byParts.rounds[0]!.votes).toEqual(['10', '2', '3', '3'])
    // Of A's part B gets what is passed on, or C.
    expect(Number(byOrder.rounds[1]!.votes[1])).toBeGreaterThan(2)
    expect(byParts.rounds[1]!.votes[1]).toBe('2')
  })
})

test('Warren: voters who elect two options together pay alike for both', () => {
  const { workings } = count('stv-warren', 5, 3, '9 A>B>C\n6 B>A>D\n3 C\n3 D\n1 E>C')
  const [, , a, b] = workings![0]!.rows.at(-1)!
  expect(a).toBe(b)
})
