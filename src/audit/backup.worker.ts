import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import { openUnitOfWork } from '../store/unit-of-work.ts'
import { backUpInto } from './backup-folder.ts'
import type { BackupReply, BackupThreadOptions } from './backup-thread.ts'

/** A thread that makes one backup, with a connection of its own to the file, and ends. */
const { folder, keep, ...options } = workerData as BackupThreadOptions

async function reply(): Promise<BackupReply> {
  try {
    const { work, close } = await openUnitOfWork({ ...options, clock: systemClock })
    try {
      return { made: await backUpInto(work, { folder, keep }, systemClock.now()) }
    } finally {
      await close()
    }
  } catch (error) {
    if (error instanceof Refusal) return { failed: { code: error.code, message: error.message } }
    const { code, message } = error as NodeJS.ErrnoException
    return { failed: { code: code ?? 'unknown', message } }
  }
}

parentPort!.postMessage(await reply())
