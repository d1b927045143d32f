import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type ArchiveRecord,
  archiveBytes,
  openingBytes,
  recordBytes,
  recordOf,
} from '../../src/sealing/archive.ts'
import { type ArchivePiece, readArchive, seen } from '../../src/sealing/archive-reader.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { tarHeader } from '../../src/sealing/tar.ts'
import { vectorArchives, vectorsFolder } from '../support/corpus.ts'

const group = await loadGroup()
const timestamp = 1_795_252_448

async function piecesOf(source: Parameters<typeof readArchive>[1]): Promise<ArchivePiece[]> {
  const pieces: ArchivePiece[] = []
  for await (const piece of readArchive(group, source)) pieces.push(piece)
  return pieces
}

function recordsOf(pieces: readonly ArchivePiece[]): ArchiveRecord[] {
  return pieces.flatMap((piece) => (piece.kind === 'data' || piece.kind === 'event' ? [piece] : []))
}

/** Two pieces of data and an event. */
function smallArchive(): Buffer {
  const records = [
    recordOf(group, 'data', '{"name":"Élection"}'),
    recordOf(group, 'data', `"${'x'.repeat(1022)}"`),
    recordOf(group, 'event', '{"height":0}'),
  ]
  return Buffer.concat([...archiveBytes({ timestamp, records })])
}

describe('an archive', () => {
  test('is read back as it was written', async () => {
    const pieces = await piecesOf([smallArchive()])
    expect(pieces.map(({ kind }) => kind)).toEqual(['header', 'data', 'data', 'event'])
    expect(recordsOf(pieces)[0]?.body).toBe('{"name":"Élection"}')
    const again = Buffer.concat([...archiveBytes({ timestamp, records: recordsOf(pieces) })])
    expect(again.equals(smallArchive())).toBe(true)
  })

  test('is refused at the header of a file that no text can be as long as, before any of it is read', async () => {
    const name = `${'0'.repeat(64)}.data.json`
    const header = tarHeader({ name, size: 2 ** 29, timestamp })
    expect((await piecesOf([openingBytes(timestamp), header])).at(-1)).toEqual({
      ...{ kind: 'refused', reason: 'too-large', file: name },
    })
  })

  test('may have files as long as a text can be', async () => {
    const reasonFor = async (size: number) => {
      const header = tarHeader({ name: 'long', size, timestamp })
      return (await piecesOf([openingBytes(timestamp), header])).at(-1)
    }
    expect(await reasonFor(2 ** 29 - 24)).toMatchObject({ reason: 'truncated' })
    expect(await reasonFor(2 ** 29 - 23)).toMatchObject({ reason: 'too-large' })
  })

  test.each([
    ['another letter before the hash', `x${'0'.repeat(64)}.data.json`],
    ['a digit less', `${'0'.repeat(63)}.data.json`],
    ['large letters', `${'A'.repeat(64)}.data.json`],
    ['something after it', `${'0'.repeat(64)}.data.json.gz`],
    ['no such kind', `${'0'.repeat(64)}.vote.json`],
    ['another letter for a dot', `${'0'.repeat(64)}.data_json`],
  ])('is refused with a file whose name has %s', async (_, name) => {
    const block = recordBytes(recordOf(group, 'data', '1'), timestamp).subarray(512)
    const file = [tarHeader({ name, size: 1, timestamp }), block]
    expect((await piecesOf([openingBytes(timestamp), ...file])).at(-1)).toEqual({
      ...{ kind: 'refused', reason: 'name-is-no-hash', file: name },
    })
  })

  test.each([0, 8 ** 11 - 1])('may be of any time that tar can hold: %i', async (time) => {
    const records = [recordOf(group, 'event', '1')]
    const pieces = await piecesOf(archiveBytes({ timestamp: time, records }))
    expect(pieces).toEqual([{ kind: 'header', timestamp: time }, ...records])
  })

  test('is shown piece by piece to whoever watches, before it is read', async () => {
    const shown: Uint8Array[] = []
    const pieces = seen([smallArchive()], (chunk) => shown.push(chunk))
    expect((await piecesOf(pieces)).at(-1)).toMatchObject({ kind: 'event' })
    expect(shown).toEqual([smallArchive()])
  })

  test('is read the same in pieces of any size', async () => {
    const whole = await piecesOf([smallArchive()])
    for (const size of [1, 7, 512, 513, 100_000]) {
      const bytes = smallArchive()
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      expect(await piecesOf(chunks)).toEqual(whole)
    }
  })

  test('is refused with any one byte changed', async () => {
    const archive = smallArchive()
    for (let i = 0; i < archive.length; i++) {
      const changed = Buffer.from(archive)
      changed[i] = changed[i]! ^ 1
      const last = (await piecesOf([changed])).at(-1)
      expect(last?.kind, `byte ${i}`).toBe('refused')
    }
  })

  test('is refused when cut anywhere but between two files', async () => {
    const archive = smallArchive()
    const betweenFiles = new Set([1024, 2048, 3584])
    for (let end = 1; end < archive.length; end++) {
      const last = (await piecesOf([archive.subarray(0, end)])).at(-1)
      expect(last?.kind === 'refused', `cut at ${end}`).toBe(!betweenFiles.has(end))
    }
  })

  test('is refused with end blocks, as tar itself would add', async () => {
    const last = (await piecesOf([smallArchive(), new Uint8Array(1024)])).at(-1)
    expect(last).toEqual({ kind: 'refused', reason: 'tar-header-differs', file: 'file 5' })
  })

  test('names the file that is wrong', async () => {
    const honest = recordOf(group, 'data', '"honest"')
    const forged = { ...honest, body: '"forged"' }
    const last = (await piecesOf(archiveBytes({ timestamp, records: [forged] }))).at(-1)
    expect(last).toEqual({
      kind: 'refused',
      reason: 'content-differs-from-name',
      file: `${honest.hash}.data.json`,
    })
  })

  test('must give all its files the date of its header', async () => {
    const record = recordBytes(recordOf(group, 'data', '1'), timestamp + 1)
    const last = (await piecesOf([openingBytes(timestamp), record])).at(-1)
    expect(last).toMatchObject({ kind: 'refused', reason: 'tar-header-differs' })
  })

  test('must be text, and keeps a byte order mark for a byte order mark', async () => {
    const marked = recordOf(group, 'data', '\ufeff1')
    const pieces = await piecesOf(archiveBytes({ timestamp, records: [marked] }))
    expect(recordsOf(pieces)).toEqual([marked])
  })

  test.each([
    ['{"version":2,"timestamp":"1795252448"}', 'unknown-version'],
    ['{"version":12,"timestamp":"1795252448"}', 'unknown-version'],
    ['{"version":"1","timestamp":"1795252448"}', 'no-header'],
    ['{"version":1,"timestamp":"01795252448"}', 'no-header'],
    ['{"version":1,"timestamp":01795252448}', 'no-header'],
    [' {"version":1,"timestamp":"1795252448"}', 'no-header'],
    ['{"version":1,"timestamp":"1795252448"}\n', 'no-header'],
    ['{"version":1,"timestamp":"17952524480"}', 'bad-timestamp'],
    ['{"version":1,"timestamp":"179525244800"}', 'no-header'],
    ['{"version":1,"timestamp":17952524480}', 'bad-timestamp'],
    ['{"version":1,"timestamp":179525244800}', 'no-header'],
    ['{"version":1,"timestamp":"8589934592"}', 'bad-timestamp'],
    ['{"version":1,"timestamp":"1795252449"}', 'bad-timestamp'],
    ['{"timestamp":"1795252448","version":1}', 'no-header'],
  ])('is refused with the header %s', async (json, reason) => {
    expect(await piecesOf([withHeader(json)])).toEqual([{ kind: 'refused', reason, file: 'BELENIOS' }])
  })

  test('may have its timestamp as a number, as Belenios reads it', async () => {
    const pieces = await piecesOf([withHeader('{"version":1,"timestamp":1795252448}')])
    expect(pieces).toEqual([{ kind: 'header', timestamp }])
  })

  test('is refused if it is empty, or something else', async () => {
    expect(await piecesOf([])).toEqual([{ kind: 'refused', reason: 'no-header', file: 'BELENIOS' }])
    const record = recordBytes(recordOf(group, 'data', '1'), timestamp)
    expect(await piecesOf([record])).toEqual([{ kind: 'refused', reason: 'no-header', file: 'file 1' }])
  })

  test('can only be dated by a whole number that tar can hold', () => {
    for (const wrong of [-1, 1.5, 8 ** 11, Number.NaN]) {
      expect(() => openingBytes(wrong)).toThrow(new RangeError(`${wrong} can't date an archive`))
    }
  })
})

function withHeader(json: string): Uint8Array {
  const { hash } = recordOf(group, 'data', json)
  const named = recordBytes({ kind: 'data', hash, body: json }, timestamp)
  named.fill(0, 0, 100)
  named.set(Buffer.from('BELENIOS'))
  named.fill(0x20, 148, 156)
  const sum = named.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  named.set(Buffer.from(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
  return named
}

describe.skipIf(vectorsFolder() === undefined)('an archive that Belenios wrote', () => {
  test.each(vectorArchives())('%s is written again byte by byte from its records', async (archive) => {
    const bytes = readFileSync(join(vectorsFolder()!, archive))
    const [header, ...pieces] = await piecesOf([bytes])
    if (header?.kind !== 'header') throw new Error(`${archive} has no header`)
    const again = archiveBytes({ timestamp: header.timestamp, records: recordsOf(pieces) })
    expect(Buffer.concat([...again]).equals(bytes)).toBe(true)
  })
})
