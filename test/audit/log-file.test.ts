import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyLogFile, writeLogLines } from '../../src/audit/log-file.ts'
import { verifyAuditLog } from '../../src/audit/verify-log.ts'
import { ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

let box: Opened
let file: string
let earlier: string
beforeEach(async () => {
  box = await openedElection({ voters: 2, contests: 'committee' })
  earlier = (await verifyAuditLog(box.work)).head
  await ingestAll(box.work, [sealVote(box, '1001')])
  file = join(box.folder, 'log.jsonl')
  const chunks: Uint8Array[] = []
  await box.work.read((tx) =>
    writeLogLines(tx, (bytes) => {
      chunks.push(bytes)
    }),
  )
  writeFileSync(file, Buffer.concat(chunks))
})
afterEach(() => box.close())

test('an exported log verifies without the file, and has every head that was told', async () => {
  const state = await verifyAuditLog(box.work)
  expect(await verifyLogFile(file, undefined)).toEqual(state)
  expect(await verifyLogFile(file, earlier)).toEqual(state)
  expect(await verifyAuditLog(box.work, earlier)).toEqual(state)
})

test('it names no voter', () => {
  expect(readFileSync(file, 'utf8')).toContain('ballot-accepted')
  expect(readFileSync(file, 'utf8')).not.toContain('1001')
})

test('a log without a head that was kept is refused, as one that ends before it is', async () => {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const last = JSON.parse(lines.at(-1)!).hash
  await expect(verifyLogFile(file, 'f'.repeat(64))).rejects.toMatchObject({ code: 'audit-log-broken' })
  writeFileSync(file, `${lines.slice(0, -1).join('\n')}\n`)
  await expect(verifyLogFile(file, last)).rejects.toMatchObject({ code: 'audit-log-broken' })
})

test.each([
  ['an entry is left out', (lines: string[]) => lines.toSpliced(1, 1), 2],
  ['an officer is another', (lines: string[]) => lines.with(2, lines[2]!.replace('"ada"', '"bea"')), 3],
  ['a line is no JSON', (lines: string[]) => lines.with(0, '{'), 1],
])('an exported log in which %s is refused, with the place', async (_, change, position) => {
  writeFileSync(file, `${change(readFileSync(file, 'utf8').trimEnd().split('\n')).join('\n')}\n`)
  await expect(verifyLogFile(file, undefined)).rejects.toMatchObject({
    code: 'audit-log-broken',
    details: { position },
  })
})
