import { sha256Hex } from './encoding.ts'
import type { Group } from './group.ts'
import { blockSize, largestTarNumber, paddingOf, tarHeader } from './tar.ts'

/** A file of the archive: a piece of data, or an event of the chain that refers to pieces of data. */
export interface ArchiveRecord {
  readonly kind: 'data' | 'event'
  /** SHA-256 of the body, 64 lower-case hex digits. */
  readonly hash: string
  /** Compact JSON. */
  readonly body: string
}

/** The name of the file that opens every archive. */
export const headerName = 'BELENIOS'

/** The name of a record's file in the archive. */
export function recordName({ kind, hash }: Pick<ArchiveRecord, 'kind' | 'hash'>): string {
  return `${hash}.${kind}.json`
}

/** @param body compact JSON. */
export function recordOf(group: Group, kind: ArchiveRecord['kind'], body: string): ArchiveRecord {
  return { kind, hash: sha256Hex(group, body), body }
}

/**
 * The bytes that open an archive. Each record's bytes may be appended as it comes: an archive only grows,
 * and has no end mark.
 *
 * @param timestamp seconds since 1970; it dates every file of the archive.
 * @throws RangeError if the timestamp is not a whole number from 0 to 8^11 − 1.
 */
export function openingBytes(timestamp: number): Uint8Array {
  if (!Number.isInteger(timestamp) || timestamp < 0 || timestamp > largestTarNumber) {
    throw new RangeError(`${timestamp} can't date an archive`)
  }
  const body = JSON.stringify({ version: 1, timestamp: String(timestamp) })
  return fileBytes({ name: headerName, timestamp, body })
}

/** The bytes that a record adds to the archive with this timestamp. */
export function recordBytes(record: ArchiveRecord, timestamp: number): Uint8Array {
  return fileBytes({ name: recordName(record), timestamp, body: record.body })
}

/** A whole archive, piece by piece. */
export function* archiveBytes(archive: {
  readonly timestamp: number
  readonly records: Iterable<ArchiveRecord>
}): Generator<Uint8Array> {
  yield openingBytes(archive.timestamp)
  for (const record of archive.records) yield recordBytes(record, archive.timestamp)
}

function fileBytes(file: { name: string; timestamp: number; body: string }): Uint8Array {
  const body = new TextEncoder().encode(file.body)
  const size = body.length
  const bytes = new Uint8Array(blockSize + size + paddingOf(size))
  bytes.set(tarHeader({ name: file.name, size, timestamp: file.timestamp }))
  bytes.set(body, blockSize)
  return bytes
}
