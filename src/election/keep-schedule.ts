import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { ScheduledStep } from './schedule.ts'

export interface KeptSchedule {
  /** What was done now. */
  readonly done: readonly ScheduledStep[]
  /** When there is something to do again; null where nothing is to come. */
  readonly next: string | null
}

/**
 * Takes every step that is due by now, each in a transaction of its own that looks again whether it is: two
 * processes that do this at once take it once. An election that can't open is recorded with what keeps it from
 * opening, and not tried again for that time.
 */
export async function keepSchedule(_deps: { work: UnitOfWork; group: Group }): Promise<KeptSchedule> {
  throw new Error('not yet')
}
