import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  type ArchiveRecord,
  archiveBytes,
  openingBytes,
  recordBytes,
  recordOf,
} from '../../src/sealing/archive.ts'
import { ballotRecords } from '../../src/sealing/board.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { tarHeader } from '../../src/sealing/tar.ts'
import { verifyArchive } from '../../src/sealing/verification.ts'
import { held } from '../support/forger.ts'
import { forgeries } from '../support/forgeries.ts'
import { boardSteps } from '../support/held-election.ts'

const group = await loadGroup()
const timestamp = 1_795_252_448
const steps = boardSteps(group, held.texts)
const [setup, ballot] = steps as [(typeof steps)[0], (typeof steps)[0]]

const archive = (records: readonly ArchiveRecord[]) =>
  Buffer.concat([...archiveBytes({ timestamp, records })])
const data = (text: string) => recordOf(group, 'data', text)
const event = (text: string) => recordOf(group, 'event', text)

/** A file as tar has it, under any name and with any bytes. */
function tarFile(name: string, content: Uint8Array): Buffer {
  const padding = Buffer.alloc(-content.length & 511)
  return Buffer.concat([tarHeader({ name, size: content.length, timestamp }), content, padding])
}

function withNoise(bytes: Buffer): Buffer {
  const noisy = Buffer.from(bytes)
  noisy[noisy.length - 1] = 1
  return noisy
}

/** A shuffle whose owner is written in another way. */
function ownerAstray(): Buffer {
  const upTo = steps.slice(0, 8).flatMap(({ records }) => records)
  const [work, , shuffled] = upTo.slice(-3) as [ArchiveRecord, ArchiveRecord, ArchiveRecord]
  const owned = data(`{"owner":0,"payload":"${work.hash}"}`)
  const renamed = event(shuffled.body.replace(/"payload":"\w+"/, `"payload":"${owned.hash}"`))
  return archive([...upTo.slice(0, -2), owned, renamed])
}

const noData = '0'.repeat(64)

/** Each breaks one rule of the archive or of its chain, and no other. */
const broken: readonly { does: string; reason: string; bytes: () => Uint8Array }[] = [
  { does: 'is cut within a file', reason: 'truncated', bytes: () => archive(setup.records).subarray(0, -1) },
  {
    does: 'fills up a file with more than zeros',
    reason: 'padding-not-zero',
    bytes: () => withNoise(archive([data('1')])),
  },
  {
    does: 'gives a file a name of its own',
    reason: 'name-is-no-hash',
    bytes: () => Buffer.concat([openingBytes(timestamp), tarFile('votes.json', Buffer.from('1'))]),
  },
  {
    does: 'has bytes that are no text',
    reason: 'not-utf-8',
    bytes: () =>
      Buffer.concat([openingBytes(timestamp), tarFile(`${noData}.data.json`, Buffer.from([0xff]))]),
  },
  {
    does: 'has an event that says more than events do',
    reason: 'event-malformed',
    bytes: () => archive([...setup.records, event(setup.records.at(-1)!.body.replace('{', '{"x":1,'))]),
  },
  {
    does: 'has an event that adds other data than comes before it',
    reason: 'payload-is-not-the-data-before',
    bytes: () => archive([...setup.records, data('"another"'), ballot.records.at(-1)!]),
  },
  {
    does: 'leaves out what an owner’s data refers to',
    reason: 'data-missing',
    bytes: () =>
      archive(
        steps
          .slice(0, 8)
          .flatMap(({ records }) => records)
          .toSpliced(-3, 1),
      ),
  },
  { does: 'gives a shuffle an owner who can be none', reason: 'data-malformed', bytes: ownerAstray },
  {
    does: 'has a ballot more than once',
    reason: 'ballot-repeated',
    bytes: () =>
      archive([
        ...[...setup.records, ...ballot.records],
        ...ballotRecords(group, ballot.head, held.texts.ballots[0]!).records,
      ]),
  },
]

test.each(broken)('an archive that $does is refused as that', async ({ bytes, reason }) => {
  const { checks, outcome } = await verifyArchive(group, [bytes()])
  expect(outcome).toBe('failed')
  expect(checks.flatMap((check) => check.reason ?? [])).toEqual([reason])
})

test('what is written by hand here is what an archive has', () => {
  const record = data('"x"')
  const bytes = tarFile(`${record.hash}.data.json`, Buffer.from(record.body))
  expect(bytes.equals(recordBytes(record, timestamp))).toBe(true)
})

test('every reason that the verifier can give has an archive that is refused for it', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const sources = globSync('src/sealing/{*verification,board-reader,archive-reader}.ts', { cwd: root })
  const reasons = sources.flatMap((path) => {
    const text = readFileSync(`${root}${path}`, 'utf8')
    const thrown = text.matchAll(/(?:failure|checkFailed)\(\s*(?:'[a-z-]+'|check|entry),\s*'([a-z-]+)'/g)
    const coded = text.matchAll(/(?:code|reason): '([a-z-]+)'/g)
    const named = text.matchAll(/^ {2}\| '([a-z0-9-]+)'$/gm)
    return [...thrown, ...coded, ...named].flatMap(([, reason]) => reason ?? [])
  })
  expect(new Set(reasons).size).toBeGreaterThan(45)
  const shown = new Set([...forgeries, ...broken].map(({ reason }) => reason))
  const tests = ['archive', 'board', 'shuffle', 'verification', 'verified-prefix']
    .map((name) => readFileSync(`${root}test/sealing/${name}.test.ts`, 'utf8'))
    .join('\n')
  expect(
    [...new Set(reasons)].filter((reason) => !shown.has(reason) && !tests.includes(`'${reason}'`)),
  ).toEqual([])
})
