import { readContests } from '../election/contests.ts'
import { type Election, findElection } from '../election/find-election.ts'
import { storedCounts, tabulationIn } from '../election/stored-counts.ts'
import { takeStep } from '../election/take-step.ts'
import type { Refusal } from '../errors.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction, UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { readPaperRecord } from '../voting/paper/read-paper.ts'
import { type ContestCount, countContest } from './count-contest.ts'
import { readCountable } from './countable-contests.ts'
import { tieBreaksOf } from './lot.ts'
import { BoardDamaged, LotTooLate, RecountTooLate } from './refusals.ts'
import type { VotedWays } from './voted-ways.ts'
import { mergedDecisions, requireWritten } from './write-in-decisions.ts'
import type { WriteInDecision } from './written-names.ts'

interface Deps {
  readonly work: UnitOfWork
  readonly group: Group
}

/** With what was cast online and what on paper, where papers are counted. */
interface StoredContestCount extends ContestCount {
  readonly ways?: VotedWays
}

export interface CountRequest {
  readonly election: Election
  /** Of the lot that decides ties, where the rules of a contest name a lot. */
  readonly seed: string | undefined
  /** What officers decide of names that were written in. */
  readonly writeIns: readonly WriteInDecision[]
}

/**
 * Counts an opened box for the first time.
 *
 * @returns false if somebody else did so meanwhile
 * @throws BoardDamaged, WriteInNotFound, WriteInDecisionInvalid, PaperNotAgreed
 */
export async function countOnce(deps: Deps, request: CountRequest): Promise<boolean> {
  const { election, seed } = request
  const paper = await deps.work.read((tx) => paperText(tx, election))
  const counts = await startCount(deps, { ...request, writeIns: mergedDecisions([], request.writeIns) })
  const counted = await deps.work.write('count', async (tx) => {
    const current = await findElection(tx, election.slug)
    if (current.status === 'tallied') return false
    if ((await paperText(tx, current)) !== paper) return undefined
    for (const { id, count } of await besideContests(tx, current, counts)) {
      const row = { contest_id: id, ...tabulationRow(count), created_at: tx.now }
      await tx.db.insertInto('tabulation').values(row).execute()
    }
    await takeStep(tx, current, { step: 'tally' })
    await recordOutcomes(tx, current, { counts, seed })
    return true
  })
  // Somebody changed a batch of papers meanwhile: then with what is agreed now.
  return counted ?? countOnce(deps, request)
}

/** What is agreed of the papers; from the count on it stays. @throws PaperNotAgreed */
async function paperText(tx: ReadTransaction, election: Election): Promise<string> {
  return JSON.stringify((await readPaperRecord(tx, election)) ?? null)
}

/**
 * Counts again with other decisions of names that were written in, those made before kept; each count and its
 * decisions are on record.
 *
 * @returns whether they are others than before
 * @throws RecountTooLate, WriteInNotFound, WriteInDecisionInvalid
 */
export async function decideWriteIns(deps: Deps, request: CountRequest): Promise<boolean> {
  const { election, seed } = request
  const earlier = await deps.work.read((tx) => storedDecisions(tx, election))
  const writeIns = mergedDecisions(earlier, request.writeIns)
  if (isSame(writeIns, earlier)) return false
  await deps.work.read((tx) => requireUndecided(tx, election))
  const counts = await startCount(deps, { ...request, writeIns })
  const stored = await deps.work.write('decide write-ins', async (tx) => {
    const current = await requireUndecided(tx, election)
    if (!isSame(await storedDecisions(tx, current), earlier)) return false
    for (const { id, count } of await besideContests(tx, current, counts)) {
      if (count.writeIns === undefined) continue
      await tx.db
        .updateTable('tabulation')
        .set({ ...tabulationRow(count), created_at: tx.now })
        .where('contest_id', '=', id)
        .execute()
    }
    await recordOutcomes(tx, election, { counts, seed })
    return true
  })
  // Somebody else decided meanwhile: then on top of that.
  return stored || decideWriteIns(deps, request)
}

/** @throws RecountTooLate once somebody relies on the result, or a lot was drawn */
async function requireUndecided(tx: ReadTransaction, election: Election): Promise<Election> {
  const tooLate = (why: string) => new RecountTooLate({ election: election.slug, why })
  const current = await requireUndisclosed(tx, election, tooLate)
  // Another decision would draw again, until officers like what the lot says.
  const drawn = (await storedCounts(tx, current))
    .map(tabulationIn)
    .some(
      ({ writeIns, ties }) =>
        writeIns !== undefined && ties.some(({ decisions }) => decisions.some(({ by }) => by === 'lot')),
    )
  if (drawn) throw tooLate('has a tie that was decided by lot')
  return current
}

/**
 * The election as it is in this transaction, in which nobody relies on the result yet.
 * @param tooLate the refusal, by what comes after the name of the election
 */
async function requireUndisclosed(
  tx: ReadTransaction,
  { slug }: Election,
  tooLate: (why: string) => Refusal,
): Promise<Election> {
  const current = await findElection(tx, slug)
  if (current.status !== 'tallied') throw tooLate(`is ${current.status}`)
  if (current.published_at !== null) throw tooLate('has a published result')
  const runoff = await runoffOf(tx, current)
  if (runoff !== undefined) throw tooLate(`has the runoff ${runoff}`)
  return current
}

function isSame(one: readonly WriteInDecision[], other: readonly WriteInDecision[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * Counts a result again that was typed in anew, in the transaction that keeps it.
 * @throws RecountTooLate
 */
export async function countEntered(tx: WriteTransaction, group: Group, election: Election): Promise<void> {
  const tooLate = (why: string) => new RecountTooLate({ election: election.slug, why })
  const current = await requireUndisclosed(tx, election, tooLate)
  const contests = (await readCountable(tx, group, current)) ?? []
  const decisions = { tieBreaks: tieBreaksOf(undefined), writeIns: [] }
  const counts = contests.map(({ contest, opened }) => countContest(contest, opened, decisions))
  for (const { id, count } of await besideContests(tx, current, counts)) {
    await tx.db
      .updateTable('tabulation')
      .set({ ...tabulationRow(count), created_at: tx.now })
      .where('contest_id', '=', id)
      .execute()
  }
  await recordOutcomes(tx, current, { counts, seed: undefined })
}

/** What was decided of names that were written in, by the count that stands. */
export async function storedDecisions(tx: ReadTransaction, election: Election): Promise<WriteInDecision[]> {
  const stored = await storedCounts(tx, election)
  return mergedDecisions(
    [],
    stored.flatMap((count) => tabulationIn(count).writeIns?.decisions ?? []),
  )
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
  request: CountRequest & { readonly seed: string },
): Promise<number> {
  const { election, seed } = request
  const tooLate = (why: string) => new LotTooLate({ election: election.slug, why })
  const writeIns = await deps.work.read(async (tx) => {
    if (!(await hasOpenTie(tx, election))) return undefined
    await requireUndisclosed(tx, election, tooLate)
    return storedDecisions(tx, election)
  })
  if (writeIns === undefined) return 0
  const counts = await startCount(deps, { election, seed, writeIns })
  const drawn = await deps.work.write('draw lots', async (tx) => {
    const current = await requireUndisclosed(tx, election, tooLate)
    if (!isSame(await storedDecisions(tx, current), writeIns)) return undefined
    let decided = 0
    for (const { id, count } of await besideContests(tx, current, counts)) {
      if (count.tabulation.outcome.kind === 'tied') continue
      const { numUpdatedRows } = await tx.db
        .updateTable('tabulation')
        .set({ ...tabulationRow(count), created_at: tx.now })
        .where('contest_id', '=', id)
        .where('outcome', '=', 'tied')
        .executeTakeFirst()
      decided += Number(numUpdatedRows)
    }
    await recordOutcomes(tx, current, { counts, seed })
    return decided
  })
  // Somebody decided of a name meanwhile: then the lot is drawn of that count.
  return drawn ?? drawLots(deps, request)
}

/** The counts of what was voted, after a record that they were begun. */
async function startCount(
  { work, group }: Deps,
  { election, seed, writeIns }: CountRequest,
): Promise<StoredContestCount[]> {
  const contests = await work.read((tx) => readCountable(tx, group, election))
  if (contests === undefined) throw new BoardDamaged('there is no result that can be counted')
  const decisions = { tieBreaks: tieBreaksOf(seed), writeIns }
  const details = { ...(seed !== undefined && { seed }), ...(writeIns.length > 0 && { writeIns }) }
  await work.write('count', (tx) =>
    tx.record({ action: 'tabulation-started', election: election.slug, details }),
  )
  const counts = contests.map(({ contest, opened, ways }) => ({
    ...countContest(contest, opened, decisions),
    ...(ways && { ways }),
  }))
  requireWritten(writeIns, counts)
  return counts
}

async function besideContests(
  tx: WriteTransaction,
  election: Election,
  counts: readonly StoredContestCount[],
): Promise<{ id: number; count: StoredContestCount }[]> {
  const contests = await readContests(tx, election.id)
  return contests.map(({ id }, index) => ({ id, count: counts[index]! }))
}

function tabulationRow(count: StoredContestCount): { outcome: string; body: string } {
  const { tabulation, invalid, writeIns, ways } = count
  return {
    outcome: tabulation.outcome.kind,
    body: JSON.stringify({
      ...tabulation,
      invalidBallots: invalid,
      ...(writeIns && { writeIns }),
      ...(ways && { ways }),
    }),
  }
}

async function recordOutcomes(
  tx: WriteTransaction,
  election: Election,
  { counts, seed }: { counts: readonly ContestCount[]; seed: string | undefined },
): Promise<void> {
  const outcomes = counts.map(({ tabulation }) => tabulation.outcome.kind)
  const writeIns = counts.flatMap((count) => count.writeIns?.decisions ?? [])
  await tx.record({
    action: 'tabulation-completed',
    election: election.slug,
    details: {
      outcomes,
      ...(seed !== undefined && { seed }),
      ...(writeIns.length > 0 && { writeIns }),
    },
  })
}

async function hasOpenTie({ db }: ReadTransaction, election: Election): Promise<boolean> {
  const tied = await db
    .selectFrom('tabulation')
    .innerJoin('contest', 'contest.id', 'tabulation.contest_id')
    .select('contest.id')
    .where('contest.election_id', '=', election.id)
    .where('tabulation.outcome', '=', 'tied')
    .executeTakeFirst()
  return tied !== undefined
}

/** @returns its short name */
async function runoffOf({ db }: ReadTransaction, election: Election): Promise<string | undefined> {
  const runoff = await db
    .selectFrom('election')
    .select('slug')
    .where('runoff_of', '=', election.id)
    .where('status', '!=', 'cancelled')
    .executeTakeFirst()
  return runoff?.slug
}
