import { describe, expect, test } from 'vitest'
import { selectionGroups } from '../../src/tabulation/ballot-grouping.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'
import type { TieBreaks } from '../../src/tabulation/ties.ts'
import { countListVotes, seatsByList } from '../support/list-elections.ts'

const atLeast = (part: number, whole: number) => ({ of: [part, whole], reach: 'at least' })
const names = ({ options, winners }: Tabulation) => winners.map(({ option }) => options[option]).join(' ')

describe('the threshold', () => {
  const votes = { Reds: 500, Blues: 451, Together: 60, Islanders: 9, Dwarfs: 40 }
  const rules = {
    threshold: atLeast(5, 100),
    exceptions: [
      { lists: ['Together'], threshold: atLeast(7, 100) },
      { lists: ['Islanders'], threshold: atLeast(0, 1) },
    ],
  }

  test('keeps out lists below it, coalitions below theirs, and nobody who is excepted', () => {
    const tabulation = countListVotes('sainte-lague', votes, 53, rules)
    expect(seatsByList(tabulation)).toEqual({ Reds: 28, Blues: 25 })
    expect(seatsByList(countListVotes('sainte-lague', votes, 60, rules))).toEqual({
      Reds: 31,
      Blues: 28,
      Islanders: 1,
    })
    expect(tabulation.rounds[0]!.sentence).toBe(
      'Seats: Reds 28 and Blues 25. Together and Dwarfs are below the threshold.',
    )
  })

  test.each([
    ['at least', 'valid', 'A B'],
    ['more than', 'valid', 'A A'],
    ['at least', 'valid and blank', 'A A'],
  ])('%s a third, of votes that are %s', (reach, base, winners) => {
    const threshold = { of: [1, 3], reach }
    const tabulation = methodById('adams').tabulate({
      options: ['A', 'B'],
      seats: 2,
      ballots: { kind: 'totals', votes: ['20', '10'], ballots: '31', blank: '1' },
      rules: { threshold, base },
      tieBreaks: {},
    })
    expect(names(tabulation)).toBe(winners)
  })
})

describe('seats', () => {
  test('a tie at the last seat stays open, and those that are sure are awarded', () => {
    const tabulation = countListVotes('dhondt', { A: 60, B: 30, C: 30, D: 5 }, 3, { ties: [] })
    expect(names(tabulation)).toBe('A')
    expect(tabulation.outcome).toEqual({
      kind: 'tied',
      tie: { method: 'dhondt', round: 1, to: 'receive a seat', among: [0, 1, 2], choose: 2 },
    })
    expect(tabulation.statuses.map(({ kind }) => kind)).toEqual(['elected', 'open', 'open', 'not elected'])
    expect(tabulation.rounds[0]!.sentence).toBe(
      'Seats: A 1. A, B and C are tied, and 2 of them have to receive a seat: the tie is open.',
    )
  })

  test('a decision of the tie fills them', () => {
    const decide: TieBreaks = { decide: () => [0, 2] }
    const tabulation = methodById('dhondt').tabulate({
      options: ['A', 'B', 'C'],
      seats: 3,
      ballots: { kind: 'totals', votes: ['60', '30', '30'], ballots: '120', blank: '0' },
      rules: { ties: ['ask'] },
      tieBreaks: decide,
    })
    expect(tabulation.seatsWon).toEqual([2, 0, 1])
    expect(names(tabulation)).toBe('A A C')
  })

  test('more whole quotas than seats: the smallest remainder gives one up', () => {
    // 73556 + 38628 + 78163 + 25673 votes by the Imperiali quota of 18002 are 4 + 2 + 4 + 1 whole quotas.
    const votes = { ANO: 73_556, PirSTAN: 38_628, Spolu: 78_163, SPD: 25_673 }
    const rules = { added: 2, rounding: 'nearest' }
    const tabulation = countListVotes('hagenbach-bischoff-lr', votes, 10, rules)
    expect(seatsByList(tabulation)).toEqual({ ANO: 3, PirSTAN: 2, Spolu: 4, SPD: 1 })
    expect(tabulation.workings![0]!.title).toContain('Quota 18002,')
    expect(tabulation.workings![0]!.rows[0]).toEqual(['ANO', '73556', '4', '1548', '3'])
  })

  test('who gives one up can be a tie, and the earlier keeps it by the order given', () => {
    const votes = { A: 2, B: 1 }
    expect(countListVotes('hagenbach-bischoff-lr', votes, 2).seatsWon).toEqual([2, 0])
    const open = countListVotes('hagenbach-bischoff-lr', votes, 2, { ties: [] })
    expect(open.outcome).toMatchObject({ tie: { to: 'give up a seat', among: [0, 1], choose: 1 } })
    expect(open.seatsWon).toEqual([1, 0])
  })

  test('fewer seats than lists: the largest come first where the first divisor is 0', () => {
    const votes = { A: 10, B: 9, C: 8, D: 8, E: 11, F: 12 }
    for (const id of ['adams', 'dean', 'huntington-hill']) {
      expect(names(countListVotes(id, votes, 3))).toBe('F E A')
    }
  })

  test('quotients are shown cut, and compared exactly', () => {
    const votes = { A: '1000000000000000000001', B: '1000000000000000000000' }
    const tabulation = countListVotes('huntington-hill', votes, 3)
    expect(tabulation.seatsWon).toEqual([2, 1])
    expect(tabulation.ties).toEqual([])
    const [seats, lists] = tabulation.workings!
    expect(seats!.rows[2]).toEqual(['3', 'A', '2', '707106781186547524401.5514'])
    expect(lists!.rows[1]).toEqual(['B', '1000000000000000000000', '1', '707106781186547524400.8443'])
  })

  test('nobody votes, and no seat is given', () => {
    const tabulation = countListVotes('hare-lr', { A: 0, B: 0 }, 3)
    expect(tabulation.rounds[0]!.sentence).toBe('No list receives a seat. 3 of 3 seats stay vacant.')
    expect(tabulation.outcome).toEqual({ kind: 'decided' })
  })

  test('another first divisor makes the first seat cheaper or dearer', () => {
    const votes = { A: 300, B: 95 }
    const seats = (firstDivisor: number[]) =>
      countListVotes('sainte-lague-modified', votes, 2, { firstDivisor }).seatsWon
    expect(seats([7, 5])).toEqual([2, 0])
    expect(seats([1, 2])).toEqual([1, 1])
    expect(() => seats([3, 1])).toThrow(expect.objectContaining({ code: 'rules-invalid' }))
  })
})

describe('candidates', () => {
  const options = ['Reds', 'Blues', 'Ada', 'Bert', 'Carl', 'Cleo', 'Dora']
  const candidates = { Reds: ['Ada', 'Bert', 'Carl'], Blues: ['Cleo', 'Dora'] }

  /** Ballots such as "3 Reds Carl". */
  function ballots(text: string) {
    const grouping = selectionGroups(options.length)
    for (const line of text.split('\n')) {
      const [weight, ...marks] = line.trim().split(' ')
      grouping.add(
        marks.map((name) => options.indexOf(name)),
        weight,
      )
    }
    return grouping.finish()
  }

  const count = (text: string, seats: number, rules: object = {}, withdrawn: readonly number[] = []) =>
    methodById('dhondt').tabulate({
      options,
      seats,
      withdrawn,
      ballots: ballots(text),
      rules: { candidates, ties: ['order given'], ...rules },
      tieBreaks: {},
    })

  const marked = '50 Reds\n6 Reds Carl\n2 Reds Bert Carl\n2 Reds Bert\n31 Blues Dora'

  test('a closed list seats them in its order, and the list has its seats', () => {
    const tabulation = count(marked, 3)
    expect(names(tabulation)).toBe('Ada Cleo Bert')
    expect(tabulation.seatsWon).toEqual([2, 1, 0, 0, 0, 0, 0])
    expect(tabulation.rounds[0]!.votes).toEqual(['60', '31', '0', '4', '8', '0', '31'])
    expect(tabulation.statuses.map(({ kind }) => kind === 'elected')).toEqual([
      true,
      true,
      true,
      true,
      false,
      true,
      false,
    ])
  })

  test.each([
    ['preference votes', {}, 'Carl Dora Bert'],
    ['preference votes over a share', {}, 'Carl Dora Bert'],
    ['preference votes over a share', { preferenceThreshold: atLeast(10, 100) }, 'Carl Dora Ada'],
    ['preference votes over a share', { preferenceThreshold: atLeast(14, 100) }, 'Ada Dora Bert'],
    // 91 votes for 3 seats are 30.3 a seat, of which a quarter is 7.6, and 3/10 are 9.1.
    [
      'preference votes over a share',
      { preferenceThreshold: atLeast(1, 4), preferenceBase: 'votes per seat' },
      'Carl Dora Ada',
    ],
    [
      'preference votes over a share',
      { preferenceThreshold: atLeast(3, 10), preferenceBase: 'votes per seat' },
      'Ada Dora Bert',
    ],
  ])('an open list, by %s %o', (order, rules, winners) => {
    expect(names(count(marked, 3, { order, ...rules }))).toBe(winners)
  })

  test('equal preference votes at the last seat of a list are a tie', () => {
    const rules = { order: 'preference votes', ties: [] }
    const tabulation = count('9 Reds Ada\n9 Reds Bert\n5 Reds', 1, rules)
    expect(tabulation.outcome).toMatchObject({ tie: { to: 'elect', among: [2, 3], choose: 1 } })
    expect(tabulation.seatsWon![0]).toBe(1)
    expect(tabulation.winners).toEqual([])
  })

  test('a list gets no more seats than it has candidates, also after a withdrawal', () => {
    expect(names(count('100 Reds\n10 Blues', 5))).toBe('Ada Bert Carl Cleo Dora')
    const withdrawn = count('100 Reds\n10 Blues', 5, {}, [3])
    expect(names(withdrawn)).toBe('Ada Carl Cleo Dora')
    expect(withdrawn.rounds[0]!.sentence).toContain('1 of 5 seats stay vacant.')
    expect(withdrawn.statuses[3]).toEqual({ kind: 'withdrawn' })
  })

  test('marks across lists are an overvote, and candidates without their list invalid', () => {
    const { statistics } = count('5 Reds\n2 Reds Cleo\n1 Ada\n3', 1)
    expect(statistics).toMatchObject({ valid: '5', blank: '3', invalid: '3', overvotes: '2' })
  })

  test('with marks, each is a vote for the list', () => {
    const rules = { ballot: 'marks', marks: 2, order: 'preference votes' }
    const tabulation = count('4 Ada Cleo\n3 Dora Cleo\n1 Reds\n2 Ada Bert Carl', 2, rules)
    expect(tabulation.rounds[0]!.votes.slice(0, 2)).toEqual(['5', '10'])
    expect(names(tabulation)).toBe('Cleo Ada')
    expect(tabulation.statistics.overvotes).toBe('2')
  })

  test('totals give the same as the ballots that they are of', () => {
    const rules = { order: 'preference votes' }
    const totals = methodById('dhondt').tabulate({
      options,
      seats: 3,
      ballots: { kind: 'totals', votes: ['60', '31', '0', '4', '8', '0', '31'], ballots: '91', blank: '0' },
      rules: { candidates, ties: ['order given'], ...rules },
      tieBreaks: {},
    })
    expect(totals).toEqual(count(marked, 3, rules))
  })

  test.each([
    ['more votes for a candidate than for the list', ['5', '0', '6', '0', '0', '0', '0'], '5'],
    ['fewer votes for lists than ballots', ['5', '0', '0', '0', '0', '0', '0'], '6'],
  ])('totals with %s are refused', (_, votes, all) => {
    expect(() =>
      methodById('dhondt').tabulate({
        options,
        seats: 1,
        ballots: { kind: 'totals', votes, ballots: all, blank: '0' },
        rules: { candidates },
        tieBreaks: {},
      }),
    ).toThrow(expect.objectContaining({ code: 'totals-inconsistent' }))
  })

  test.each([
    ['a candidate who is no option', { candidates: { Reds: ['Eve'] } }],
    ['a candidate on two lists', { candidates: { Reds: ['Ada'], Blues: ['Ada'] } }],
    ['a list that is a candidate', { candidates: { Reds: ['Blues'], Blues: ['Ada'] } }],
    ['an exception for no list', { exceptions: [{ lists: ['Greens'], threshold: atLeast(1, 2) }] }],
  ])('%s is refused', (_, rules) => {
    expect(() => count('1 Reds', 1, rules)).toThrow(expect.objectContaining({ code: 'rules-invalid' }))
  })

  test('while it is open which list has a seat, no candidate is seated', () => {
    const tabulation = count('10 Reds\n10 Blues', 1, { ties: [] })
    expect(tabulation.winners).toEqual([])
    expect(tabulation.outcome).toMatchObject({ tie: { to: 'receive a seat', among: [0, 1] } })
  })
})
