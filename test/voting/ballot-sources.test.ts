import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ballotsIn, largestBallot } from '../../src/voting/ballot-sources.ts'
import type { OfferedBallot } from '../../src/voting/ingest.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function* chunks(...texts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? Buffer.from(text) : text
}

async function read(inputs: string[], stdin = chunks()): Promise<OfferedBallot[]> {
  const ballots: OfferedBallot[] = []
  for await (const ballot of ballotsIn(inputs, stdin)) ballots.push(ballot)
  return ballots
}

test('a folder gives its json files by name, and nothing else', async () => {
  for (const name of ['b.json', 'a.json', 'notes.txt', 'c.json']) writeFileSync(join(folder, name), name)
  mkdirSync(join(folder, 'd.json'))
  expect((await read([folder])).map(({ name }) => name)).toEqual(
    ['a.json', 'b.json', 'c.json'].map((name) => join(folder, name)),
  )
})

test('a pipe in a folder is told, and not waited for', async () => {
  execFileSync('mkfifo', [join(folder, 'a.json')])
  writeFileSync(join(folder, 'b.json'), 'b')
  expect(await read([folder])).toEqual([
    { name: join(folder, 'a.json'), fault: 'unreadable' },
    { name: join(folder, 'b.json'), json: 'b' },
  ])
})

test('a line end that a mail program added is not part of the ballot', async () => {
  writeFileSync(join(folder, 'a.json'), '{"a":1}\r\n')
  expect(await read([join(folder, 'a.json')])).toEqual([{ name: join(folder, 'a.json'), json: '{"a":1}' }])
})

test('each line of standard input is a ballot, wherever its bytes are cut', async () => {
  expect(await read(['-'], chunks('{"a"', ':1}\r\n', '\n{"b":2}\n{"ñ', '":3}'))).toEqual([
    { name: 'line 1', json: '{"a":1}' },
    { name: 'line 3', json: '{"b":2}' },
    { name: 'line 4', json: '{"ñ":3}' },
  ])
})

test('a line or a file beyond all bounds is refused, and the others are read', async () => {
  const long = Buffer.alloc(largestBallot, 'x')
  writeFileSync(join(folder, 'a.json'), Buffer.concat([long, Buffer.from('x')]))
  writeFileSync(join(folder, 'b.json'), 'b')
  expect(await read([folder, '-'], chunks(long, 'x', '\nok\n'))).toEqual([
    { name: join(folder, 'a.json'), fault: 'too-large' },
    { name: join(folder, 'b.json'), json: 'b' },
    { name: 'line 1', fault: 'too-large' },
    { name: 'line 2', json: 'ok' },
  ])
})

test('what is not text is refused', async () => {
  writeFileSync(join(folder, 'a.json'), Uint8Array.of(0x7b, 0xff, 0x7d))
  expect(await read([folder])).toMatchObject([{ fault: 'not-text' }])
})

test('an input that is not there, or has no ballot, is named', async () => {
  await expect(read([folder])).rejects.toMatchObject({ code: 'nothing-to-ingest' })
  await expect(read([join(folder, 'nowhere')])).rejects.toThrow('nowhere')
})
