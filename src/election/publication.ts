import type { ElectionResultDocument } from '../report/result-schema.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export interface Publication {
  election: string
  /** False where it was like that already. */
  changed: boolean
  /** ISO 8601 in UTC. */
  publishedAt: string | null
  embargoUntil: string | null
}

/**
 * Publishes the result of a tallied election, now or at a time to come.
 * @param input.at as people write it, in the election's zone; undefined for now
 * @throws WrongState, TimeInvalid, MomentPast
 */
export async function publishResult(
  _work: UnitOfWork,
  _input: { election: string | undefined; at?: string | undefined; reason?: string | undefined },
): Promise<Publication> {
  throw new Error('not yet')
}

/** Calls off a publication that is still to come. @throws WrongState, AlreadyPublished */
export async function unpublishResult(
  _work: UnitOfWork,
  _input: { election: string | undefined; reason: string | undefined },
): Promise<Publication> {
  throw new Error('not yet')
}

/** The result, for everybody. @throws ElectionNotFound, ResultNotPublished */
export async function publicResult(
  _deps: { work: UnitOfWork; group: Group },
  _slug: string,
): Promise<ElectionResultDocument> {
  throw new Error('not yet')
}
