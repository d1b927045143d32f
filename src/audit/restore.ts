import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Clock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import { bringIn, openUnitOfWork, type UnitOfWork } from '../store/unit-of-work.ts'
import { describeFile, type FileContents } from './describe-file.ts'
import { type Loss, RestoreWouldLose } from './refusals.ts'

export interface Restored extends FileContents {
  file: string
  /** What was in its place, and where that is now; null where nothing was. */
  replaced: (Loss & { keptAs: string }) | null
}

export interface RestoreRequest {
  backup: string
  to: string
  passphrase: string
  clock: Clock
  officer: string
  /** The name of the file, where something in it would be lost. */
  confirm: string | undefined
}

type Opened = Awaited<ReturnType<typeof openUnitOfWork>>

/**
 * Puts a copy of a backup under the name of a file, all or nothing. It is read through and its log verified before;
 * what has the name is kept beside it. The restored file says in its log that it was restored.
 * @throws RestoreWouldLose, FileInUse where a process has the file open, and whatever opening the backup throws
 */
export async function restoreFile(request: RestoreRequest): Promise<Restored> {
  const path = resolve(request.to)
  const copy = bringIn(request.backup, path)
  try {
    const present = existsSync(path) ? await openPresent({ ...request, path }) : undefined
    try {
      const { contents, loss } = await prepare(request, copy.path, present)
      if (!existsSync(path)) {
        copy.land(undefined)
        return { file: path, ...contents, replaced: null }
      }
      if (loss.entries !== 0 && request.confirm !== basename(path)) {
        throw new RestoreWouldLose({ path, name: basename(path), loss })
      }
      const keptAs = nameToKeep(path, request.clock.now())
      present?.work.takeAlone()
      copy.land(keptAs)
      return { file: path, ...contents, replaced: { ...loss, keptAs } }
    } finally {
      await present?.close()
    }
  } finally {
    copy.discard()
  }
}

/** Of what is replaced. A clock that stands still or goes back leads to a name that is taken. */
function nameToKeep(path: string, now: Date): string {
  const named = `${path}.before-restore-${now.toISOString().replace(/[^0-9]/g, '')}`
  let name = named
  for (let count = 2; existsSync(name); count++) name = `${named}-${count}`
  return name
}

/** Undefined where it can't be opened: then nobody knows what is in it. @throws FileLocked */
async function openPresent(request: RestoreRequest & { path: string }): Promise<Opened | undefined> {
  try {
    return await openUnitOfWork(request)
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'file-locked') return undefined
    throw error
  }
}

/** Reads the copy through and has it say whence it came. */
async function prepare(
  request: RestoreRequest,
  restoring: string,
  present: Opened | undefined,
): Promise<{ contents: FileContents; loss: Loss }> {
  const copy = await openUnitOfWork({ ...request, path: restoring })
  try {
    copy.work.checkPages()
    const before = await describeFile(copy.work)
    const loss = await lossOf(copy.work, before, present?.work)
    const details = { backup: basename(request.backup), entries: before.entries, loses: loss }
    await copy.work.write('restore', (tx) => tx.record({ action: 'file-restored', details }))
    // To close it would do the same and say nothing of what fails.
    copy.work.takeAlone()
    return { contents: { ...before, ...copy.work.recorded }, loss }
  } finally {
    await copy.close()
  }
}

async function lossOf(
  backup: UnitOfWork,
  { entries, head, ballots }: FileContents,
  present: UnitOfWork | undefined,
): Promise<Loss> {
  if (present === undefined) return { entries: null, ballots: null }
  const there = await describeFile(present).catch(() => undefined)
  if (there === undefined) return { entries: null, ballots: null }
  if ((await hashAt(backup, there.entries)) === there.head) return { entries: 0, ballots: 0 }
  if ((await hashAt(present, entries)) !== head) return { entries: null, ballots: null }
  return { entries: there.entries - entries, ballots: there.ballots - ballots }
}

async function hashAt(work: UnitOfWork, position: number): Promise<string | undefined> {
  const row = await work.read(({ db }) =>
    db.selectFrom('audit_entry').select('hash').where('position', '=', position).executeTakeFirst(),
  )
  return row?.hash
}
