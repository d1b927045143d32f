import { stat } from 'node:fs/promises'
import { inputBytes } from '../interchange/read-input.ts'
import { seen } from '../sealing/archive-reader.ts'
import type { Group } from '../sealing/group.ts'
import { verifyArchive } from '../sealing/verification.ts'
import type { VerificationReport } from '../sealing/verification-report.ts'
import type { BoardState } from './board-state.ts'
import { withCrew } from './crew.ts'
import { type ArchiveSource, readVerifiedArchive } from './verify-archive.ts'

type Progress = ((done: number, total: number) => void) | undefined

/** The file of a public archive. Its first reading is told, in bytes. */
export async function archiveFile(path: string, progress?: Progress): Promise<ArchiveSource> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  let read = 0
  return {
    name: path,
    open: () =>
      seen(inputBytes(path), (chunk) => {
        read += chunk.length
        if (read <= size) progress?.(read, size)
      }),
  }
}

/** Verifies a public archive from its file. @throws InputUnreadable */
export async function verifyArchiveFile(
  group: Group,
  path: string,
  progress?: Progress,
): Promise<VerificationReport> {
  const { open } = await archiveFile(path, progress)
  return withCrew(group, (crew) => verifyArchive(group, open(), { crew }))
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
  return readVerifiedArchive(group, await archiveFile(path), report)
}
