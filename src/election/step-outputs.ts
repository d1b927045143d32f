import { z } from 'zod'
import type { ClosedElection } from './close-election.ts'
import type { OpenedElection } from './open-election.ts'

/** What commands print and the server answers when an election takes a step. */

export const openedOutput = z.strictObject({
  election: z.string(),
  status: z.literal('open'),
  /** For the first time, after a pause, or it was open already. */
  how: z.enum(['opened', 'reopened', 'already']),
  /** SHA-256 of the public election, unpadded Base64. */
  fingerprint: z.string(),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
})

export function outputOfOpened(opened: OpenedElection): z.infer<typeof openedOutput> {
  const { slug, how, fingerprint, warnings } = opened
  return {
    election: slug,
    status: 'open',
    how,
    fingerprint,
    warnings: warnings.map(({ code, message }) => ({ code, message })),
  }
}

export const pausedOutput = z.strictObject({
  election: z.string(),
  status: z.literal('paused'),
  changed: z.boolean(),
})

export function outputOfPaused(step: { slug: string; changed: boolean }): z.infer<typeof pausedOutput> {
  return { election: step.slug, status: 'paused', changed: step.changed }
}

export const resumedOutput = z.strictObject({
  election: z.string(),
  status: z.literal('open'),
  changed: z.boolean(),
})

export const closedOutput = z.strictObject({
  election: z.string(),
  status: z.literal('closed'),
  changed: z.boolean(),
  /** How many ballots count; null where it was closed before. */
  ballots: z.int().nonnegative().nullable(),
  /** SHA-256 of the board's last event; null where it was closed before. */
  head: z.string().nullable(),
})

export function outputOfClosed(closed: ClosedElection): z.infer<typeof closedOutput> {
  const { slug, changed, ballots = null, head = null } = closed
  return { election: slug, status: 'closed', changed, ballots, head }
}
