import { refreshRoll } from '../register/roll.ts'
import type { Database, ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { type Contest, readContests } from './contests.ts'
import { type Election, findElection, slugOfElection } from './find-election.ts'
import { fingerprintOf } from './fingerprint.ts'
import { type Keeping, readKeeping } from './keeping.ts'
import { nextCommand } from './next-command.ts'
import { gatherOpeningFacts } from './opening-facts.ts'
import { blocking, examine, type Finding } from './readiness.ts'
import { rehearse } from './rehearse.ts'
import { overSince } from './schedule.ts'
import { type Secrecy, secrecyOfElection } from './secrecy.ts'
import { readTrusteeGroup, type TrusteeGroup } from './trustee-group.ts'
import { keysToOpen, readTrustees, type Trustee } from './trustees.ts'

/** All that may be known of an election at any time; of the votes only how many there are. */
export interface ElectionOverview {
  election: Election
  contests: (Contest & { outcome: string | null })[]
  trustees: Trustee[]
  secrecy: Secrecy
  /** Trustees of whom some suffice. */
  group: TrusteeGroup | undefined
  voters: number
  tokens: { issued: number; reserve: number; revoked: number }
  /** Sealed ballots on the board, those that were recast among them. */
  ballots: number
  /** Voters who have voted. */
  voted: number
  /** Of the public election; null before it opens. */
  fingerprint: string | null
  /** How long its voters are kept. */
  keeping: Keeping
  /** The election that this one decides. */
  runoffOf: string | null
  /** Since when it takes no ballot any more, though nobody has closed it; null otherwise. */
  over: string | null
  /** Why a draft did not open at its time; empty where it has none, or it is still to come. */
  missed: readonly string[]
  /** What keeps a draft from opening. */
  obstacles: Finding[]
  next: string
}

/** @throws ElectionNotFound, ElectionAmbiguous */
export async function showElection(work: UnitOfWork, slug: string | undefined): Promise<ElectionOverview> {
  const election = await work.read((tx) => findElection(tx, slug))
  if (election.status !== 'draft') return work.read((tx) => overviewOf(tx, election, []))
  return rehearse(work, 'show election', async (tx) => {
    await refreshRoll(tx, election)
    const { facts } = await gatherOpeningFacts(tx, election)
    return overviewOf(tx, election, examine(facts))
  })
}

async function overviewOf(
  tx: ReadTransaction,
  election: Election,
  findings: readonly Finding[],
): Promise<ElectionOverview> {
  const { id } = election
  const outcomes = await readOutcomes(tx, id)
  const contests = (await readContests(tx, id)).map((contest) => ({
    ...contest,
    outcome: outcomes.get(contest.id) ?? null,
  }))
  const trustees = await readTrustees(tx, id)
  const group = await readTrusteeGroup(tx, id)
  const tokens = await tx.db
    .selectFrom('token')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('election_id', '=', id)
    .groupBy('state')
    .execute()
  const tokensIn = (state: string) => tokens.find((row) => row.state === state)?.count ?? 0
  return {
    election,
    contests,
    trustees,
    group,
    secrecy: secrecyOfElection(election, keysToOpen(trustees, group)),
    voters: await countIn(tx, 'voter', id),
    tokens: { issued: tokensIn('issued'), reserve: tokensIn('reserve'), revoked: tokensIn('revoked') },
    ballots: await countIn(tx, 'ballot', id),
    voted: await countIn(tx, 'mark', id),
    fingerprint: election.sealed_json === null ? null : fingerprintOf(election.sealed_json),
    keeping: await readKeeping(tx, election),
    runoffOf: await slugOfElection(tx, election.runoff_of),
    over: overSince(election, tx.now),
    missed: await readMissed(tx, election),
    obstacles: blocking(findings),
    next: nextCommand(election, { findings, runoff: await needsRunoff(tx, id, contests) }),
  }
}

async function readMissed(tx: ReadTransaction, { id, status, opens_at }: Election): Promise<string[]> {
  const missed = await tx.db
    .selectFrom('missed_opening')
    .selectAll()
    .where('election_id', '=', id)
    .executeTakeFirst()
  if (status !== 'draft' || missed === undefined || missed.opens_at !== opens_at) return []
  return (JSON.parse(missed.obstacles) as { message: string }[]).map(({ message }) => message)
}

/** Whether a contest goes to a second round that nobody has set up yet. */
async function needsRunoff(
  tx: ReadTransaction,
  electionId: number,
  contests: ElectionOverview['contests'],
): Promise<boolean> {
  const undecided = contests.filter(({ outcome }) => outcome === 'runoff')
  if (undecided.length === 0) return false
  const rows = await tx.db
    .selectFrom('election')
    .innerJoin('contest', 'contest.election_id', 'election.id')
    .select('contest.title')
    .where('runoff_of', '=', electionId)
    .where('status', '!=', 'cancelled')
    .execute()
  const titles = new Set(rows.map(({ title }) => title))
  return undecided.some(({ title }) => !titles.has(title))
}

async function readOutcomes(tx: ReadTransaction, electionId: number): Promise<Map<number, string>> {
  const rows = await tx.db
    .selectFrom('tabulation')
    .innerJoin('contest', 'contest.id', 'tabulation.contest_id')
    .select(['contest.id', 'tabulation.outcome'])
    .where('contest.election_id', '=', electionId)
    .execute()
  return new Map(rows.map(({ id, outcome }) => [id, outcome]))
}

async function countIn(
  tx: ReadTransaction,
  table: keyof Pick<Database, 'voter' | 'ballot' | 'mark'>,
  electionId: number,
): Promise<number> {
  const { count } = await tx.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('election_id', '=', electionId)
    .executeTakeFirstOrThrow()
  return count
}
