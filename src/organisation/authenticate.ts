import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Actor } from './roles.ts'

/**
 * Who holds the API key that was presented. Undefined, after the same work, where it is none, unknown, expired or
 * revoked, or its officer was removed.
 * @param presented the key as it came, without `Bearer`
 */
export async function authenticateKey(
  _work: UnitOfWork,
  _presented: string,
  _now: Date,
): Promise<Actor | undefined> {
  return undefined
}
