import { readContests } from '../election/contests.ts'
import { type Election, findElection } from '../election/find-election.ts'
import { takeStep } from '../election/take-step.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import type { BoardState } from './board-state.ts'
import { type ContestCount, countContest } from './count-contest.ts'
import { tieBreaksOf } from './lot.ts'
import { countableContests } from './opened-box.ts'
import { BoardDamaged, LotTooLate } from './refusals.ts'

interface Deps {
  readonly work: UnitOfWork
  readonly group: Group
}

export interface CountRequest {
  readonly election: Election
  /** With its result. */
  readonly board: BoardState
  /** Of the lot that decides ties, where the rules of a contest name a lot. */
  readonly seed: string | undefined
}

/**
 * Counts an opened box for the first time.
 *
 * @returns false if somebody else did so meanwhile
 * @throws BoardDamaged
 */
export async function countOnce(deps: Deps, { election, board, seed }: CountRequest): Promise<boolean> {
  const counts = await startCount(deps, { election, board, seed })
  return deps.work.write('count', async (tx) => {
    const current = await findElection(tx, election.slug)
    if (current.status === 'tallied') return false
    for (const { id, count } of await besideContests(tx, current, counts)) {
      const row = { contest_id: id, ...tabulationRow(count), created_at: tx.now }
      await tx.db.insertInto('tabulation').values(row).execute()
    }
    await takeStep(tx, current, { step: 'tally' })
    await recordOutcomes(tx, current, { counts, seed })
    return true
  })
}

/**
 * Decides by lot what a count left tied. Only open ties are drawn, so nobody can draw until they like the
 * result.
 *
 * @returns how many contests it decided
 * @throws LotTooLate
 */
export async function drawLots(
  deps: Deps,
  { election, board, seed }: CountRequest & { readonly seed: string },
): Promise<number> {
  if (!(await deps.work.read((tx) => hasOpenTie(tx, election)))) return 0
  const counts = await startCount(deps, { election, board, seed })
  return deps.work.write('draw lots', async (tx) => {
    await requireNoRunoff(tx, election)
    let decided = 0
    for (const { id, count } of await besideContests(tx, election, counts)) {
      if (count.tabulation.outcome.kind === 'tied') continue
      const { numUpdatedRows } = await tx.db
        .updateTable('tabulation')
        .set({ ...tabulationRow(count), created_at: tx.now })
        .where('contest_id', '=', id)
        .where('outcome', '=', 'tied')
        .executeTakeFirst()
      decided += Number(numUpdatedRows)
    }
    await recordOutcomes(tx, election, { counts, seed })
    return decided
  })
}

/** The counts of a board's result, after a record that they were begun. */
async function startCount(
  { work, group }: Deps,
  { election, board, seed }: CountRequest,
): Promise<ContestCount[]> {
  const details = seed === undefined ? {} : { seed }
  await work.write('count', (tx) =>
    tx.record({ action: 'tabulation-started', election: election.slug, details }),
  )
  const contests = countableContests(group, board)
  if (contests === undefined) throw new BoardDamaged('there is no result that can be counted')
  return contests.map(({ contest, opened }) => countContest(contest, opened, tieBreaksOf(seed)))
}

async function besideContests(
  tx: WriteTransaction,
  election: Election,
  counts: readonly ContestCount[],
): Promise<{ id: number; count: ContestCount }[]> {
  const contests = await readContests(tx, election.id)
  return contests.map(({ id }, index) => ({ id, count: counts[index]! }))
}

function tabulationRow({ tabulation, invalid }: ContestCount): { outcome: string; body: string } {
  return {
    outcome: tabulation.outcome.kind,
    body: JSON.stringify({ ...tabulation, invalidBallots: invalid }),
  }
}

async function recordOutcomes(
  tx: WriteTransaction,
  election: Election,
  { counts, seed }: { counts: readonly ContestCount[]; seed: string | undefined },
): Promise<void> {
  const outcomes = counts.map(({ tabulation }) => tabulation.outcome.kind)
  await tx.record({
    action: 'tabulation-completed',
    election: election.slug,
    details: { outcomes, ...(seed !== undefined && { seed }) },
  })
}

async function hasOpenTie({ db }: Pick<WriteTransaction, 'db'>, election: Election): Promise<boolean> {
  const tied = await db
    .selectFrom('tabulation')
    .innerJoin('contest', 'contest.id', 'tabulation.contest_id')
    .select('contest.id')
    .where('contest.election_id', '=', election.id)
    .where('tabulation.outcome', '=', 'tied')
    .executeTakeFirst()
  return tied !== undefined
}

async function requireNoRunoff({ db }: WriteTransaction, election: Election): Promise<void> {
  const runoff = await db
    .selectFrom('election')
    .select('slug')
    .where('runoff_of', '=', election.id)
    .where('status', '!=', 'cancelled')
    .executeTakeFirst()
  if (runoff !== undefined) throw new LotTooLate({ election: election.slug, runoff: runoff.slug })
}
