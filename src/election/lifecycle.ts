import type { ElectionStatus } from '../store/unit-of-work.ts'

/** What can be done to an election as a whole. Opening a paused election goes on with it. */
export const steps = ['open', 'pause', 'close', 'enter', 'tally', 'certify', 'archive', 'cancel'] as const
export type Step = (typeof steps)[number]

/** From where each step may be taken, and where it leads. The database refuses every other change. */
export const lifecycle: Readonly<
  Record<Step, { readonly from: readonly ElectionStatus[]; readonly to: ElectionStatus }>
> = {
  open: { from: ['draft', 'paused'], to: 'open' },
  pause: { from: ['open'], to: 'paused' },
  close: { from: ['open', 'paused'], to: 'closed' },
  /** Of a manual election alone: its result is typed in. */
  enter: { from: ['draft'], to: 'closed' },
  tally: { from: ['closed'], to: 'tallied' },
  certify: { from: ['tallied'], to: 'certified' },
  archive: { from: ['certified'], to: 'archived' },
  cancel: { from: ['draft', 'open', 'paused', 'closed'], to: 'cancelled' },
}

/** Whether the vote has begun and was not ended yet: it goes on, or pauses. */
export function isUnderWay(status: ElectionStatus): boolean {
  return lifecycle.close.from.includes(status)
}

/** Whether the step can be taken now, was taken already, or is refused. */
export function judgeStep(status: ElectionStatus, step: Step): 'take' | 'already' | 'refuse' {
  const { from, to } = lifecycle[step]
  if (from.includes(status)) return 'take'
  return status === to ? 'already' : 'refuse'
}
