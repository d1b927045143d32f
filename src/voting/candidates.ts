import type { Election } from '../election/find-election.ts'
import { type BallotEnvelope, openBallotEnvelope } from '../sealing/ballot.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { type BallotBox, titlesOf } from './ballot-box.ts'
import { type BallotRefusal, sealedBallotRefusal, statusRefusal } from './ballot-refusal.ts'
import { readStandings, type Standings, type VotingRight } from './standing.ts'
import type { BallotVerifier } from './verify-ballots.ts'

/** What became of a ballot. Only what is in the box for good is called accepted. */
export type Verdict =
  | { readonly outcome: 'accepted' | 'recast' | 'already'; readonly trackingCode: string }
  | ({ readonly outcome: 'refused' } & BallotRefusal)

/** A ballot on its way in: judged, or still entitled to go on. */
export interface Candidate {
  /** Missing only where it is refused for what it looks like. */
  readonly envelope?: BallotEnvelope
  judged?: Verdict
  /** What the log adds if it is accepted. */
  readonly origin?: { readonly address: string }
  /** What the log says of it if it is refused, beside the reason; without it, nothing is written. */
  readonly file?: string
}

export function refusedWith(refusal: BallotRefusal): Verdict {
  return { outcome: 'refused', ...refusal }
}

export function unjudged(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ judged }) => judged === undefined)
}

/** Reads what costs microseconds to read; no point of the ballot is looked at. */
export function openCandidate(
  group: Group,
  { sealed }: BallotBox,
  json: string,
): Pick<Candidate, 'envelope' | 'judged'> {
  const envelope = openBallotEnvelope(group, sealed, json)
  if (!('refused' in envelope)) return { envelope }
  return { judged: refusedWith(sealedBallotRefusal(envelope, titlesOf(sealed))) }
}

/** Spares the proofs of ballots that can't go in anyway, and of those that are in already. */
export async function judgeEarly(
  tx: ReadTransaction,
  election: Election,
  candidates: readonly Candidate[],
): Promise<void> {
  const standings = await standingsOf(tx, election, candidates)
  for (const candidate of unjudged(candidates)) judge(election, standings, candidate)
}

/** Verifies what is still to be judged. */
export async function judgeProofs(
  verify: BallotVerifier,
  { sealed }: BallotBox,
  candidates: readonly Candidate[],
): Promise<void> {
  const open = unjudged(candidates)
  const faults = await verify(
    sealed,
    open.map(({ envelope }) => envelope!.json),
  )
  for (const [index, candidate] of open.entries()) {
    const fault = faults[index]
    if (fault !== undefined) candidate.judged = refusedWith(sealedBallotRefusal(fault, titlesOf(sealed)))
  }
}

export function standingsOf(
  tx: ReadTransaction,
  election: Election,
  candidates: readonly Candidate[],
): Promise<Standings> {
  return readStandings(
    tx,
    election,
    unjudged(candidates).map(({ envelope }) => envelope!),
  )
}

/** @returns the right to cast it on, unless it is judged otherwise */
export function judge(
  election: Election,
  standings: Standings,
  candidate: Candidate,
): VotingRight | undefined {
  const { trackingCode } = candidate.envelope!
  const standing = standings.of(candidate.envelope!)
  const unavailable = statusRefusal(election.status)
  if (standing.kind === 'already') candidate.judged = { outcome: 'already', trackingCode }
  else if (unavailable !== undefined) candidate.judged = refusedWith(unavailable)
  else if (standing.kind === 'refused') candidate.judged = refusedWith(standing.refusal)
  else return standing.right
  return undefined
}
