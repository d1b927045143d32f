import { requireBackupFolder } from '../audit/backup-folder.ts'
import { backUpInThread } from '../audit/backup-thread.ts'
import { type Backups, keepBackups } from '../audit/keep-backups.ts'
import { systemClock } from '../clock.ts'
import type { MessageSender } from '../delivery/message-sender.ts'
import { startNotifier } from '../delivery/notifier.ts'
import { startScheduler } from '../election/scheduler.ts'
import { loadGroup } from '../sealing/group-sodium.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { openCastingThread } from '../voting/casting-thread.ts'
import { openOneTimeCodes } from '../voting/one-time-code.ts'
import { createApp, type ServerOptions } from './app.ts'
import { PortUnavailable } from './refusals.ts'

export interface Serving {
  /** Where this machine reaches it, without a slash at the end. */
  readonly url: string
  /** Takes no more, answers what it took, and lets go of everything. */
  stop(): Promise<void>
}

/** Where backups go, how often, and how many of the latest stay. */
export interface BackupPlan {
  readonly folder: string
  /** Milliseconds. */
  readonly every: number
  readonly keep: number
}

/**
 * Starts all that serves a file: the pages and the API, casting in a thread of its own, one-time codes, and the
 * schedule, notifications, and backups if there is a plan for them. What cannot start leaves nothing running.
 * @param options.templates the folder `templates` of the package
 * @throws PortUnavailable, BackupFolderUnusable
 */
export async function startServing(options: {
  work: UnitOfWork
  passphrase: string
  host: string
  /** 0 for a free one. */
  port: number
  senders: { readonly email?: MessageSender; readonly sms?: MessageSender }
  templates: string
  backups: BackupPlan | undefined
  server: ServerOptions & { readonly log: { write(line: string): void } }
}): Promise<Serving> {
  const { passphrase, host, port, senders, templates, server } = options
  const [group, clock] = [await loadGroup(), systemClock]
  const work = options.work.as(serverName)
  const backups = options.backups && backupsOf(work, passphrase, options.backups)
  // Newest first: what came last may need what was there before it.
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    for (const sender of [senders.email, senders.sms])
      if (sender !== undefined) stops.push(() => sender.close())
    const casting = openCastingThread({ path: work.path, passphrase, officer: serverName })
    stops.push(() => casting.close())
    const codes = await openOneTimeCodes({
      ...{ work, group, clock, senders, templates },
      onFault: (error) => app.log.error({ err: error }, 'one-time codes'),
    })
    stops.push(() => codes.close())
    const app = await createApp({ work, group, clock, casting, codes, backups }, server)
    const url = await listen(app, { host, port })
    stops.push(() => app.close())
    const scheduler = startScheduler({
      ...{ work, group, clock },
      onKept: ({ done, missed }) => app.log.info({ done, missed }, 'schedule'),
      onFault: (error) => app.log.error({ err: error }, 'schedule'),
    })
    stops.push(() => scheduler.stop())
    const notifier = startNotifier({
      ...{ work, clock },
      onFault: (error) => app.log.error({ err: error }, 'notifications'),
    })
    stops.push(() => notifier.stop())
    backups?.start({
      onMade: ({ backup, bytes, entries }) => app.log.info({ backup, bytes, entries }, 'backup'),
      onFault: (error) => app.log.error({ err: error }, 'backup'),
    })
    stops.push(async () => backups?.stop())
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Connections that wait to be accepted: when voters come all at once, the usual 511 make many wait for seconds. */
const longestQueue = 4096

/** Whom the audit log names where no officer acted. */
const serverName = 'urna serve'

/** @throws BackupFolderUnusable */
function backupsOf(work: UnitOfWork, passphrase: string, { every, keep, ...plan }: BackupPlan): Backups {
  const { path } = work
  const folder = requireBackupFolder(plan.folder, path)
  const copy = () => backUpInThread({ path, passphrase, officer: serverName, folder, keep })
  return keepBackups({ work, clock: systemClock, folder, every, copy })
}

async function listen(
  app: Awaited<ReturnType<typeof createApp>>,
  place: { host: string; port: number },
): Promise<string> {
  try {
    return await app.listen({ ...place, backlog: longestQueue })
  } catch (error) {
    await app.close()
    const { code } = error as NodeJS.ErrnoException
    throw code === undefined ? error : new PortUnavailable({ ...place, code })
  }
}
