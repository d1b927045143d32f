import type { Clock } from '../clock.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { KeptSchedule } from './keep-schedule.ts'

export interface Scheduler {
  /** Resolves when a step that is being taken is done. */
  stop(): Promise<void>
}

/** Keeps the schedule of the file until it is stopped. */
export function startScheduler(_options: {
  work: UnitOfWork
  group: Group
  clock: Clock
  /** Hears of every step that was taken. */
  onKept: (kept: KeptSchedule) => void
  /** Hears what went wrong; the scheduler goes on. */
  onFault: (error: unknown) => void
}): Scheduler {
  throw new Error('not yet')
}
