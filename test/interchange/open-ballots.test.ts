import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openBallots } from '../../src/interchange/open-ballots.ts'
import { ballotSamples } from '../support/ballot-samples.ts'
import { recordCompanions } from '../support/record-samples.ts'

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

test.each([
  ['empty.blt', ''],
  ['empty.csv.gz', gzipSync('')],
])('%s is said to be empty', async (name, bytes) => {
  await expect(openBallots({ path: fileOf(name, bytes) }, options)).rejects.toMatchObject({
    code: 'ballot-file-unreadable',
    message: expect.stringMatching(/ is empty\.$/),
  })
})

test.each([
  ['one option', '1 1\n3 1 0\n0\n"A"\n"T"\n', 1, 1],
  ['no ballot', '2 1\n0\n"A"\n"B"\n"T"\n', 2, 0],
  ['blank ballots alone', '2 1\n3 0\n2 0\n0\n"A"\n"B"\n"T"\n', 2, 1],
])('BLT of %s is known by what it says', async (_, small, optionCount, groups) => {
  const file = await openBallots({ path: fileOf('small.txt', small) }, options)
  expect(file).toMatchObject({ format: { id: 'blt' }, ballots: { optionCount, count: groups } })
})

test('a file that begins as none does is read by its extension, and told where it goes wrong', async () => {
  await expect(openBallots({ path: fileOf('ward.blt', 'Dear voters') }, options)).rejects.toMatchObject({
    code: 'ballot-file-unreadable',
    details: expect.objectContaining({ format: 'blt', line: 1, column: 1 }),
  })
})

test('a folder without records says so', async () => {
  const path = dirname(fileOf('ward.blt', text))
  await expect(openBallots({ path }, options)).rejects.toMatchObject({
    code: 'ballot-format-unknown',
    message: expect.stringContaining('is a folder'),
  })
})

test('whoever wants the hash of a file is shown its bytes as they are on the disk', async () => {
  const bytes = gzipSync(text)
  const seen: Uint8Array[] = []
  await openBallots({ path: fileOf('chair.blt.gz', bytes), seen: (chunk) => seen.push(chunk) }, options)
  expect(Buffer.concat(seen)).toEqual(bytes)
})

test('the same file in UTF-16, with a byte order mark or without, and in Windows-1252', async () => {
  const names = text.replace('"A"', '"Åsa"')
  const utf8 = await openBallots({ path: fileOf('chair.blt', names) }, options)
  expect(utf8.options).toEqual(['Åsa', 'B'])
  const utf16 = Buffer.from(names, 'utf16le')
  const swapped = Buffer.from(utf16).swap16()
  for (const bytes of [utf16, swapped, Buffer.from(`\uFEFF${names}`, 'utf16le')]) {
    expect(await openBallots({ path: fileOf('chair.blt', bytes) }, options)).toEqual(utf8)
  }
  const latin = await openBallots({ path: fileOf('chair.blt', Buffer.from(names, 'latin1')) }, options)
  expect(latin.options).toEqual(utf8.options)
  expect(latin.warnings).toEqual([{ line: 5, column: 1, message: expect.stringContaining('Windows-1252') }])
})

test('a compressed file that is cut or damaged is refused in a sentence', async () => {
  const long = gzipSync(`2 1\n${'1 1 2 0\n1 2 0\n'.repeat(5000)}0\n"A"\n"B"\n"T"\n`)
  const cut = openBallots({ path: fileOf('cut.blt.gz', long.subarray(0, -20)) }, options)
  await expect(cut).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringContaining('ends too early'),
  })
  const damaged = Buffer.from(long)
  damaged.fill(0xaa, 30, 60)
  await expect(openBallots({ path: fileOf('bad.blt.gz', damaged) }, options)).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringContaining('is damaged'),
  })
})

test('a format that there is not is refused with the nearest', async () => {
  await expect(
    openBallots({ path: fileOf('chair.blt', text), format: 'btl' }, options),
  ).rejects.toMatchObject({
    code: 'ballot-format-unknown',
    hint: expect.stringMatching(/^Perhaps blt was meant/),
  })
})

test.each(Object.entries(ballotSamples))('%s is told from the file alone', async (id, sample) => {
  // Forced readings of formats that have another by default.
  const told: Readonly<Record<string, string>> = {
    'abif-scores': 'abif',
    'csv-options': 'csv',
    'csv-scores': 'csv',
    'csv-choices': 'csv',
  }
  const path = fileOf('votes', sample)
  for (const [name, text] of Object.entries(recordCompanions)) writeFileSync(join(dirname(path), name), text)
  const opened = await openBallots({ path }, options)
  expect(opened.format.id).toBe(told[id] ?? id)
})

test('warnings are listed up to a hundred, and the rest are counted', async () => {
  const ballots = `#/Candidates: A ; B\n${'A > X\n'.repeat(250)}`
  const { warnings } = await openBallots({ path: fileOf('votes.cvotes', ballots) }, options)
  expect(warnings).toHaveLength(101)
  expect(warnings.at(-1)).toMatchObject({ line: 102, message: expect.stringContaining('150 more') })
})

test('a folder of records is read as one file, with the names that its manifest gives', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'urna-'))
  const record = (candidate: number) => ({
    Original: { IsCurrent: true, Contests: [{ Id: 1, Marks: [{ CandidateId: candidate, Rank: 1 }] }] },
  })
  for (const [number, candidates] of [
    [10, [2]],
    [9, [3, 2]],
  ] as const) {
    const text = JSON.stringify({ Sessions: candidates.map(record) })
    writeFileSync(join(folder, `CvrExport_${number}.json`), text)
  }
  const list = [
    { Id: 2, ContestId: 1, Description: 'Ada' },
    { Id: 3, ContestId: 1, Description: 'Ben' },
  ]
  writeFileSync(join(folder, 'CandidateManifest.json'), JSON.stringify({ List: list }))
  writeFileSync(
    join(folder, 'ContestManifest.json'),
    JSON.stringify({ List: [{ Id: 1, Description: 'Mayor' }] }),
  )
  const file = await openBallots({ path: folder }, { ...options, order: 'kept' })
  expect(file).toMatchObject({ title: 'Mayor', options: ['Ada', 'Ben'], format: { id: 'dominion' } })
  expect('sequence' in file.ballots && [...file.ballots.sequence!]).toEqual([0, 1, 1])
})

test('a folder without ballots is in no format, and one file only of a format is not read as several', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'urna-'))
  await expect(openBallots({ path: folder }, options)).rejects.toMatchObject({
    code: 'ballot-format-unknown',
  })
  for (const name of ['a.xml', 'b.xml']) writeFileSync(join(folder, name), text)
  await expect(openBallots({ path: folder }, options)).rejects.toMatchObject({ code: 'one-file-only' })
})
