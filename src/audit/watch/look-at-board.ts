import { rename, rm, stat } from 'node:fs/promises'
import type { Clock } from '../../clock.ts'
import { inputBytes } from '../../interchange/read-input.ts'
import { loadGroup } from '../../sealing/group-sodium.ts'
import { VerificationFailed } from '../../tally/refusals.ts'
import { verify } from '../../verify/node.ts'
import type { Verification } from '../../verify/public.d.ts'
import { fetchArchive } from './fetch-archive.ts'
import { type HistoryChange, historyChange } from './history-change.ts'
import { type KeptBoard, type KeptFiles, openKeptFolder, readKept, writeKept } from './kept-board.ts'
import { lookAtLog } from './kept-heads.ts'
import { BoardAlarm, BoardNotFound } from './refusals.ts'

/** One look at a board. */
export interface Look {
  /** `first`: nothing was kept before. */
  readonly outcome: 'first' | 'grown' | 'same'
  readonly head: { readonly hash: string; readonly height: number }
  /** Events that came since the last look. */
  readonly events: number
  /** Null where the server said that nothing changed, and it was believed. */
  readonly verification: Verification | null
  /** Of the audit log, as the board tells it; null where it tells none. */
  readonly auditHead: string | null
}

/**
 * Downloads the public archive of an election, verifies what is new in it and keeps it, if it begins with what was kept.
 * What is found otherwise is kept beside it. The heads of the audit log are kept, too.
 *
 * @param options.address of the archive
 * @param options.believe whether the server is believed that nothing changed
 * @throws BoardAlarm, BoardUnreachable, BoardNotFound, FolderKeepsAnother, KeptBoardUnreadable
 */
export async function lookAtBoard(options: {
  address: string
  folder: string
  believe: boolean
  clock: Clock
  jobs?: number | undefined
  signal?: AbortSignal | undefined
}): Promise<Look> {
  const look = await lookAtArchive(options)
  return { ...look, auditHead: await lookAtLog(options) }
}

async function lookAtArchive(options: {
  address: string
  folder: string
  believe: boolean
  jobs?: number | undefined
  signal?: AbortSignal | undefined
}): Promise<Omit<Look, 'auditHead'>> {
  const { address, folder, believe, jobs, signal } = options
  const files = await openKeptFolder(folder)
  const kept = await readKept(folder, files, address)
  const tag = believe ? (kept?.tag ?? undefined) : undefined
  try {
    const fetched = await fetchArchive(address, { tag, path: files.arriving, signal })
    if (fetched.kind === 'gone') throw goneFrom(address, files, kept)
    if (fetched.kind === 'same') {
      return { outcome: 'same', head: kept!.prefix.head, events: 0, verification: null }
    }
    const verification = await verify(files.arriving, { since: kept?.prefix, jobs })
    const { prefix, archiveHash } = verification
    if (prefix === null) throw await alarm(address, files, { kept, verification })
    await rename(files.arriving, files.archive)
    await writeKept(files, { address, tag: fetched.tag, prefix })
    const same = kept?.prefix.sha256 === archiveHash
    return {
      outcome: kept === undefined ? 'first' : same ? 'same' : 'grown',
      head: prefix.head,
      events: prefix.head.height - (kept?.prefix.head.height ?? -1),
      verification,
    }
  } finally {
    await rm(files.arriving, { force: true })
  }
}

function goneFrom(address: string, files: KeptFiles, kept: KeptBoard | undefined): Error {
  if (kept === undefined) return new BoardNotFound(address)
  const sentence = 'the election has disappeared: the server says that there is none.'
  return new BoardAlarm({ address, kind: 'gone', sentence, evidence: [files.archive] })
}

/** Keeps what was found as evidence. */
async function alarm(
  address: string,
  files: KeptFiles,
  { kept, verification }: { kept: KeptBoard | undefined; verification: Verification },
): Promise<Error> {
  const found = files.evidence(verification.archiveHash)
  const known = kept !== undefined && (await stat(files.archive).catch(() => undefined)) !== undefined
  const failed = verification.checks.find(({ outcome }) => outcome === 'failed')!
  const change: HistoryChange | { kind: string; sentence: string } =
    failed.reason === 'not-what-was-verified-before' && known
      ? await historyChange(await loadGroup(), {
          known: inputBytes(files.archive),
          found: inputBytes(files.arriving),
        })
      : { kind: 'does-not-verify', sentence: new VerificationFailed('what the server sends', failed).message }
  await rename(files.arriving, found)
  return new BoardAlarm({ address, ...change, evidence: known ? [files.archive, found] : [found] })
}
