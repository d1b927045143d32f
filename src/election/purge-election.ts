import { existsSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { readBackups } from '../audit/backup-record.ts'
import type { ReadTransaction, UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { readTurnout } from '../tally/turnout.ts'
import { lastVoteAt, readTurnoutHistory } from '../tally/turnout-history.ts'
import { tokenFamily } from '../voting/token-family.ts'
import { type Election, findElection } from './find-election.ts'
import { overAt, readKeeping } from './keeping.ts'
import { purgeRows, purgeTokens } from './purge-rows.ts'
import { type PurgedFigures, readPurge } from './purged.ts'
import { NotOverYet, PurgeOfFirstOnly, StillKept } from './refusals-purge.ts'
import { requireApproval } from './require-approval.ts'

/** What a purge takes away, or has taken away. */
export interface Purge {
  election: string
  /** The election, and the runoffs that go with it. */
  elections: string[]
  /** Null where it is still to come. */
  purgedAt: string | null
  /** Until when its voters are to be kept; null for no limit. */
  keptUntil: string | null
  /** Whether that is still to come. */
  early: boolean
  /** What there is of each kind; nothing once it is purged. */
  removes: Record<PurgedKind, number>
  /** Copies beside the file, which go as well. */
  copies: string[]
  /** Backups of which the log knows, and which the purge does not reach. */
  elsewhere: string[]
  /** Entries of the log by an earlier urna, which can't be changed and may name voters. */
  oldEntries: number
}

export type PurgedKind = 'voters' | 'tokens' | 'corrections' | 'codes' | 'statements' | 'photos'

/**
 * What a purge would take away.
 * @throws NotOverYet, PurgeOfFirstOnly, ElectionNotFound
 */
export async function planPurge(work: UnitOfWork, slug: string | undefined): Promise<Purge> {
  return work.read(async (tx) => planOf(tx, work, await findElection(tx, slug)))
}

/**
 * Takes out of the file, for good, who the voters of an election that is over were, and with it those of its
 * runoffs. The public archive, the result and the chain of the audit log stay. Repeated, it ends what was cut short.
 * @param reason why it is done before its time
 * @throws NotOverYet, StillKept, PurgeOfFirstOnly, ApprovalNeeded, ElectionNotFound, FileLocked
 */
export async function purgeElection(
  work: UnitOfWork,
  slug: string | undefined,
  reason?: string | undefined,
): Promise<Purge> {
  const plan = await planPurge(work, slug)
  if (plan.purgedAt === null) {
    await work.write('purge election', async (tx) => {
      const root = await findElection(tx, plan.election)
      const family = await familyOf(tx, root)
      const early = await requireTime(tx, root, reason)
      await requireApproval(tx, root, { deed: 'purge', at: null })
      for (const election of family) await purgeOne(tx, election)
      await purgeTokens(tx, root.id)
      const { removes, copies, elections } = await planOf(tx, work, root, plan.removes)
      const details = { ...removes, copies: copies.length, elections, ...early }
      await tx.record({ action: 'election-purged', election: root.slug, details })
    })
  }
  // What follows is done each time: a purge that was killed before it is ended by another.
  work.compact()
  for (const copy of plan.copies) rmSync(copy, { force: true })
  const done = await planPurge(work, plan.election)
  return { ...done, removes: plan.removes, copies: plan.copies }
}

async function planOf(
  tx: ReadTransaction,
  work: UnitOfWork,
  election: Election,
  counted?: Purge['removes'],
): Promise<Purge> {
  const family = await familyOf(tx, election)
  const purge = await readPurge(tx, election)
  const { keptUntil } = await readKeeping(tx, election)
  const { beside, elsewhere } = await backupsOf(tx, work.path)
  return {
    election: election.slug,
    elections: family.map(({ slug }) => slug),
    purgedAt: purge?.at ?? null,
    keptUntil,
    early: purge === undefined && keptUntil !== null && keptUntil > tx.now,
    removes: counted ?? (purge === undefined ? await countRemovals(tx, family) : nothing),
    copies: [...work.copiesBeside(), ...beside],
    elsewhere,
    oldEntries: await countOldEntries(tx, family),
  }
}

/** @returns what the log says of a purge before its time @throws StillKept */
async function requireTime(
  tx: ReadTransaction,
  election: Election,
  reason: string | undefined,
): Promise<{ keptUntil?: string; reason?: string }> {
  const { keepDays, keptUntil } = await readKeeping(tx, election)
  const why = reason?.trim() ?? ''
  if (keepDays === null || keptUntil === null || keptUntil <= tx.now) return why === '' ? {} : { reason: why }
  if (why === '') throw new StillKept({ election: election.slug, keptUntil, keepDays })
  return { keptUntil, reason: why }
}

/** @throws NotOverYet, PurgeOfFirstOnly */
async function familyOf(tx: ReadTransaction, election: Election): Promise<Election[]> {
  const { root, electionIds } = await tokenFamily(tx, election)
  if (root.id !== election.id) throw new PurgeOfFirstOnly({ election: election.slug, first: root.slug })
  const family = await tx.db
    .selectFrom('election')
    .selectAll()
    .where('id', 'in', electionIds)
    .orderBy('id')
    .execute()
  const busy = family.find((each) => overAt(each) === null)
  if (busy !== undefined) throw new NotOverYet({ election: busy.slug, status: busy.status })
  return family
}

async function purgeOne(tx: WriteTransaction, election: Election): Promise<void> {
  const figures: PurgedFigures = {
    turnout: await readTurnout(tx, election),
    history: await readTurnoutHistory(tx, election),
    lastVoteAt: await lastVoteAt(tx, election),
  }
  await tx.db
    .insertInto('purge')
    .values({ election_id: election.id, at: tx.now, officer: tx.officer, figures: JSON.stringify(figures) })
    .execute()
  const { id, uuid, closed_at: closedAt } = election
  await purgeRows(tx, { id, uuid, closedAt: closedAt ?? tx.now })
}

const nothing = { voters: 0, tokens: 0, corrections: 0, codes: 0, statements: 0, photos: 0 }

async function countRemovals(tx: ReadTransaction, family: readonly Election[]): Promise<Purge['removes']> {
  const ids = family.map(({ id }) => id)
  const countIn = async (table: 'voter' | 'token' | 'roll_correction' | 'one_time_code') => {
    const { count } = await tx.db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('election_id', 'in', ids)
      .executeTakeFirstOrThrow()
    return count
  }
  const { statements, photos } = await tx.db
    .selectFrom('contest_option as o')
    .innerJoin('contest as c', 'c.id', 'o.contest_id')
    .leftJoin('candidate_photo as p', 'p.option_id', 'o.id')
    .select(({ fn, eb }) => [
      fn.count<number>('p.option_id').as('photos'),
      fn
        .countAll<number>()
        .filterWhere(eb.or([eb('o.statement', '<>', ''), eb('o.birth_date', 'is not', null)]))
        .as('statements'),
    ])
    .where('c.election_id', 'in', ids)
    .executeTakeFirstOrThrow()
  return {
    voters: await countIn('voter'),
    tokens: await countIn('token'),
    corrections: await countIn('roll_correction'),
    codes: await countIn('one_time_code'),
    statements,
    photos,
  }
}

/** Those that the log knows of: in the folder of the file, and elsewhere. */
async function backupsOf(
  tx: ReadTransaction,
  path: string,
): Promise<{ beside: string[]; elsewhere: string[] }> {
  const paths = (await readBackups(tx)).map((backup) => backup.path)
  const here = dirname(resolve(path))
  const [beside, elsewhere] = [true, false].map((inside) =>
    paths.filter((each) => (dirname(each) === here) === inside && (!inside || existsSync(each))),
  )
  return { beside: beside!, elsewhere: elsewhere! }
}

/** Before `personal` was encrypted, these named voters in the clear. */
const namingVoters = [
  'ballot-accepted',
  'voter-added',
  'voter-struck',
  'token-revoked',
  'reserve-token-assigned',
]

async function countOldEntries(tx: ReadTransaction, family: readonly Election[]): Promise<number> {
  const { count } = await tx.db
    .selectFrom('audit_entry')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(
      'election',
      'in',
      family.map(({ slug }) => slug),
    )
    .where('action', 'in', namingVoters)
    .where('details', 'not like', '%"personal":%')
    .executeTakeFirstOrThrow()
  return count
}
