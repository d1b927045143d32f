import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBacklog } from '../../src/voting/backlog.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

test('the last one is told to come again in as many seconds as those before it take', () => {
  const backlog = openBacklog({ ballots: 10_000, bytes: 1e9, wait: 2000, stall: 2000 })
  for (let waiting = 0; waiting < 500; waiting++) backlog.enter(1)
  // A hundred a second.
  for (let step = 0; step < 40; step++) {
    vi.advanceTimersByTime(100)
    backlog.passed(10)
  }
  expect(() => backlog.enter(1)).toThrow(expect.objectContaining({ details: { retryAfter: 5 } }))
})

test('ballots that come one by one, and take long each, leave room for a rush', () => {
  const backlog = openBacklog({ ballots: 10_000, bytes: 1e9, wait: 2000, stall: 2000 })
  for (let voter = 0; voter < 100; voter++) {
    const place = backlog.enter(1)
    vi.advanceTimersByTime(30)
    backlog.passed(1)
    backlog.leave(place)
  }
  for (let rush = 0; rush < 1000; rush++) backlog.enter(1)
})

test('a slow start is forgotten as soon as it goes faster', () => {
  const backlog = openBacklog({ ballots: 10_000, bytes: 1e9, wait: 2000, stall: 2000 })
  const waiting = Array.from({ length: 500 }, () => backlog.enter(1))
  for (let second = 0; second < 4; second++) {
    vi.advanceTimersByTime(1000)
    backlog.passed(1)
  }
  expect(() => backlog.enter(1)).toThrow(expect.objectContaining({ code: 'busy' }))
  for (let step = 0; step < 12; step++) {
    vi.advanceTimersByTime(50)
    backlog.passed(40)
    for (const place of waiting.splice(0, 40)) backlog.leave(place)
  }
  for (let rush = 0; rush < 1000; rush++) backlog.enter(1)
})

test('where nothing gets through any more, nobody is let in to wait', () => {
  const backlog = openBacklog({ ballots: 10_000, bytes: 1e9, wait: 2000, stall: 2000 })
  backlog.enter(1)
  vi.advanceTimersByTime(1900)
  const second = backlog.enter(1)
  vi.advanceTimersByTime(200)
  expect(() => backlog.enter(1)).toThrow(expect.objectContaining({ details: { retryAfter: 3 } }))
  backlog.passed(1)
  backlog.leave(second)
  backlog.enter(1)
})

test('it says when nothing waits any more', async () => {
  const backlog = openBacklog({ ballots: 10, bytes: 10, wait: 10, stall: 10 })
  await backlog.emptied()
  const place = backlog.enter(1)
  let empty = false
  const emptied = backlog.emptied().then(() => {
    empty = true
  })
  await Promise.resolve()
  expect(empty).toBe(false)
  backlog.leave(place)
  await emptied
})
