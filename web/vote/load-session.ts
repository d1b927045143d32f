import type { BallotPaper } from '../../src/voting/ballot-paper-schema.ts'
import type { Answer } from '../shared/answers.ts'
import { isVoting } from '../shared/is-voting.ts'
import { contestsOnPage } from './paper.ts'
import type { Settled } from './patience.ts'
import { findPending, type PendingBallot } from './sealed-store.ts'
import type { SealingDesk } from './sealing-desk.ts'
import { readTypedToken } from './token-field.ts'
import type { VotingServer } from './voting-server.ts'
import type { VotingSession } from './voting-session.ts'

export type Loaded =
  | {
      readonly kind: 'ready'
      readonly session: VotingSession
      /** What the link brought, where it is a token of this election. */
      readonly token: string | undefined
      readonly pending: PendingBallot | undefined
    }
  /** Nobody can vote now. */
  | { readonly kind: 'closed'; readonly paper: BallotPaper }
  | { readonly kind: 'nothing'; readonly why: 'missing' | 'unreadable' }

/** Asks until the server has answered. */
export type Ask = <T>(question: () => Promise<Answer<T>>) => Promise<Settled<T>>

/** @param options.given what the link brought */
export async function loadSession(
  { server, desk, given }: { server: VotingServer; desk: SealingDesk; given: string },
  ask: Ask,
): Promise<Loaded> {
  const answer = await ask(() => server.paper())
  if (answer.kind === 'refused') return { kind: 'nothing', why: 'missing' }
  const paper = answer.value
  if (paper.election === null) return { kind: 'closed', paper }
  const election = await desk.open(paper.election)
  if (election === undefined) return { kind: 'nothing', why: 'unreadable' }
  const pending = findPending(paper.slug, election.fingerprint)
  // A ballot whose answer was lost is in the box, or not, whatever became of the election since.
  if (pending === undefined && !isVoting(paper.status)) return { kind: 'closed', paper }
  const contests = contestsOnPage(election, paper.contests)
  const session = { desk, election, paper, contests, server, credentials: undefined }
  const typed = readTypedToken(given)
  const known = typed.state === 'whole' && (await mayBeListed(session, typed.token, ask))
  return { kind: 'ready', session, token: known ? typed.token : undefined, pending }
}

/** In bytes. A longer list is not worth a voter's time and data: the server says so when the ballot comes. */
const longestList = 4 * 1024 * 1024

/**
 * Looks a token up in the published list, on this device: the server does not learn which one.
 * @returns false only where it is surely none of this election
 */
export async function mayBeListed(
  { desk, server, paper, credentials }: VotingSession,
  token: string,
  ask: Ask,
): Promise<boolean> {
  if (credentials !== undefined) return desk.isListed(token, credentials)
  if (server === undefined || paper.credentialListSize > longestList) return true
  const answer = await ask(() => server.credentials())
  return answer.kind === 'refused' || desk.isListed(token, answer.value)
}
