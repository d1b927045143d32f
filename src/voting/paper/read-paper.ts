import { opensAsTotals } from '../../ballot/room.ts'
import { ballotRulesOf, type Contest, readContests } from '../../election/contests.ts'
import type { Election } from '../../election/find-election.ts'
import { rightsOf } from '../../election/rights.ts'
import type { ReadTransaction } from '../../store/unit-of-work.ts'
import type { PaperRecord, PaperTally } from './paper-schema.ts'
import { paperTallySchema } from './paper-schema.ts'
import { differencesBetween, type PaperDifference, talliesOf } from './paper-tally.ts'
import { PaperNotAgreed } from './refusals.ts'

export const paperStates = ['waits', 'one entry', 'differs', 'agreed'] as const
export type PaperState = (typeof paperStates)[number]

/** How far a batch is counted in one contest. */
export interface BatchContest {
  contest: string
  position: number
  state: PaperState
  /** Who has entered it, in their order. */
  officers: string[]
  /** Why the third entry stands; null where the two were alike. */
  reason: string | null
  /** Where two entries differ; empty once a third stands. */
  differences: PaperDifference[]
  /** Once it is agreed. */
  tally: PaperTally | null
}

/** A pile of papers as its cover sheet has it, and how far it is counted. */
export interface PaperBatch {
  id: number
  number: number
  place: string
  issued: number
  spoiled: number
  papers: number
  contests: BatchContest[]
}

/** What is known of the papers of an election. */
export interface PaperStanding {
  struck: number
  issued: number
  spoiled: number
  papers: number
  /** Papers in batches of which every contest is agreed. */
  agreed: number
  batches: PaperBatch[]
}

/** @returns undefined where nobody votes on paper */
export async function readPaper(tx: ReadTransaction, election: Election): Promise<PaperStanding | undefined> {
  if (!rightsOf(election).paperBallots) return undefined
  const batches = await readBatches(tx, election)
  const sum = (of: 'issued' | 'spoiled' | 'papers', among = batches) =>
    among.reduce((total, batch) => total + batch[of], 0)
  return {
    struck: await countStruckForPaper(tx, election),
    ...{ issued: sum('issued'), spoiled: sum('spoiled'), papers: sum('papers') },
    agreed: sum('papers', batches.filter(isAgreed)),
    batches,
  }
}

/** Voters who were struck off as voting on paper. */
export async function countStruckForPaper(
  tx: ReadTransaction,
  { id }: Pick<Election, 'id'>,
): Promise<number> {
  const { count } = await tx.db
    .selectFrom('mark')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('election_id', '=', id)
    .where('paper_officer', 'is not', null)
    .executeTakeFirstOrThrow()
  return count
}

/**
 * What is published of the papers.
 * @returns undefined where nobody votes on paper
 * @throws PaperNotAgreed while a batch is not counted, or voters were struck off and there is none
 */
export async function readPaperRecord(
  tx: ReadTransaction,
  election: Election,
): Promise<PaperRecord | undefined> {
  const paper = await readPaper(tx, election)
  if (paper === undefined) return undefined
  const { struck, issued, spoiled, papers, batches } = paper
  const waiting = batches
    .filter((batch) => !isAgreed(batch))
    .map(({ number, place, contests }) => {
      const open = contests.filter(({ state }) => state !== 'agreed')
      return `batch ${number} (${place}): ${open.map(({ contest, state }) => `"${contest}" ${stateWords[state]}`).join(', ')}`
    })
  if (batches.length === 0 && struck > 0) {
    waiting.push(`${struck} ${struck === 1 ? 'voter was' : 'voters were'} struck off, and there is no batch`)
  }
  if (waiting.length > 0) throw new PaperNotAgreed({ election: election.slug, waiting })
  return {
    ...{ struck, issued, spoiled, papers },
    batches: batches.map(({ number, place, contests, ...sheet }) => ({
      ...{ number, place, issued: sheet.issued, spoiled: sheet.spoiled, papers: sheet.papers },
      contests: contests.map(({ tally }) => tally!),
    })),
  }
}

/** The papers of each contest together; undefined where there are none. @throws PaperNotAgreed */
export async function readPaperTallies(
  tx: ReadTransaction,
  election: Election,
): Promise<PaperTally[] | undefined> {
  const record = await readPaperRecord(tx, election)
  const tallies = record === undefined ? [] : talliesOf(record)
  return tallies.length === 0 ? undefined : tallies
}

/** As the middle of a sentence. */
export const stateWords: Readonly<Record<PaperState, string>> = {
  waits: 'was entered by nobody',
  'one entry': 'was entered by one officer',
  differs: 'was entered differently by two officers',
  agreed: 'is agreed',
}

export function isAgreed({ contests }: PaperBatch): boolean {
  return contests.every(({ state }) => state === 'agreed')
}

export async function readBatches(tx: ReadTransaction, election: Election): Promise<PaperBatch[]> {
  const batches = await tx.db
    .selectFrom('paper_batch')
    .select(['id', 'number', 'place', 'issued', 'spoiled', 'papers'])
    .where('election_id', '=', election.id)
    .orderBy('number')
    .execute()
  const contests = await readContests(tx, election.id)
  const entries = await readEntries(tx, election.id)
  return batches.map((batch) => ({
    ...batch,
    contests: contests.map((contest) =>
      contestOf(
        contest,
        batch.papers,
        entries.filter(({ batch_id, contest_id }) => batch_id === batch.id && contest_id === contest.id),
      ),
    ),
  }))
}

export interface PaperEntry {
  batch_id: number
  contest_id: number
  turn: 1 | 2 | 3
  body: string
  reason: string | null
  officer_id: number
  officer: string
}

/** In the order in which they were made, batch by batch. */
export async function readEntries(tx: ReadTransaction, electionId: number): Promise<PaperEntry[]> {
  return tx.db
    .selectFrom('paper_entry as e')
    .innerJoin('paper_batch as b', 'b.id', 'e.batch_id')
    .innerJoin('officer as o', 'o.id', 'e.officer_id')
    .select([
      'e.batch_id',
      'e.contest_id',
      'e.turn',
      'e.body',
      'e.reason',
      'e.officer_id',
      'o.name as officer',
    ])
    .where('b.election_id', '=', electionId)
    .orderBy('e.batch_id')
    .orderBy('e.contest_id')
    .orderBy('e.turn')
    .execute()
}

function contestOf(contest: Contest, papers: number, entries: readonly PaperEntry[]): BatchContest {
  const { title, position, options, grades } = contest
  const [first, second, third] = entries
  const known = {
    ...{ contest: title, position, officers: entries.map(({ officer }) => officer) },
    reason: third?.reason ?? null,
  }
  const open = (state: PaperState, differences: PaperDifference[] = []): BatchContest => ({
    ...known,
    ...{ state, differences, tally: null },
  })
  if (papers === 0) return { ...known, state: 'agreed', differences: [], tally: emptyTally(contest) }
  if (first === undefined) return open('waits')
  if (second === undefined) return open('one entry')
  const agreed = third ?? (first.body === second.body ? first : undefined)
  if (agreed !== undefined) {
    return { ...known, state: 'agreed', differences: [], tally: tallyIn(agreed) }
  }
  const words = { options: options.map(({ name }) => name), grades }
  return open('differs', differencesBetween(tallyIn(first), tallyIn(second), words))
}

function emptyTally(contest: Contest): PaperTally {
  const none = { blank: 0, invalid: 0 }
  return opensAsTotals(ballotRulesOf(contest))
    ? { kind: 'totals', votes: contest.options.map(() => 0), valid: 0, ...none }
    : { kind: 'ballots', choices: [], ...none }
}

function tallyIn({ body }: Pick<PaperEntry, 'body'>): PaperTally {
  return paperTallySchema.parse(JSON.parse(body))
}
