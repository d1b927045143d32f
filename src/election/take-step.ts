import type { Database, ElectionStatus, WriteTransaction } from '../store/unit-of-work.ts'
import type { Election } from './find-election.ts'
import { judgeStep, lifecycle, type Step } from './lifecycle.ts'
import { WrongState } from './refusals.ts'

/** `changed` is false where the election was there already, and nothing was done. */
export interface StepTaken {
  changed: boolean
  status: ElectionStatus
}

/**
 * Whether the step is still to be taken: false when it was taken already.
 * @throws WrongState
 */
export function mayTake(election: Election, step: Step): boolean {
  const judgement = judgeStep(election.status, step)
  if (judgement !== 'refuse') return judgement === 'take'
  throw new WrongState({ election: election.slug, status: election.status, deed: `${step} it` })
}

/**
 * Takes a step of the lifecycle, with the moment it was taken and what else changes with it.
 * @throws WrongState
 */
export async function takeStep(
  tx: WriteTransaction,
  election: Election,
  options: {
    step: Step
    set?: Partial<Pick<Election, 'sealed_json' | 'roll_fingerprint' | 'weight_unit_micros' | 'two_officers'>>
    details?: Readonly<Record<string, unknown>>
  },
): Promise<StepTaken> {
  const { step, set = {}, details = {} } = options
  const { to } = lifecycle[step]
  if (!mayTake(election, step)) return { changed: false, status: election.status }
  const { numUpdatedRows } = await tx.db
    .updateTable('election')
    .set({ ...set, status: to, ...momentOf(step, election, tx.now) })
    .where('id', '=', election.id)
    .where('status', '=', election.status)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Error('the election changed under the transaction')
  await tx.record({
    action: step === 'open' && election.opened_at !== null ? 'election-reopened' : actions[step],
    election: election.slug,
    details,
  })
  return { changed: true, status: to }
}

const actions: Readonly<Record<Step, string>> = {
  open: 'election-opened',
  pause: 'election-paused',
  close: 'election-closed',
  enter: 'election-closed',
  tally: 'election-tallied',
  certify: 'election-certified',
  archive: 'election-archived',
  cancel: 'election-cancelled',
}

type Moments = Pick<
  Database['election'],
  'opened_at' | 'closed_at' | 'tallied_at' | 'certified_at' | 'archived_at' | 'cancelled_at'
>

/** The column that keeps when a step was taken. A pause is only in the audit log; an election opens once. */
function momentOf(step: Step, election: Election, now: string): Partial<Moments> {
  switch (step) {
    case 'open':
      return { opened_at: election.opened_at ?? now }
    case 'pause':
      return {}
    case 'close':
      return { closed_at: now }
    case 'enter':
      return { opened_at: now, closed_at: now }
    case 'tally':
      return { tallied_at: now }
    case 'certify':
      return { certified_at: now }
    case 'archive':
      return { archived_at: now }
    case 'cancel':
      return { cancelled_at: now }
  }
}
