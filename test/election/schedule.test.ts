import { expect, test } from 'vitest'
import { dueSteps, type Scheduled } from '../../src/election/schedule.ts'
import { momentOfText, textOfMoment } from '../../src/election/zoned-time.ts'

function scheduled(changes: Partial<Scheduled> = {}): Scheduled {
  return {
    ...{ slug: 'board', status: 'draft', opens_at: null, closes_at: null },
    ...{ embargo_until: null, published_at: null, missed: null, unpublished: null },
    ...changes,
  }
}

const nine = '2026-12-01T09:00:00.000Z'
const ten = '2026-12-01T10:00:00.000Z'
const eleven = '2026-12-01T11:00:00.000Z'

test.each([
  ['a draft opens at its time', { opens_at: nine }, ['open']],
  ['a draft without a time is opened by hand', {}, []],
  ['a draft that was tried in vain is not tried again', { opens_at: nine, missed: nine }, []],
  ['it is tried again at another time', { opens_at: ten, missed: nine }, ['open']],
  ['a runoff waits for the result that it follows', { opens_at: nine, unpublished: 'board-2025' }, []],
  ['a draft is not closed', { closes_at: nine }, []],
  ['an open election closes at its time', { status: 'open', closes_at: ten }, ['close']],
  ['a paused one too', { status: 'paused', opens_at: nine, closes_at: ten }, ['close']],
  ['not a second earlier', { status: 'open', closes_at: '2026-12-01T10:00:01.000Z' }, []],
  ['a closed one has nothing to do', { status: 'closed', opens_at: nine, closes_at: nine }, []],
  ['a cancelled one neither', { status: 'cancelled', opens_at: nine, closes_at: nine }, []],
  ['a result is published when its embargo ends', { status: 'tallied', embargo_until: ten }, ['publish']],
  ['of a certified election too', { status: 'certified', embargo_until: ten }, ['publish']],
  ['once', { status: 'tallied', embargo_until: nine, published_at: nine }, []],
] as [string, Partial<Scheduled>, string[]][])('%s', (_name, changes, deeds) => {
  expect(dueSteps([scheduled(changes)], ten).due.map(({ deed }) => deed)).toEqual(deeds)
})

test('steps come in the order of their moments, and those of one moment by name', () => {
  const elections = [
    scheduled({ slug: 'c', opens_at: ten }),
    scheduled({ slug: 'b', status: 'open', closes_at: ten }),
    scheduled({ slug: 'a', opens_at: eleven }),
    scheduled({ slug: 'd', status: 'open', closes_at: nine }),
  ]
  expect(dueSteps(elections, ten)).toEqual({
    due: [
      { deed: 'close', election: 'd', at: nine },
      { deed: 'close', election: 'b', at: ten },
      { deed: 'open', election: 'c', at: ten },
    ],
    next: eleven,
  })
})

test('the next moment is the nearest that is still to come, also in the next year', () => {
  const newYear = '2027-01-01T00:00:00.000Z'
  const elections = [
    scheduled({ slug: 'a', status: 'open', closes_at: '2027-01-01T00:00:01.000Z' }),
    scheduled({ slug: 'b', opens_at: newYear }),
  ]
  expect(dueSteps(elections, '2026-12-31T23:59:59.999Z')).toEqual({ due: [], next: newYear })
  expect(dueSteps(elections, newYear).due.map(({ election }) => election)).toEqual(['b'])
  expect(dueSteps([], newYear)).toEqual({ due: [], next: null })
})

/** Local times around a change of the clocks, each with the moment that it means or why it means none. */
test.each([
  ['Europe/Madrid', '2026-03-29 01:59:59', '2026-03-29T00:59:59.000Z'],
  ['Europe/Madrid', '2026-03-29 02:30', 'skipped'],
  ['Europe/Madrid', '2026-03-29 03:00', '2026-03-29T01:00:00.000Z'],
  ['Europe/Madrid', '2026-10-25 02:30', 'twice'],
  ['Europe/Madrid', '2026-10-25 02:30+02:00', '2026-10-25T00:30:00.000Z'],
  ['Europe/Madrid', '2026-10-25 02:30+01:00', '2026-10-25T01:30:00.000Z'],
  ['America/Santiago', '2026-09-06 00:30', 'skipped'],
  ['America/Santiago', '2026-09-06 01:00', '2026-09-06T04:00:00.000Z'],
  ['America/Santiago', '2026-04-04 23:30', 'twice'],
  ['America/Santiago', '2026-04-04 23:30-03:00', '2026-04-05T02:30:00.000Z'],
  ['America/Santiago', '2026-04-04 23:30-04:00', '2026-04-05T03:30:00.000Z'],
  ['Pacific/Chatham', '2026-09-27 02:45', 'skipped'],
  ['Pacific/Chatham', '2026-09-27 03:45', '2026-09-26T14:00:00.000Z'],
  ['Pacific/Chatham', '2026-04-05 03:00', 'twice'],
  ['Pacific/Chatham', '2026-04-05 03:00+13:45', '2026-04-04T13:15:00.000Z'],
  ['Pacific/Chatham', '2026-04-05 03:00+12:45', '2026-04-04T14:15:00.000Z'],
])('an election of %s that closes at %s: %s', (zone, written, expected) => {
  const moment = momentOfText(written, zone)
  if (typeof moment !== 'string') {
    expect(moment.code).toBe(expected)
    return
  }
  expect(moment).toBe(expected)
  const election = scheduled({ status: 'open', closes_at: moment })
  const before = new Date(Date.parse(moment) - 1).toISOString()
  expect(dueSteps([election], before)).toEqual({ due: [], next: moment })
  expect(dueSteps([election], moment).due).toHaveLength(1)
  // What people are told leads back to the very moment, where the clocks show it twice too.
  expect(momentOfText(textOfMoment(moment, zone), zone)).toBe(moment)
})
