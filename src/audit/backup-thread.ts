import { Worker } from 'node:worker_threads'
import { requireWorkerScript } from '../voting/worker-script.ts'
import type { Backup } from './back-up.ts'
import type { BackupFolder } from './backup-folder.ts'
import { BackupFailed } from './refusals.ts'

/** What the thread is started with: the file, which it opens for itself, and where the backup goes. */
export interface BackupThreadOptions extends BackupFolder {
  readonly path: string
  readonly passphrase: string
  /** In whose name it is recorded. */
  readonly officer: string
}

export type BackupReply = { made: Backup } | { failed: { code: string; message: string } }

/**
 * Makes a backup in a thread of its own: to copy a file and to read the copy through takes seconds in which a server
 * would answer nobody.
 * @throws BackupFailed
 */
export async function backUpInThread(options: BackupThreadOptions): Promise<Backup> {
  const worker = new Worker(requireWorkerScript('audit/backup.worker'), { workerData: options })
  const reply = await new Promise<BackupReply>((resolve) => {
    worker.once('message', resolve)
    worker.once('error', ({ message }) => resolve({ failed: { code: 'unknown', message } }))
    worker.once('exit', () => resolve({ failed: { code: 'unknown', message: 'the thread ended' } }))
  })
  if ('failed' in reply) throw new BackupFailed(reply.failed)
  return reply.made
}
