import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Actor } from './roles.ts'

export interface OpenedSession {
  /** 256 random bits: for the cookie alone. */
  readonly id: string
  /** To be sent with every change; another session's does not fit. */
  readonly csrfToken: string
  /** ISO 8601 in UTC. */
  readonly expiresAt: string
}

/** Opens a session of the dashboard for whoever showed a key. */
export async function openSession(_work: UnitOfWork, _actor: Actor): Promise<OpenedSession> {
  throw new Error('sessions can not be opened yet')
}

/** Ends a session; to end it again does no harm. */
export async function endSession(_work: UnitOfWork, _id: string): Promise<void> {}

/**
 * Whose session it is. Undefined where there is none of that id, it is over, it was idle for too long, or its key
 * or officer is no more.
 */
export async function actorOfSession(_work: UnitOfWork, _id: string, _now: Date): Promise<Actor | undefined> {
  return undefined
}

/** The token that goes with a session. */
export function csrfTokenOf(id: string): string {
  return id
}

/** Whether a token is the one that goes with the session; compared in constant time. */
export function csrfTokenFits(_id: string, _presented: string): boolean {
  return false
}
