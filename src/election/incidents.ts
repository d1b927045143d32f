import { z } from 'zod'
import type { ReadTransaction, UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { readContests } from './contests.ts'
import { findContest } from './find-contest.ts'
import { type Election, findElection } from './find-election.ts'
import { IncidentInvalid, IncidentNotFound } from './incident-refusals.ts'
import { type Effect, effectOn } from './margin.ts'
import { requireMoment } from './require-moment.ts'
import { readCounts } from './stored-counts.ts'

export const incidentKinds = ['procedure', 'technical', 'complaint', 'contested', 'difference'] as const
export type IncidentKind = (typeof incidentKinds)[number]

/** As commands print it. */
export const incidentOutput = z.strictObject({
  election: z.string(),
  /** 1, 2, 3 … in the election. */
  number: z.int().positive(),
  kind: z.enum(incidentKinds),
  /** When it happened, ISO 8601 in UTC, as all moments here. */
  at: z.string(),
  text: z.string(),
  /** Null where it concerns every contest. */
  contest: z.string().nullable(),
  affected: z.int().nonnegative(),
  affectedKind: z.enum(['ballots', 'voters']),
  /** Ballots by their tracking codes, and voters by their numbers on the roll, that are contested. */
  contested: z.strictObject({ ballots: z.array(z.string()), voters: z.array(z.string()) }),
  /** The difference of the reconciliation that it explains. */
  explains: z.string().nullable(),
  /** The gravest for any contest that it concerns. */
  effect: z.enum(['none', 'could', 'not-excluded', 'no-result']),
  officer: z.string(),
  recordedAt: z.string(),
  resolution: z.string().nullable(),
  resolvedAt: z.string().nullable(),
})

export const incidentListOutput = z.strictObject({ incidents: z.array(incidentOutput) })

export type Incident = z.infer<typeof incidentOutput>

/**
 * Records what went wrong, or was said to. It stays in the record of the election.
 * @param input.affected how many ballots or voters; undefined for as many as are named
 * @throws IncidentInvalid, ContestNotFound, TimeInvalid
 */
export async function addIncident(
  work: UnitOfWork,
  input: {
    election: string | undefined
    kind: IncidentKind
    text: string
    at?: string | undefined
    contest?: string | undefined
    affected?: number | undefined
    affectedKind?: 'ballots' | 'voters' | undefined
    ballots: readonly string[]
    voters: readonly string[]
    explains?: string | undefined
  },
): Promise<Incident> {
  return work.write('add incident', async (tx) => {
    const election = await findElection(tx, input.election)
    const { kind, ballots, voters, explains = null } = input
    const text = input.text.trim()
    if (text === '') throw new IncidentInvalid('An incident needs a text that says what happened.')
    const contest = input.contest === undefined ? null : await findContest(tx, election, input.contest)
    const at = input.at === undefined ? tx.now : requireMoment(input.at, election.zone)
    const named = ballots.length + voters.length
    const affectedKind = input.affectedKind ?? (voters.length > 0 ? 'voters' : 'ballots')
    const affected = Math.max(input.affected ?? 0, named)
    const { last } = await tx.db
      .selectFrom('incident')
      .select(({ fn }) => fn.max<number | null>('number').as('last'))
      .where('election_id', '=', election.id)
      .executeTakeFirstOrThrow()
    const number = (last ?? 0) + 1
    const { id } = await tx.db
      .insertInto('incident')
      .values({
        ...{ election_id: election.id, number, kind, at, text, contest_id: contest?.id ?? null },
        ...{ affected, affected_kind: affectedKind, explains, officer: tx.officer, recorded_at: tx.now },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await insertContested(tx, election, { id, ballots, voters })
    // Neither the text nor who contests what: only officers with the election see those.
    const details = { number, kind, affected, affectedKind, contested: named }
    await tx.record({ action: 'incident-recorded', election: election.slug, details })
    return (await readIncidents(tx, election)).find((each) => each.number === number)!
  })
}

async function insertContested(
  tx: WriteTransaction,
  election: Election,
  { id, ballots, voters }: { id: number; ballots: readonly string[]; voters: readonly string[] },
): Promise<void> {
  for (const code of ballots) {
    const ballot = await tx.db
      .selectFrom('ballot')
      .select('id')
      .where('election_id', '=', election.id)
      .where('tracking_code', '=', code.trim())
      .executeTakeFirst()
    if (ballot === undefined) throw new IncidentInvalid(`No ballot of ${election.slug} is called ${code}.`)
    await tx.db
      .insertInto('contested_ballot')
      .values({ incident_id: id, ballot_id: ballot.id, voter_id: null })
      .execute()
  }
  for (const number of voters) {
    const voter = await tx.db
      .selectFrom('voter')
      .select('id')
      .where('election_id', '=', election.id)
      .where('number', '=', number.trim())
      .executeTakeFirst()
    if (voter === undefined)
      throw new IncidentInvalid(`No voter of ${election.slug} has the number ${number}.`)
    await tx.db
      .insertInto('contested_ballot')
      .values({ incident_id: id, ballot_id: null, voter_id: voter.id })
      .execute()
  }
}

/** Says how it ended, once. @throws IncidentNotFound, IncidentInvalid */
export async function resolveIncident(
  work: UnitOfWork,
  input: { election: string | undefined; number: number; resolution: string },
): Promise<Incident> {
  return work.write('resolve incident', async (tx) => {
    const election = await findElection(tx, input.election)
    const resolution = input.resolution.trim()
    if (resolution === '') throw new IncidentInvalid('Say how it was resolved.')
    const known = (await readIncidents(tx, election)).find(({ number }) => number === input.number)
    if (known === undefined) throw new IncidentNotFound({ election: election.slug, number: input.number })
    if (known.resolution !== null) {
      throw new IncidentInvalid(`Incident ${known.number} is resolved already: ${known.resolution}`)
    }
    await tx.db
      .updateTable('incident')
      .set({ resolution, resolved_by: tx.officer, resolved_at: tx.now })
      .where('election_id', '=', election.id)
      .where('number', '=', known.number)
      .execute()
    const details = { number: known.number }
    await tx.record({ action: 'incident-resolved', election: election.slug, details })
    return { ...known, resolution, resolvedAt: tx.now }
  })
}

export async function listIncidents(work: UnitOfWork, election: string | undefined): Promise<Incident[]> {
  return work.read(async (tx) => readIncidents(tx, await findElection(tx, election)))
}

export async function readIncidents(tx: ReadTransaction, election: Election): Promise<Incident[]> {
  const rows = await tx.db
    .selectFrom('incident')
    .leftJoin('contest', 'contest.id', 'incident.contest_id')
    .selectAll('incident')
    .select('contest.title')
    .where('incident.election_id', '=', election.id)
    .orderBy('number')
    .execute()
  if (rows.length === 0) return []
  const { heaviest } = await tx.db
    .selectFrom('voter')
    .select(({ fn }) => fn.max<number | null>('weight_micros').as('heaviest'))
    .where('election_id', '=', election.id)
    .executeTakeFirstOrThrow()
  const contests = await readContests(tx, election.id)
  const counts = await readCounts(tx, election)
  const incidents: Incident[] = []
  for (const row of rows) {
    const contested = await tx.db
      .selectFrom('contested_ballot')
      .leftJoin('ballot', 'ballot.id', 'contested_ballot.ballot_id')
      .leftJoin('voter', 'voter.id', 'contested_ballot.voter_id')
      .select(['ballot.tracking_code', 'voter.number'])
      .where('incident_id', '=', row.id)
      .execute()
    // Whose ballot it is may not be known: each is taken for the heaviest.
    const micros = BigInt(row.affected) * BigInt(heaviest ?? 1_000_000)
    const concerned = contests.filter(({ id }) => row.contest_id === null || id === row.contest_id)
    const found = concerned.map(({ id, rules }) =>
      effectOn(counts.get(id), rules, { micros, kind: row.affected_kind }),
    )
    incidents.push({
      ...{ election: election.slug, number: row.number, kind: row.kind, at: row.at, text: row.text },
      ...{ contest: row.title, affected: row.affected, affectedKind: row.affected_kind },
      contested: {
        ballots: contested.flatMap(({ tracking_code }) => tracking_code ?? []),
        voters: contested.flatMap(({ number }) => number ?? []),
      },
      explains: row.explains,
      effect: gravest.find((effect) => found.includes(effect)) ?? 'none',
      ...{ officer: row.officer, recordedAt: row.recorded_at },
      ...{ resolution: row.resolution, resolvedAt: row.resolved_at },
    })
  }
  return incidents
}

const gravest: readonly Effect[] = ['could', 'not-excluded', 'no-result', 'none']
