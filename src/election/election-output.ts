import { z } from 'zod'
import { rightsOf, rightsOutput } from './rights.ts'
import { secrecySentence, visibilities } from './secrecy.ts'
import type { ElectionOverview } from './show-election.ts'
import { ceremonyState } from './trustee-group.ts'

const count = z.int().nonnegative()

/** What `election show --json` prints and the server answers. Moments are ISO 8601 in UTC. */
export const electionOutput = z.strictObject({
  election: z.string(),
  uuid: z.string(),
  title: z.string(),
  description: z.string(),
  status: z.string(),
  rehearsal: z.boolean(),
  zone: z.string(),
  opensAt: z.string().nullable(),
  closesAt: z.string().nullable(),
  openedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  /** Since when it takes no ballot any more, though nobody has closed it; null otherwise. */
  closedToBallotsSince: z.string().nullable(),
  embargoUntil: z.string().nullable(),
  publishedAt: z.string().nullable(),
  recast: z.enum(['last-counts', 'refuse']),
  code: z.enum(['none', 'email', 'sms']),
  visibility: z.enum(visibilities),
  allowInvalid: z.boolean(),
  liveVoting: z.boolean(),
  /** How rights are exercised. */
  rights: rightsOutput,
  /** Since when nobody knows any more who cast which ballot; null where that was not done. */
  anonymisedAt: z.string().nullable(),
  /** How many days its voters are kept once it is over; null for no limit. */
  keepDays: count.nullable(),
  /** Until when they are; null where there is no limit, or it is not over. */
  keptUntil: z.string().nullable(),
  purgedAt: z.string().nullable(),
  /** What is known of who voted how, in one sentence. */
  secrecy: z.string(),
  /** Why a draft did not open at its time; empty where it has none, or it is still to come. */
  missedOpening: z.array(z.string()),
  runoffOf: z.string().nullable(),
  contests: z.array(
    z.strictObject({
      title: z.string(),
      method: z.string(),
      seats: count,
      candidates: count,
      /** decided, tied or runoff; null before the count. */
      outcome: z.string().nullable(),
    }),
  ),
  voters: count,
  tokens: z.strictObject({ issued: count, reserve: count, revoked: count }),
  ballots: count,
  voted: count,
  trustees: z.array(z.strictObject({ name: z.string(), kind: z.enum(['server', 'person']) })),
  /** Trustees of whom some suffice, and who of them is awaited in the key ceremony; null without such a group. */
  trusteeGroup: z
    .strictObject({ threshold: count, trustees: z.array(z.string()), awaited: z.array(z.string()) })
    .nullable(),
  fingerprint: z.string().nullable(),
  rollFingerprint: z.string().nullable(),
  /** The command that comes next. */
  next: z.string(),
})

export type ElectionOutput = z.infer<typeof electionOutput>

export function outputOfElection(overview: ElectionOverview): ElectionOutput {
  const { election, contests, voters, tokens, ballots, voted, trustees } = overview
  const { group, fingerprint, runoffOf, over, missed, keeping, next } = overview
  return {
    election: election.slug,
    uuid: election.uuid,
    title: election.title,
    description: election.description,
    status: election.status,
    rehearsal: election.rehearsal === 1,
    zone: election.zone,
    opensAt: election.opens_at,
    closesAt: election.closes_at,
    openedAt: election.opened_at,
    closedAt: election.closed_at,
    closedToBallotsSince: over,
    embargoUntil: election.embargo_until,
    publishedAt: election.published_at,
    recast: election.recast,
    code: election.code,
    visibility: election.visibility,
    allowInvalid: election.allow_invalid === 1,
    liveVoting: election.live_voting === 1,
    rights: rightsOf(election),
    anonymisedAt: election.anonymised_at,
    keepDays: keeping.keepDays,
    keptUntil: keeping.keptUntil,
    purgedAt: keeping.purgedAt,
    secrecy: secrecySentence(overview.secrecy),
    missedOpening: [...missed],
    runoffOf,
    contests: contests.map(({ title, method, seats, options, outcome }) => ({
      ...{ title, method, seats, outcome },
      candidates: options.length,
    })),
    ...{ voters, tokens, ballots, voted },
    trustees: trustees.map(({ name, kind }) => ({ name, kind })),
    trusteeGroup:
      group === undefined
        ? null
        : {
            threshold: group.threshold,
            trustees: group.members.map(({ name }) => name),
            awaited: [...(ceremonyState(group)?.awaited ?? [])],
          },
    fingerprint,
    rollFingerprint: election.roll_fingerprint,
    next,
  }
}
