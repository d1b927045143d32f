import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { BallotBox } from './ballot-box.ts'
import type { OpenedBallot } from './ballot-form.ts'
import { type BallotRefusal, formRefusal, timeRefusal } from './ballot-refusal.ts'
import { readStandings, type Standings, type VotingRight } from './standing.ts'
import type { BallotVerifier } from './verify-ballots.ts'

/** What became of a ballot. Only what is in the box for good is called accepted. */
export type Verdict =
  | { readonly outcome: 'accepted' | 'recast' | 'already'; readonly trackingCode: string }
  | ({ readonly outcome: 'refused' } & BallotRefusal)

/** A ballot on its way in: judged already, or still to be. */
export interface Candidate {
  /** Missing only where it is refused for what it looks like. */
  readonly envelope?: OpenedBallot
  judged?: Verdict
  /** The one-time code that came with it, for a `BallotCheck`. */
  readonly code?: string | undefined
  /** What the log adds if it is accepted. */
  readonly origin?: { readonly address: string }
  /** What the log adds if it is refused; without it, the log says nothing of that. */
  readonly file?: string
}

export function refusedWith(refusal: BallotRefusal): Verdict {
  return { outcome: 'refused', ...refusal }
}

function unjudged(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ judged }) => judged === undefined)
}

/** Reads what costs microseconds to read; no point of the ballot is looked at. */
export function openCandidate({ form }: BallotBox, json: string): Pick<Candidate, 'envelope' | 'judged'> {
  const envelope = form.open(json)
  if (!('refused' in envelope)) return { envelope }
  return { judged: refusedWith(formRefusal(envelope, form)) }
}

/** Spares the proofs of ballots that can't go in anyway, and of those that are in already. */
export async function judgeEarly(
  tx: ReadTransaction,
  election: Election,
  candidates: readonly Candidate[],
): Promise<void> {
  const standings = await standingsOf(tx, election, candidates)
  for (const candidate of unjudged(candidates)) {
    const judgement = judge(tx, { election, standings, envelope: candidate.envelope! })
    if (!('right' in judgement)) candidate.judged = judgement
  }
}

/** Verifies what is still to be judged. */
export async function judgeProofs(
  verify: BallotVerifier,
  { form }: BallotBox,
  candidates: readonly Candidate[],
): Promise<void> {
  const open = unjudged(candidates)
  const faults = await verify(
    form,
    open.map(({ envelope }) => envelope!.json),
  )
  for (const [index, candidate] of open.entries()) {
    const fault = faults[index]
    if (fault !== undefined) candidate.judged = refusedWith(formRefusal(fault, form))
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

/** What becomes of a ballot whose proofs hold, or the right to cast it on. */
export function judge(
  { now }: Pick<ReadTransaction, 'now'>,
  { election, standings, envelope }: { election: Election; standings: Standings; envelope: OpenedBallot },
): Verdict | { readonly right: VotingRight } {
  const standing = standings.of(envelope)
  const unavailable = timeRefusal(election, now)
  if (standing.kind === 'already') return { outcome: 'already', trackingCode: envelope.trackingCode }
  if (unavailable !== undefined) return refusedWith(unavailable)
  return standing.kind === 'refused' ? refusedWith(standing.refusal) : { right: standing.right }
}
