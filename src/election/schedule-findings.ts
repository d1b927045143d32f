import type { Election } from './find-election.ts'
import { textOfMoment } from './zoned-time.ts'

/** An officer who opens a little late needs no reminder. */
const lateMillis = 60 * 60_000

/** What the announced times say of an election that would open now. */
export function scheduleFindings({
  election,
  unpublished,
  now,
}: {
  election: Pick<Election, 'slug' | 'zone' | 'opens_at' | 'closes_at'>
  /** The election that it decides, while the result of that is not published. */
  unpublished: string | null
  /** ISO 8601 in UTC. */
  now: string
}) {
  const { slug, opens_at: opens, closes_at: closes, zone } = election
  const told = (moment: string) => `${textOfMoment(moment, zone)} (${zone})`
  const warnings: { code: string; message: string; command?: string }[] = []
  if (unpublished !== null) {
    const message = `The result of ${unpublished} is not published, and whoever sees this runoff knows who contends in it. By itself it opens only after the publication.`
    warnings.push({
      ...{ code: 'result-unpublished', message },
      command: `urna election publish ${unpublished}`,
    })
  }
  if (opens !== null && opens > now) {
    const message = `It is announced to open at ${told(opens)}; opening it now is too early.`
    warnings.push({ code: 'opens-later', message })
  } else if (opens !== null && Date.parse(now) - Date.parse(opens) > lateMillis) {
    const message = `It was announced to open at ${told(opens)}, and is not open yet.`
    warnings.push({ code: 'opens-late', message })
  }
  const findings = warnings.map((warning) => ({ level: 'warns' as const, ...warning }))
  if (closes === null || closes > now) return findings
  const over = {
    level: 'blocks' as const,
    code: 'closes-in-the-past',
    message: `It was announced to close at ${told(closes)}, which is over: no ballot would be taken.`,
    command: `urna election edit ${slug} --closes TIME`,
  }
  return [...findings, over]
}
