import type { Election } from './find-election.ts'
import { isUnderWay } from './lifecycle.ts'

/** What the schedule of an election knows. */
export type Scheduled = Pick<
  Election,
  'slug' | 'status' | 'opens_at' | 'closes_at' | 'embargo_until' | 'published_at'
> & {
  /** The opening time that was tried in vain; null where none was. */
  missed: string | null
  /** The election that it decides, while the result of that is not published; null otherwise. */
  unpublished: string | null
}

export interface ScheduledStep {
  readonly deed: 'open' | 'close' | 'publish'
  readonly election: string
  /** The moment that was announced, ISO 8601 in UTC. */
  readonly at: string
}

export interface Schedule {
  /** By their moments. */
  readonly due: readonly ScheduledStep[]
  /** When the next step will be due; null where nothing is to come. */
  readonly next: string | null
}

/** Which elections must open, close or be published by `now`, and when there is something to do again. */
export function dueSteps(elections: readonly Scheduled[], now: string): Schedule {
  const steps = elections.flatMap(stepOf)
  const ahead = steps.filter(({ at }) => at > now).map(({ at }) => at)
  return {
    due: steps
      .filter(({ at }) => at <= now)
      .sort((a, b) => order(a.at, b.at) || order(a.election, b.election)),
    next: ahead.sort(order)[0] ?? null,
  }
}

/** The next step of an election that has a time. */
function stepOf({ slug, status, ...times }: Scheduled): ScheduledStep[] {
  const { opens_at, closes_at, embargo_until, published_at, missed, unpublished } = times
  const step = (deed: ScheduledStep['deed'], at: string | null) =>
    at === null ? [] : [{ deed, election: slug, at }]
  switch (status) {
    case 'draft':
      // Who contends in a runoff is a part of the result.
      return opens_at === missed || unpublished !== null ? [] : step('open', opens_at)
    case 'open':
    case 'paused':
      return step('close', closes_at)
    case 'tallied':
    case 'certified':
    case 'archived':
      return published_at === null ? step('publish', embargo_until) : []
    default:
      return []
  }
}

/** The moments of the file sort as text: all are in UTC, with the same fields. */
function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/**
 * Since when an open or paused election takes no ballot any more, because its time is over.
 * @returns null where it is not
 */
export function overSince(
  { status, closes_at }: Pick<Election, 'status' | 'closes_at'>,
  now: string,
): string | null {
  return isUnderWay(status) && closes_at !== null && closes_at <= now ? closes_at : null
}

/** For the log of a step that is taken at or after its announced moment: which moment that was. */
export function scheduledAt(moment: string | null, now: string): { scheduled?: string } {
  return moment !== null && moment <= now ? { scheduled: moment } : {}
}
