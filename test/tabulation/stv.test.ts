import { expect, test } from 'vitest'
import { methodById } from '../../src/tabulation/registry.ts'
import type { TieBreaks } from '../../src/tabulation/ties.ts'
import { letters, rankings } from '../support/rankings.ts'

function count(
  method: string,
  election: { readonly options: number; readonly seats: number; readonly ballots: string },
  rules: object = {},
  tieBreaks: TieBreaks = {},
  trace?: number,
) {
  return methodById(method).tabulate({
    options: letters(election.options),
    seats: election.seats,
    ballots: rankings(election.options, election.ballots),
    rules,
    tieBreaks,
    ...(trace !== undefined && { trace }),
  })
}

const names = (options: readonly number[]) => options.map((option) => letters(26)[option]).join('')
const electedBy = (tabulation: ReturnType<typeof count>) =>
  names(tabulation.winners.map(({ option }) => option))

test('ERS97: a surplus that cannot change who is excluded waits until the lowest are out', () => {
  const { rounds } = count('stv-ers97', {
    options: 5,
    seats: 2,
    ballots: '34 A>B\n30 B\n25 C\n7 D>C\n1 E>C',
  })
  expect(rounds.map(({ action }) => action.kind)).toEqual(['count', 'exclude'])
  expect(rounds[1]!.action).toMatchObject({ options: [3, 4] })
  expect(rounds[1]!.votes[0]).toBe('34')
})

test('ERS97: the quota falls as papers become non-transferable, until somebody is elected', () => {
  const { rounds } = count('stv-ers97', { options: 4, seats: 1, ballots: '10 A\n9 B\n8 C\n2 D' })
  expect(rounds.map(({ quota }) => quota)).toEqual(['14.5', '13.5', '9.5'])
})

test('ERS97: of equals who all have what elects, one more than the seats, none is elected yet', () => {
  const ballots = '5 A\n5 B\n5 C'
  const election = { options: 3, seats: 2, ballots }
  const open = count('stv-ers97', election)
  expect(open.outcome).toMatchObject({ kind: 'tied', tie: { to: 'exclude', among: [0, 1, 2] } })
  const decided = count('stv-ers97', election, { ties: ['forwards', 'ask'] }, { decide: () => [1] })
  expect(electedBy(decided)).toBe('AC')
})

test('Minneapolis: whoever has the threshold receives papers until the surplus is transferred', () => {
  const election = { options: 4, seats: 2, ballots: '12 A>B\n8 B>A\n5 C>A\n1 D>A' }
  const rules = { quota: 'droop in whole votes', exclusion: 'sure losers together' }
  const later = {
    ...rules,
    electedOn: 'transfer of the surplus',
    deferral: 'while it cannot change an exclusion',
  }
  const { rounds } = count('stv-wigm', election, later)
  expect(rounds[1]!.votes[0]).toBe('13')
  expect(count('stv-wigm', election, rules).rounds[1]!.votes[0]).toBe('9')
})

test('the Senate: two with equal votes are left for the last seat, and the casting vote looks at no earlier count', () => {
  const election = { options: 3, seats: 1, ballots: '4 A\n3 B\n1 C>B' }
  const open = count('stv-senate-aus', election, { ties: ['backwards'] })
  expect(open.outcome).toMatchObject({ kind: 'tied', tie: { to: 'elect', among: [0, 1] } })
  const { rounds, winners } = count('stv-senate-aus', election, {}, { decide: () => [1] })
  expect(winners).toEqual([{ option: 1, round: 3 }])
  expect(rounds[2]!.action).toEqual({ kind: 'choose', option: 1 })
})

test('the Senate before 2016: those who cannot catch up go out in bulk, one count for each transfer value', () => {
  const election = { options: 6, seats: 2, ballots: '35 A\n25 B\n22 C\n4 D>C\n2 E>C\n1 F>B' }
  const bulk = count('stv-senate-aus', election, { exclusion: 'bulk' })
  expect(bulk.rounds[2]!.action).toMatchObject({ kind: 'exclude', options: [4, 5] })
  const single = count('stv-senate-aus', election)
  expect(single.rounds[2]!.action).toMatchObject({ kind: 'exclude', options: [5] })
  expect(electedBy(bulk)).toBe(electedBy(single))
})

test('an exclusion in whole votes can give back what an earlier one lost', () => {
  const { rounds } = count('stv-senate-aus', {
    options: 5,
    seats: 2,
    ballots: '7 A>C>B\n7 B\n1 C\n6 A>D>B\n4 D>E\n5 E',
  })
  const losses = rounds.flatMap(({ transfers }) => transfers.map(({ loss }) => Number(loss)))
  expect(losses.some((loss) => loss > 0)).toBe(true)
  expect(rounds.at(-1)!.loss).not.toMatch(/^-/)
})

test('New South Wales: papers without a next preference are no part of what a surplus is divided by', () => {
  const election = { options: 4, seats: 2, ballots: '9 A>B\n4 A>C\n2 A\n4 B\n3 C\n5 D' }
  const { rounds } = count('stv-nsw-local', election)
  expect(rounds[1]).toMatchObject({
    votes: ['10', '7', '4', '5'],
    exhausted: '0',
    loss: '1',
    transfers: [{ values: [{ before: '1', after: '0.384615384615' }] }],
  })
})

test('New South Wales: no paper moves at more than its value, and what is left of the surplus is exhausted', () => {
  const election = { options: 4, seats: 2, ballots: '3 A>B\n12 A\n6 B\n4 C\n2 D' }
  const { rounds } = count('stv-nsw-local', election)
  expect(rounds[1]).toMatchObject({ votes: ['10', '9', '4', '2'], exhausted: '2', loss: '0' })
})

test('New South Wales: the papers of each earlier transfer are cut apart, though they have one value', () => {
  // C holds three papers of 1/2 from A, and three from D. Together they would bring E three votes, and the quota.
  const ballots = '3 A>C>E\n3 A>D>C>E\n14 A>B\n2 C\n7 E'
  const { rounds } = count('stv-nsw-local', { options: 5, seats: 2, ballots })
  expect(rounds.map(({ votes }) => votes.slice(2))).toEqual([
    ['2', '0', '7'],
    ['3', '1', '7'],
    ['4', '0', '7'],
    ['0', '0', '9'],
  ])
})

test('New South Wales: whoever reaches the quota in an exclusion receives the rest of its papers too', () => {
  const ballots = '16 A>D>B>C\n9 B\n8 C\n4 D>B>C'
  const { rounds } = count('stv-nsw-local', { options: 4, seats: 2, ballots })
  expect(rounds[1]).toMatchObject({ quota: '13', votes: ['13', '9', '8', '7'] })
  expect(rounds[2]).toMatchObject({ elected: [1], votes: ['13', '16', '8', '0'] })
})

test('New South Wales: the last seats go together once all lower ones cannot overtake the last of them', () => {
  const election = { options: 6, seats: 2, ballots: '9 A\n8 B\n4 C\n3 D\n2 E\n1 F' }
  const { rounds, winners } = count('stv-nsw-local', election)
  expect(winners).toEqual([
    { option: 0, round: 3 },
    { option: 1, round: 3 },
  ])
  expect(rounds[2]!.sentence).toContain('The last seats go to A and B, whom nobody can overtake.')
  const equal = count('stv-nsw-local', { ...election, ballots: '8 A\n7 B\n4 C\n3 D\n2 E\n1 F' })
  expect(equal.winners.map(({ round }) => round)).toEqual([4, 4])
})

test('New South Wales: of two with equal votes for the last seat one is excluded, and no paper moves', () => {
  const election = { options: 3, seats: 1, ballots: '4 A>B\n3 B\n1 C>B' }
  const open = count('stv-nsw-local', election, { ties: [] })
  expect(open.outcome).toMatchObject({ kind: 'tied', tie: { to: 'exclude', among: [0, 1] } })
  const { rounds, winners } = count('stv-nsw-local', election)
  expect(winners).toEqual([{ option: 0, round: 3 }])
  expect(rounds[2]).toMatchObject({ action: { kind: 'exclude', options: [1] }, votes: ['4', '4', '0'] })
})

test('a traced ballot shows what stays with the elected and what moves on', () => {
  const ballots = '7 A>B\n3 A>C\n4 B\n3 C\n1 D'
  const { rounds } = count('stv-scottish', { options: 4, seats: 2, ballots }, {}, {}, 1)
  expect(rounds.map(({ traced }) => traced)).toEqual([
    [{ option: 0, votes: '1' }],
    [
      { option: 0, votes: '0.7' },
      { option: 2, votes: '0.3' },
    ],
    [
      { option: 0, votes: '0.7' },
      { option: 2, votes: '0.3' },
    ],
    [{ option: 0, votes: '0.7' }],
  ])
})

test('a quota that is rounded to the last place does not go with exact fractions', () => {
  const election = { options: 2, seats: 1, ballots: '1 A' }
  for (const method of ['stv-wigm', 'stv-gregory']) {
    expect(() => count(method, election, { quota: 'droop rounded up', places: 'exact' })).toThrow(
      expect.objectContaining({ code: 'rules-invalid' }),
    )
  }
})

test('New South Wales: a traced ballot leaves with the elected what its transfers took of its value', () => {
  const ballots = '12 A>B>D\n4 A>C\n4 A\n4 B>C\n3 B>D\n2 B\n6 C\n5 D\n4 E>D'
  const { rounds } = count('stv-nsw-local', { options: 5, seats: 3, ballots }, {}, {}, 0)
  expect(rounds.slice(0, 3).map(({ traced }) => traced)).toEqual([
    [{ option: 0, votes: '1' }],
    [
      { option: 0, votes: '0.5' },
      { option: 1, votes: '0.5' },
    ],
    [
      { option: 0, votes: '0.5' },
      { option: 1, votes: '0.384615384615' },
      { option: 3, votes: '0.115384615384' },
    ],
  ])
})

test('New South Wales: what was cut off when papers came can come back when they move on', () => {
  // B holds two parcels of three papers of 1/2, a vote each; two papers of each have a next preference.
  const ballots = '2 A>D>B>E\n1 A>D>B\n2 A>C>D>B>E\n1 A>C>D>B\n14 A>E\n9 B\n8 F\n1 D>E'
  const { rounds } = count('stv-nsw-local', { options: 6, seats: 3, ballots })
  expect(rounds.map(({ votes, exhausted, loss }) => [votes[1], votes[4], exhausted, loss])).toEqual([
    ['9', '0', '0', '0'],
    ['9', '7', '0', '1'],
    ['9', '7', '0', '1'],
    ['11', '8', '0', '1'],
    ['10', '10', '0', '0'],
  ])
})
