import { expect, test } from 'vitest'
import { judgeStep, type Step, steps } from '../../src/election/lifecycle.ts'
import type { ElectionStatus } from '../../src/store/unit-of-work.ts'

const statuses: ElectionStatus[] = [
  'draft',
  'open',
  'paused',
  'closed',
  'tallied',
  'certified',
  'archived',
  'cancelled',
]

/** Every state in which a step changes something or was taken; in all others it is refused. */
const allowed: Record<Step, Partial<Record<ElectionStatus, 'take' | 'already'>>> = {
  open: { draft: 'take', paused: 'take', open: 'already' },
  pause: { open: 'take', paused: 'already' },
  close: { open: 'take', paused: 'take', closed: 'already' },
  enter: { draft: 'take', closed: 'already' },
  tally: { closed: 'take', tallied: 'already' },
  certify: { tallied: 'take', certified: 'already' },
  archive: { certified: 'take', archived: 'already' },
  cancel: { draft: 'take', open: 'take', paused: 'take', closed: 'take', cancelled: 'already' },
}

const pairs = statuses.flatMap((status) =>
  steps.map((step) => [step, status, allowed[step][status] ?? 'refuse'] as const),
)

test.each(pairs)('to %s an election that is %s: %s', (step, status, expected) => {
  expect(judgeStep(status, step)).toBe(expected)
})
