import { ageInMinutes } from '../register/member-service.ts'
import type { Election } from './find-election.ts'
import { textOfMoment } from './zoned-time.ts'

export interface ServiceFacts {
  /** From which the members come, with how old its list may be; null if they come from CSV files. */
  service: { fetched_at: string | null; max_age_minutes: number } | null
}

/**
 * What the age of the list of members says of an election that would open now, or when it is announced to: the roll
 * is a snapshot of the members, and these of what a service listed.
 */
export function serviceFindings({
  election,
  service,
  now,
}: ServiceFacts & {
  election: Pick<Election, 'zone' | 'opens_at' | 'runoff_of'>
  /** ISO 8601 in UTC. */
  now: string
}) {
  // The roll of a runoff is that of the election which it decides.
  if (service === null || election.runoff_of !== null) return []
  const { fetched_at: fetched, max_age_minutes: maxAge } = service
  const { opens_at: opens, zone } = election
  const finding = { level: 'blocks' as const, code: 'members-outdated', command: 'urna voter fetch' }
  if (fetched === null) {
    return [{ ...finding, message: 'The service that lists the members was never asked for them.' }]
  }
  const at = opens !== null && opens > now ? opens : now
  const age = ageInMinutes(fetched, at)
  if (age <= maxAge) return []
  const when = at === now ? 'is' : 'will at the opening be'
  const message = `The list of members was fetched on ${textOfMoment(fetched, zone)} (${zone}) and ${when} ${inHours(age)} old; at most ${inHours(maxAge)} is allowed.`
  return [{ ...finding, message }]
}

/** `90 minutes`, `36 hours` */
export function inHours(minutes: number): string {
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`
  return `${Math.floor(minutes / 60)} hours`
}
