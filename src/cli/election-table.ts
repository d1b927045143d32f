import type { Election } from '../election/find-election.ts'
import type { DueDeed } from '../election/keeping.ts'
import { textOfMoment } from '../election/zoned-time.ts'

/** `2026-12-01 09:00 to 2026-12-03 18:00 (Europe/Madrid)` */
export function scheduleOf({
  opens_at,
  closes_at,
  zone,
}: Pick<Election, 'opens_at' | 'closes_at' | 'zone'>): string {
  if (opens_at === null && closes_at === null) return 'by hand, without announced times'
  const text = (moment: string | null) => (moment === null ? undefined : textOfMoment(moment, zone))
  const [opens, closes] = [text(opens_at), text(closes_at)]
  if (opens === undefined) return `until ${closes} (${zone})`
  return closes === undefined ? `from ${opens} (${zone})` : `${opens} to ${closes} (${zone})`
}

/** `1 seat, irv` */
export function contestKind({ seats, method }: { seats: number; method: string }): string {
  return `${seats} ${seats === 1 ? 'seat' : 'seats'}, ${method}`
}

/** How it stands with an election, and with its result once there is one. */
export function stateOf({
  status,
  published_at,
  embargo_until,
}: Pick<Election, 'status' | 'published_at' | 'embargo_until'>): string {
  if (published_at !== null) return `${status}, published`
  return embargo_until === null ? status : `${status}, embargo`
}

/** For an election whose time is over and that nobody has closed. */
export function overdueSentence({
  slug,
  closes_at,
  zone,
}: Pick<Election, 'slug' | 'closes_at' | 'zone'>): string {
  const since = textOfMoment(closes_at ?? '', zone)
  return `${slug} is closed to ballots since ${since} (${zone}); close it with: urna election close ${slug} --confirm ${slug}`
}

/** For an election that is over, and what an officer is to do with it. Days are those of UTC. */
export function dueSentence({ deed, election, at, due }: DueDeed): string {
  const day = at.slice(0, 10)
  if (deed === 'archive') return `${election} is certified and published since ${day}: it can be archived.`
  return due
    ? `Voters of ${election} were to be kept until ${day}: it is due to be purged.`
    : `Voters of ${election} are kept until ${day}; then it is due to be purged.`
}
