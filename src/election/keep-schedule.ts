import type { Group } from '../sealing/group.ts'
import type { ReadTransaction, UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { closeIn } from './close-election.ts'
import type { Election } from './find-election.ts'
import { openDraft } from './open-election.ts'
import { publishIn } from './publication.ts'
import { ElectionNotReady, type Obstacle } from './refusals.ts'
import { dueSteps, type Schedule, type ScheduledStep } from './schedule.ts'

export interface KeptSchedule {
  /** What was done now. */
  readonly done: readonly ScheduledStep[]
  /** Openings that were found impossible now. */
  readonly missed: readonly ScheduledStep[]
  /** What could not be done and is still due, with the error. */
  readonly failed: readonly { readonly step: ScheduledStep; readonly error: unknown }[]
  /** When there is something to do again; null where nothing is to come. */
  readonly next: string | null
}

interface Deps {
  /** Its officer is whom the log names. */
  work: UnitOfWork
  group: Group
}

/**
 * Takes every step that is due by now, each in a transaction of its own that looks again whether it is: two
 * processes that do this at once take it once. An election that can't open is recorded with what keeps it from
 * opening, and not tried again for that time.
 */
export async function keepSchedule(deps: Deps): Promise<KeptSchedule> {
  const kept = { done: [] as ScheduledStep[], missed: [] as ScheduledStep[] }
  const failed: { step: ScheduledStep; error: unknown }[] = []
  const tried = new Set<string>()
  for (;;) {
    const { due, next } = await deps.work.read(readSchedule)
    // What was opened late may have to close at once.
    const step = due.find((each) => !tried.has(keyOf(each)))
    if (step === undefined) return { ...kept, failed, next }
    tried.add(keyOf(step))
    try {
      const outcome = await takeDueStep(deps, step)
      if (outcome !== 'not-due') kept[outcome].push(step)
    } catch (error) {
      failed.push({ step, error })
    }
  }
}

function keyOf({ deed, election, at }: ScheduledStep): string {
  return `${deed} ${election} ${at}`
}

async function readSchedule(tx: ReadTransaction): Promise<Schedule> {
  return dueSteps(await readElections(tx), tx.now)
}

async function readElections(tx: ReadTransaction) {
  return tx.db
    .selectFrom('election')
    .leftJoin('missed_opening', 'missed_opening.election_id', 'election.id')
    .leftJoin('election as decided', (join) =>
      join.onRef('decided.id', '=', 'election.runoff_of').on('decided.published_at', 'is', null),
    )
    .selectAll('election')
    .select(['missed_opening.opens_at as missed', 'decided.slug as unpublished'])
    .orderBy('election.id')
    .execute()
}

/** @returns `not-due` where somebody else did it, or moved it, meanwhile */
async function takeDueStep(
  { work, group }: Deps,
  step: ScheduledStep,
): Promise<'done' | 'missed' | 'not-due'> {
  try {
    return await work.write(`${step.deed} election on schedule`, async (tx) => {
      const election = await stillDue(tx, step)
      if (election === undefined) return 'not-due'
      await deeds[step.deed](tx, group, election)
      return 'done'
    })
  } catch (error) {
    if (!(error instanceof ElectionNotReady)) throw error
    return work.write('miss an opening', async (tx) => {
      const election = await stillDue(tx, step)
      if (election === undefined) return 'not-due'
      await recordMissed(tx, election, error.obstacles)
      return 'missed'
    })
  }
}

/** The election, if the step is due in this transaction too. */
async function stillDue(tx: ReadTransaction, step: ScheduledStep): Promise<Election | undefined> {
  const elections = await readElections(tx)
  const { due } = dueSteps(elections, tx.now)
  if (!due.some((each) => keyOf(each) === keyOf(step))) return undefined
  return elections.find(({ slug }) => slug === step.election)
}

const deeds: Readonly<
  Record<ScheduledStep['deed'], (tx: WriteTransaction, group: Group, election: Election) => Promise<unknown>>
> = {
  open: openDraft,
  close: closeIn,
  publish: (tx, _group, election) => publishIn(tx, election, {}),
}

async function recordMissed(
  tx: WriteTransaction,
  election: Election,
  obstacles: readonly Obstacle[],
): Promise<void> {
  const missed = {
    opens_at: election.opens_at ?? tx.now,
    obstacles: JSON.stringify(obstacles.map(({ code, message }) => ({ code, message }))),
    at: tx.now,
  }
  await tx.db
    .insertInto('missed_opening')
    .values({ election_id: election.id, ...missed })
    .onConflict((conflict) => conflict.column('election_id').doUpdateSet(missed))
    .execute()
  await tx.record({
    action: 'opening-missed',
    election: election.slug,
    details: { scheduled: election.opens_at, obstacles: obstacles.map(({ code }) => code) },
  })
}
