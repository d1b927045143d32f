import { archiveBytes, openingBytes, recordOf } from '../../../src/sealing/archive.ts'
import type { BoardStep } from '../../../src/sealing/board.ts'
import { loadGroup } from '../../../src/sealing/group-sodium.ts'
import { largestTarNumber, tarHeader } from '../../../src/sealing/tar.ts'
import { archiveOfRecords, held, tarFile, timestamp } from '../forger.ts'
import { boardSteps } from '../held-election.ts'
import type { ArchiveForgery } from './forgery.ts'

const group = await loadGroup()
const [setup] = boardSteps(group, held.texts) as [BoardStep]
const opened = () => archiveOfRecords(setup.records)
const data = (text: string) => recordOf(group, 'data', text)

/** An archive that begins with another header, and is dated by it. */
function headed(json: string, dated = timestamp): Uint8Array {
  const [, ...files] = archiveBytes({ timestamp: dated, records: setup.records })
  return Buffer.concat([tarFile('BELENIOS', Buffer.from(json), dated), ...files])
}

function withNoise(bytes: Buffer): Buffer {
  const noisy = Buffer.from(bytes)
  noisy[noisy.length - 1] = 1
  return noisy
}

/** Each breaks one rule of the archive's bytes. */
export const archiveForgeries: readonly ArchiveForgery[] = [
  { does: 'hands in nothing', archive: () => Buffer.alloc(0), check: 'archive', reason: 'no-header' },
  {
    does: 'leaves out the file that opens an archive',
    archive: () => opened().subarray(openingBytes(timestamp).length),
    check: 'archive',
    reason: 'no-header',
    place: { file: 'file 1', height: 0 },
  },
  {
    does: 'opens an archive with more than belongs there',
    archive: () => headed(`{"version":1,"timestamp":"${timestamp}","x":1}`),
    check: 'archive',
    reason: 'no-header',
    place: { file: 'BELENIOS', height: 0 },
  },
  {
    does: 'uses a version of the protocol that nobody verifies',
    archive: () => headed(`{"version":2,"timestamp":"${timestamp}"}`),
    check: 'archive',
    reason: 'unknown-version',
    place: { file: 'BELENIOS' },
  },
  {
    does: 'dates an archive otherwise than its first file',
    archive: () => headed(`{"version":1,"timestamp":"${timestamp}"}`, timestamp + 1),
    check: 'archive',
    reason: 'bad-timestamp',
    place: { file: 'BELENIOS' },
  },
  {
    does: 'dates an archive later than any file can be',
    archive: () => headed(`{"version":1,"timestamp":"${largestTarNumber + 1}"}`),
    check: 'archive',
    reason: 'bad-timestamp',
    place: { file: 'BELENIOS' },
  },
  {
    does: 'dates a file otherwise than the archive',
    archive: () => Buffer.concat([...archiveBytes({ timestamp, records: [] }), later()]),
    check: 'archive',
    reason: 'tar-header-differs',
    place: { height: 0 },
  },
  {
    does: 'ends an archive as other tar files end',
    archive: () => Buffer.concat([opened(), Buffer.alloc(1024)]),
    check: 'archive',
    reason: 'tar-header-differs',
    place: { file: 'file 7', height: 1 },
  },
  {
    does: 'gives a file a name of its own',
    archive: () => Buffer.concat([opened(), tarFile('votes.json', Buffer.from('1'))]),
    check: 'archive',
    reason: 'name-is-no-hash',
    place: { file: 'votes.json', height: 1 },
  },
  {
    does: 'writes something else into a file',
    archive: () => archiveOfRecords([...setup.records, { ...data('"this"'), body: '"that"' }]),
    check: 'archive',
    reason: 'content-differs-from-name',
    place: { height: 1 },
  },
  {
    does: 'fills up a file with more than zeros',
    archive: () => withNoise(archiveOfRecords([...setup.records, data('1')])),
    check: 'archive',
    reason: 'padding-not-zero',
    place: { height: 1 },
  },
  {
    does: 'puts bytes into a file that are no text',
    archive: () => Buffer.concat([opened(), tarFile(`${'0'.repeat(64)}.data.json`, Buffer.from([0xff]))]),
    check: 'archive',
    reason: 'not-utf-8',
    place: { height: 1 },
  },
  {
    does: 'cuts an archive within its first file',
    archive: () => openingBytes(timestamp).subarray(0, 520),
    check: 'archive',
    reason: 'truncated',
    place: { file: 'BELENIOS', height: 0 },
  },
  {
    does: 'cuts an archive within the content of a file',
    archive: () => opened().subarray(0, -1),
    check: 'archive',
    reason: 'truncated',
    place: { height: 0 },
  },
  {
    does: 'cuts an archive within the header of a file',
    archive: () => Buffer.concat([opened(), tarFile('votes.json', Buffer.from('1')).subarray(0, 511)]),
    check: 'archive',
    reason: 'truncated',
    place: { file: 'file 7', height: 1 },
  },
  {
    does: 'announces a file that no machine could read',
    archive: () => Buffer.concat([opened(), tarHeader({ name: 'votes.json', size: 2 ** 29, timestamp })]),
    check: 'archive',
    reason: 'too-large',
    place: { file: 'votes.json', height: 1 },
  },
]

function later(): Buffer {
  const { hash, body } = data('1')
  return tarFile(`${hash}.data.json`, Buffer.from(body), timestamp + 1)
}
