import { again, type Repeated } from '../again.ts'
import type { Clock } from '../clock.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type KeptSchedule, keepSchedule } from './keep-schedule.ts'

/**
 * The longest sleep, in milliseconds. Another process may change the times, and somebody may set the clock: timers
 * count the time that passes, and schedules go by what clocks show.
 */
export const longestSleep = 15_000

/** The shortest sleep, in milliseconds: timers may fire a little before the clock shows the moment. */
const shortestSleep = 5

/** Keeps the schedule of the file until it is stopped, from now on: what is overdue is done at once. */
export function startScheduler(options: {
  work: UnitOfWork
  group: Group
  clock: Clock
  /** Hears of every step that was taken. */
  onKept: (kept: KeptSchedule) => void
  /** Hears what went wrong; the scheduler goes on. */
  onFault: (error: unknown) => void
}): Repeated {
  const { group, clock, onKept, onFault } = options
  // The log names nobody for what nobody did.
  const work = options.work.as('schedule')
  return again({
    look: async () => {
      const kept = await keepSchedule({ work, group })
      if (kept.done.length + kept.missed.length > 0) onKept(kept)
      for (const { error } of kept.failed) onFault(error)
      return sleepUntil(kept.next, clock.now())
    },
    ...{ onFault, rest: longestSleep },
  })
}

/** In milliseconds, whatever the clock did meanwhile. */
function sleepUntil(next: string | null, now: Date): number {
  const ahead = next === null ? longestSleep : Date.parse(next) - now.getTime()
  return Math.min(longestSleep, Math.max(shortestSleep, ahead))
}
