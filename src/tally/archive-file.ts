import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { inputBytes } from '../interchange/read-input.ts'
import type { ArchiveRecord } from '../sealing/archive.ts'
import { type ByteSource, readArchive } from '../sealing/archive-reader.ts'
import type { Group } from '../sealing/group.ts'
import { verifyArchive } from '../sealing/verification.ts'
import type { VerificationReport } from '../sealing/verification-report.ts'
import { type BoardState, readBoardState } from './board-state.ts'
import { BoardDamaged, VerificationFailed } from './refusals.ts'

type Progress = ((done: number, total: number) => void) | undefined

/** Verifies a public archive from its file. @throws InputUnreadable */
export async function verifyArchiveFile(
  group: Group,
  path: string,
  progress?: Progress,
): Promise<VerificationReport> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  let read = 0
  const source = bytesOf(path, (chunk) => {
    read += chunk.length
    progress?.(read, size)
  })
  return verifyArchive(group, source)
}

/**
 * What a verified archive says.
 *
 * @throws VerificationFailed if it doesn't hold
 * @throws BoardDamaged if the file is no longer the one that was verified
 */
export async function readVerified(
  group: Group,
  path: string,
  report: VerificationReport,
): Promise<BoardState> {
  requireHolds(path, report)
  const hash = createHash('sha256')
  const source = bytesOf(path, (chunk) => hash.update(chunk))
  const state = await readBoardState(records(group, source))
  // The head alone would not do: the events are not chained again, so anything may stand before it.
  if (hash.digest('hex') !== report.archiveHash) throw new BoardDamaged(`${path} changed while it was read`)
  return state
}

/** @throws VerificationFailed naming the first check that doesn't hold */
export function requireHolds(path: string, { checks }: VerificationReport): void {
  const failed = checks.find(({ outcome }) => outcome === 'failed')
  if (failed !== undefined) throw new VerificationFailed(path, failed)
}

async function* bytesOf(path: string, onChunk: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of inputBytes(path)) {
    onChunk(chunk)
    yield chunk
  }
}

async function* records(group: Group, source: ByteSource): AsyncGenerator<ArchiveRecord> {
  for await (const piece of readArchive(group, source)) {
    if (piece.kind === 'refused') throw new BoardDamaged(`${piece.file} is ${piece.reason}`)
    if (piece.kind !== 'header') yield piece
  }
}
