import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openBallots } from '../../src/interchange/open-ballots.ts'

const text = '2 1\n3 1 2 0\n2 2 0\n0\n"A"\n"B"\n"Chair"\n'
const options = { irregularities: 'warned of', order: 'forgotten' } as const

function fileOf(name: string, bytes: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'urna-')), name)
  writeFileSync(path, bytes)
  return path
}

test('a file tells its format, and a compressed one is read like any other', async () => {
  const plain = await openBallots({ path: fileOf('chair.txt', text) }, options)
  expect(plain).toMatchObject({ title: 'Chair', options: ['A', 'B'], format: { id: 'blt' } })
  const compressed = await openBallots({ path: fileOf('chair.blt.gz', gzipSync(text)) }, options)
  expect(compressed.ballots).toEqual(plain.ballots)
})

test('a file that is no ballots is refused with the formats there are', async () => {
  await expect(openBallots({ path: fileOf('letter.txt', 'Dear voters') }, options)).rejects.toMatchObject({
    code: 'ballot-format-unknown',
    hint: expect.stringContaining('blt'),
  })
})

test('an empty file is in no format', async () => {
  await expect(openBallots({ path: fileOf('empty.blt', '') }, options)).rejects.toMatchObject({
    code: 'ballot-format-unknown',
  })
})

test('whoever wants the hash of a file is shown its bytes as they are on the disk', async () => {
  const bytes = gzipSync(text)
  const seen: Uint8Array[] = []
  await openBallots({ path: fileOf('chair.blt.gz', bytes), seen: (chunk) => seen.push(chunk) }, options)
  expect(Buffer.concat(seen)).toEqual(bytes)
})
