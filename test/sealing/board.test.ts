import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type ArchiveRecord, archiveBytes, recordOf } from '../../src/sealing/archive.ts'
import {
  type BoardHead,
  type BoardStep,
  ballotRecords,
  encryptedTallyRecords,
  endBallots,
  endShuffles,
  partialDecryptionRecords,
  resultRecords,
  setupRecords,
  shuffleRecords,
} from '../../src/sealing/board.ts'
import { type BoardEntry, type BoardPiece, readBoard } from '../../src/sealing/board-reader.ts'
import { parseCanonical } from '../../src/sealing/canonical-json.ts'
import { type SizedEncryptedTally, sizedEncryptedTallyFormat } from '../../src/sealing/encrypted-tally.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { vectorArchives, vectorsFolder } from '../support/corpus.ts'
import { archiveForgeries } from '../support/forgeries/archive.ts'
import { chainForgeries } from '../support/forgeries/chain.ts'

const group = await loadGroup()
const timestamp = 1_795_252_448

async function boardOf(source: Parameters<typeof readBoard>[1]): Promise<BoardPiece[]> {
  const pieces: BoardPiece[] = []
  for await (const piece of readBoard(group, source)) pieces.push(piece)
  return pieces
}

async function verdictOn(records: readonly ArchiveRecord[]): Promise<BoardPiece | undefined> {
  return (await boardOf(archiveBytes({ timestamp, records }))).at(-1)
}

/** A board of one election up to its result; what the data says is not the board's concern. */
function wholeBoard(): BoardStep[] {
  const steps: BoardStep[] = [
    setupRecords(group, { election: '"election"', trustees: '"trustees"', credentials: '"credentials"' }),
  ]
  const add = (build: (head: BoardHead) => BoardStep) => steps.push(build(steps.at(-1)!.head))
  add((head) => ballotRecords(group, head, '"ballot 1"'))
  add((head) => ballotRecords(group, head, '"ballot 2"'))
  add((head) => endBallots(group, head))
  add((head) => encryptedTallyRecords(group, head, { tally: '"tally"', num_tallied: 2, total_weight: 2n }))
  add((head) => shuffleRecords(group, head, { owner: 2, shuffle: '"shuffle"' }))
  add((head) => endShuffles(group, head))
  add((head) => partialDecryptionRecords(group, head, { owner: 1, partialDecryption: '"decryption"' }))
  add((head) => resultRecords(group, head, '"result"'))
  return steps
}

describe('a board', () => {
  test('is read back step by step', async () => {
    const steps = wholeBoard()
    const pieces = await boardOf(
      archiveBytes({ timestamp, records: steps.flatMap(({ records }) => records) }),
    )
    const entries = pieces.map((piece) => (piece.kind === 'entry' ? piece.entry : undefined))
    expect(entries.map((entry) => entry?.stage)).toEqual([
      'open',
      'open',
      'open',
      'closed',
      'tallied',
      'shuffling',
      'shuffled',
      'decrypting',
      'finished',
    ])
    expect(entries.map((entry) => ({ hash: entry?.hash, height: entry?.height }))).toEqual(
      steps.map(({ head }) => head),
    )
    const [election, trustees, credentials] = ['"election"', '"trustees"', '"credentials"'].map((body) => ({
      body,
    }))
    expect(entries[0]).toMatchObject({ type: 'Setup', election, trustees, credentials })
    expect(entries[2]).toMatchObject({ type: 'Ballot', ballot: { body: '"ballot 2"' } })
    expect(entries[3]).toMatchObject({ type: 'EndBallots' })
    expect(entries[4]).toMatchObject({ type: 'EncryptedTally', tally: { body: '"tally"' } })
    expect(entries[4]).toMatchObject({ sized: { body: expect.stringContaining('"num_tallied":2') } })
    expect(entries[6]).toMatchObject({ type: 'EndShuffles' })
    expect(entries[8]).toMatchObject({ type: 'Result', result: { body: '"result"' } })
    expect(entries[5]).toMatchObject({ type: 'Shuffle', owner: 2, work: { body: '"shuffle"' } })
    expect(entries[7]).toMatchObject({ type: 'PartialDecryption', owner: 1, work: { body: '"decryption"' } })
  })

  test('is refused without any one of its files, which is missed in place or by the next', async () => {
    const records = wholeBoard().flatMap((step) => step.records)
    for (let i = 0; i < records.length - 1; i++) {
      const last = await verdictOn(records.toSpliced(i, 1))
      expect(last?.kind, `without file ${i}, ${records[i]?.body}`).toBe('refused')
    }
  })

  test('is refused with any two neighbouring files exchanged', async () => {
    const records = wholeBoard().flatMap((step) => step.records)
    for (let i = 0; i + 1 < records.length; i++) {
      const last = await verdictOn(records.toSpliced(i, 2, records[i + 1]!, records[i]!))
      expect(last?.kind, `files ${i} and ${i + 1}`).toBe('refused')
    }
  })

  test('is refused with a file that no event refers to, wherever it is', async () => {
    const records = wholeBoard().flatMap((step) => step.records)
    const stray = recordOf(group, 'data', '"stray"')
    for (let i = 0; i <= records.length; i++) {
      const last = await verdictOn(records.toSpliced(i, 0, stray))
      expect(last?.kind, `before file ${i}`).toBe('refused')
    }
  })

  test('is refused with the same ballot twice, and names it', async () => {
    const [setup, ballot] = wholeBoard()
    const again = ballotRecords(group, ballot!.head, '"ballot 1"')
    expect(await verdictOn([setup!, ballot!, again].flatMap(({ records }) => records))).toEqual({
      kind: 'refused',
      check: 'chain',
      reason: 'ballot-repeated',
      file: `${again.records[0]!.hash}.data.json`,
      height: 2,
    })
  })

  test('is refused as soon as more data comes than any event has', async () => {
    let written = 0
    function* endless() {
      while (written < 50) yield recordOf(group, 'data', String(written++))
    }
    const pieces = await boardOf(archiveBytes({ timestamp, records: endless() }))
    expect(pieces).toEqual([
      {
        ...{ kind: 'refused', check: 'chain', reason: 'data-not-referred-to', height: 0 },
        file: expect.stringMatching(/\.data\.json$/),
      },
    ])
    expect(written).toBeLessThan(8)
  })

  test('may have the same work of two trustees, as where nobody voted', async () => {
    const before = wholeBoard().slice(0, -1)
    const partialDecryption = '"decryption"'
    const same = partialDecryptionRecords(group, before.at(-1)!.head, { owner: 2, partialDecryption })
    const records = [...before, same].flatMap((step) => step.records)
    expect((await verdictOn(records))?.kind).toBe('entry')
  })

  test('is refused where a ballot was taken out and the rest left', async () => {
    const steps = wholeBoard()
    const without = steps.toSpliced(1, 1).flatMap(({ records }) => records)
    expect(await verdictOn(without)).toMatchObject({ reason: 'parent-is-not-the-event-before', height: 1 })
  })

  test('is refused where the heights skip one', async () => {
    const [setup] = wholeBoard()
    const skipped = ballotRecords(group, { ...setup!.head, height: 1 }, '"ballot"')
    const records = [...setup!.records, ...skipped.records]
    expect(await verdictOn(records)).toMatchObject({ reason: 'height-is-not-one-more' })
  })

  test('is refused where the setup or an owner names other data', async () => {
    const [setup] = wholeBoard()
    const [election, ...others] = setup!.records
    const swapped = [recordOf(group, 'data', '"another election"'), ...others]
    expect(await verdictOn(swapped)).toMatchObject({ reason: 'data-is-not-what-is-named', height: 0 })
    expect(election?.body).toBe('"election"')

    const upToShuffle = wholeBoard()
      .slice(0, 6)
      .flatMap(({ records }) => records)
    const forged = upToShuffle.toSpliced(-3, 1, recordOf(group, 'data', '"another shuffle"'))
    expect(await verdictOn(forged)).toMatchObject({ reason: 'data-is-not-what-is-named', height: 5 })
  })

  test('may carry a certificate of whoever made the credentials, in its place and no other', async () => {
    const texts = ['"election"', '"trustees"', '"credentials"', '"certificate"']
    const data = texts.map((text) => recordOf(group, 'data', text))
    const [election, trustees, credentials, certificate] = data.map(({ hash }) => hash)
    const names = { election, trustees, credentials, credentials_certificate: certificate }
    const setup = recordOf(group, 'data', JSON.stringify(names))
    const event = recordOf(group, 'event', `{"height":0,"type":"Setup","payload":"${setup.hash}"}`)
    expect(await verdictOn([...data, setup, event])).toMatchObject({
      kind: 'entry',
      entry: { type: 'Setup' },
    })
    for (const wrong of [data.slice(0, 3), [...data.slice(0, 3), recordOf(group, 'data', '"x"')]]) {
      expect(await verdictOn([...wrong, setup, event])).toMatchObject({ kind: 'refused', height: 0 })
    }
  })

  test('is refused where an event comes out of turn', async () => {
    const [setup] = wholeBoard()
    const early = resultRecords(group, setup!.head, '"result"')
    const records = [...setup!.records, ...early.records]
    expect(await verdictOn(records)).toMatchObject({ reason: 'event-out-of-turn', height: 1 })
  })
})

describe('a forger of archives is found out by whoever reads one', () => {
  const unreadable = [...chainForgeries, ...archiveForgeries].filter(
    ({ reason, since }) => reason !== 'no-events' && since === undefined,
  )

  test.each(unreadable)('who $does', async ({ archive, check, reason, place }) => {
    const last = (await boardOf([archive()])).at(-1)
    expect(last).toMatchObject({ kind: 'refused', check, reason, ...place })
  })
})

describe.skipIf(vectorsFolder() === undefined)('a board that Belenios wrote', () => {
  test.each(vectorArchives())('%s is written again from what its steps say', async (archive) => {
    const bytes = readFileSync(join(vectorsFolder()!, archive))
    const records: ArchiveRecord[] = []
    let head: BoardHead | undefined
    for (const piece of await boardOf([bytes])) {
      if (piece.kind === 'refused') throw new Error(`${piece.reason} in ${piece.file}`)
      const step = stepAgain(head, piece.entry)
      records.push(...step.records)
      head = step.head
      expect(head.hash).toBe(piece.entry.hash)
    }
    const written = Number.parseInt(bytes.subarray(136, 147).toString(), 8)
    expect(Buffer.concat([...archiveBytes({ timestamp: written, records })]).equals(bytes)).toBe(true)
  })
})

function stepAgain(head: BoardHead | undefined, entry: BoardEntry): BoardStep {
  if (entry.type === 'Setup') {
    const { election, trustees, credentials } = entry
    return setupRecords(group, {
      election: election.body,
      trustees: trustees.body,
      credentials: credentials.body,
    })
  }
  if (head === undefined) throw new Error('the first event is no Setup')
  switch (entry.type) {
    case 'Ballot':
      return ballotRecords(group, head, entry.ballot.body)
    case 'EndBallots':
      return endBallots(group, head)
    case 'EncryptedTally':
      return encryptedTallyRecords(group, head, { tally: entry.tally.body, ...sizeOf(entry.sized.body) })
    case 'Shuffle':
      return shuffleRecords(group, head, { owner: entry.owner, shuffle: entry.work.body })
    case 'EndShuffles':
      return endShuffles(group, head)
    case 'PartialDecryption':
      return partialDecryptionRecords(group, head, {
        owner: entry.owner,
        partialDecryption: entry.work.body,
      })
    case 'Result':
      return resultRecords(group, head, entry.result.body)
  }
}

function sizeOf(json: string): SizedEncryptedTally {
  const reading = parseCanonical(sizedEncryptedTallyFormat, json)
  if (!reading.ok) throw new Error(reading.malformation.code)
  return reading.value
}
