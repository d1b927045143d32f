import { again, type Repeated } from '../again.ts'
import type { Clock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Backup } from './back-up.ts'
import { scheduledBackups } from './backup-folder.ts'

/** How it stands with the backups of a server. Moments are ISO 8601 in UTC. */
export interface BackupState {
  /** Milliseconds from one to the next. */
  every: number
  /** Null where there is none yet. */
  lastAt: string | null
  /** Null where the last try went well. */
  failing: { since: string; message: string } | null
}

export interface Backups {
  state(): BackupState
  /** Looks from now on whether one is due. */
  start(listeners: {
    onMade: (made: Backup) => void
    /** Hears of every try that failed; there will be others. */
    onFault: (error: unknown) => void
  }): void
  /** Resolves when one that is being made is done. */
  stop(): Promise<void>
}

/** In milliseconds, between two looks. */
const turn = 1000
/** In milliseconds: after a try that failed the next one waits so long, if they are not more frequent anyway. */
const pause = 60_000

/** After these a backup is made at once: what was before can't be had again. */
const steps = ['election-opened', 'election-closed']

interface Known {
  /** Milliseconds since 1970. */
  at: number
  /** Of the log, that are in the last backup. */
  entries: number
}

/**
 * Has a backup made when the last one is older than `every`, and when an election was opened or closed since, whoever
 * did it. What goes wrong is told and tried again: the election goes on.
 * @param options.copy makes one
 */
export function keepBackups(options: {
  work: UnitOfWork
  clock: Clock
  /** Whole path. */
  folder: string
  /** Milliseconds. */
  every: number
  copy: () => Promise<Backup>
}): Backups {
  const { work, clock, folder, every, copy } = options
  let last: Known | undefined
  let failing: { since: string; message: string; tried: number } | null = null
  /** Positions in the log: of the last step, and up to where steps were looked for. */
  let [lastStep, seen] = [0, 0]
  let version: string | undefined
  let repeated: Repeated | undefined

  /** Once: what was made before this server ran. */
  async function recall(): Promise<void> {
    const latest = (await scheduledBackups(work, folder)).at(-1)
    if (latest === undefined) return
    last = { at: Date.parse(latest.at), entries: latest.entries }
    seen = latest.entries
  }

  async function noteSteps(): Promise<void> {
    const now = await work.version()
    if (now === version) return
    version = now
    const { head, step } = await work.read(({ db }) =>
      db
        .selectFrom('audit_entry')
        .select(({ fn }) => [
          fn.max<number | null>('position').as('head'),
          fn.max<number | null>('position').filterWhere('action', 'in', steps).as('step'),
        ])
        .where('position', '>', seen)
        .executeTakeFirstOrThrow(),
    )
    seen = head ?? seen
    lastStep = step ?? lastStep
  }

  function isDue(now: number): boolean {
    if (failing !== null && Math.abs(now - failing.tried) < Math.min(pause, every)) return false
    // Whichever way the clock was set meanwhile.
    return (
      last === undefined || failing !== null || Math.abs(now - last.at) >= every || lastStep > last.entries
    )
  }

  async function fail(error: unknown, now: Date): Promise<void> {
    const message = error instanceof Refusal ? error.message : String(error)
    const first = failing === null
    failing = { since: failing?.since ?? now.toISOString(), message, tried: now.getTime() }
    if (!first) return
    const details = { folder, reason: message }
    await work.write('tell of a backup', (tx) => tx.record({ action: 'backup-failed', details }))
  }

  return {
    state: () => ({
      every,
      lastAt: last === undefined ? null : new Date(last.at).toISOString(),
      failing: failing === null ? null : { since: failing.since, message: failing.message },
    }),
    start: ({ onMade, onFault }) => {
      let recalled = false
      const look = async () => {
        if (!recalled) await recall()
        recalled = true
        await noteSteps()
        const now = clock.now()
        if (!isDue(now.getTime())) return turn
        try {
          const made = await copy()
          last = { at: now.getTime(), entries: made.entries }
          failing = null
          onMade(made)
        } catch (error) {
          onFault(error)
          await fail(error, now)
        }
        return turn
      }
      repeated = again({ look, onFault, rest: turn })
    },
    stop: async () => repeated?.stop(),
  }
}
