import { expect, test } from 'vitest'
import { Latest } from '../../src/server/latest.ts'

test('what many ask for at once is made once, and anew when something has changed', async () => {
  const latest = new Latest<number>()
  let made = 0
  const ask = (key: string) => latest.of('board', key, async () => ++made)
  expect(await Promise.all([ask('a'), ask('a'), ask('a')])).toEqual([1, 1, 1])
  expect(await ask('b')).toBe(2)
  expect(await ask('b')).toBe(2)
})

test('what failed is tried again by whoever asks next, and does not take away what came after it', async () => {
  const latest = new Latest<string>()
  const failing = latest.of('board', 'a', async () => {
    throw new Error('not yet')
  })
  const kept = latest.of('board', 'b', async () => 'made')
  await expect(failing).rejects.toThrow('not yet')
  expect(await latest.of('board', 'b', async () => 'made again')).toBe(await kept)
  expect(await latest.of('board', 'a', async () => 'now')).toBe('now')
})
