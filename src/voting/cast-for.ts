import type { FaultyChoice, SplitChoice } from '../ballot/clear-choice.ts'
import { SelectionsRefused } from '../ballot/encoding.ts'
import type { Selections } from '../ballot/selections.ts'
import type { Election } from '../election/find-election.ts'
import { holds, readProxies } from '../register/proxies.ts'
import { credentialSecret } from '../sealing/credential.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { findBallotBox } from './ballot-box.ts'
import { type BallotRefusal, type BallotRefusalCode, ballotRefusal } from './ballot-refusal.ts'
import { openCandidate, type Verdict } from './candidates.ts'
import { castBallots } from './cast-ballots.ts'

/** What a voting service calls it where a ballot is not taken. */
export type CastFault = 'not-allowed' | 'double-vote' | 'not-started' | 'invalid_ballot'

/** Whose vote is cast, and by whom: numbers of members. Who votes for themselves is both. */
export interface CastingFor {
  readonly acting: string
  readonly represented: string
}

export type CastForOutcome =
  | Exclude<Verdict, { outcome: 'refused' }>
  | ({ readonly outcome: 'refused'; readonly fault: CastFault } & BallotRefusal)

/**
 * Casts a ballot of one member by another, or by themselves, for a service that knows who is acting and keeps the voters'
 * tokens: the token of whoever may cast that vote signs it, so that it stands like any other.
 * @param input.tokenOf the token of that right, which the service keeps; undefined where it has none
 * @throws ElectionNotFound, ElectionAmbiguous
 */
export async function castFor(
  { work, group }: { work: UnitOfWork; group: Group },
  input: CastingFor & {
    election: string | undefined
    selections: readonly (Selections | SplitChoice | FaultyChoice)[]
    tokenOf: (casting: CastingFor) => string | undefined
  },
): Promise<CastForOutcome> {
  const { acting, represented, selections, tokenOf } = input
  const box = await findBallotBox({ work, group }, input.election)
  const allowed = await work.read((tx) => mayCast(tx, box.election, { acting, represented }))
  const token = allowed ? tokenOf({ acting, represented }) : undefined
  if (token === undefined) return refusedFor(ballotRefusal('unknown-credential'))
  const secret = credentialSecret(group, { uuid: box.form.uuid, token })
  let ballot: string
  try {
    ballot = box.form.make({ secret, selections }).json
  } catch (error) {
    if (error instanceof SelectionsRefused) return refusedFor(ballotRefusal('invalid-vote'))
    throw error
  } finally {
    group.wipe(secret)
  }
  const [verdict] = await work.write('cast a ballot', (tx) =>
    castBallots(tx, { group, box, candidates: [openCandidate(box, ballot)] }),
  )
  return verdict!.outcome === 'refused' ? refusedFor(verdict as BallotRefusal) : verdict!
}

/** Whether a member may cast that vote, as far as it is theirs or was given to them. */
async function mayCast(
  tx: ReadTransaction,
  election: Election,
  { acting, represented }: CastingFor,
): Promise<boolean> {
  if (acting !== represented) {
    const proxies = await readProxies(tx, election.id)
    return proxies.some(
      (proxy) => proxy.acting === acting && proxy.represented === represented && holds(proxy, tx.now),
    )
  }
  const voter = await tx.db
    .selectFrom('voter')
    .select('id')
    .where('election_id', '=', election.id)
    .where('number', '=', acting)
    .executeTakeFirst()
  return voter !== undefined
}

function refusedFor({ code, reason }: BallotRefusal): CastForOutcome {
  return { outcome: 'refused', fault: faults[code] ?? 'invalid_ballot', code, reason }
}

/** Of every other refusal the ballot is at fault. */
const faults: Readonly<Partial<Record<BallotRefusalCode, CastFault>>> = {
  'unknown-credential': 'not-allowed',
  'revoked-token': 'not-allowed',
  'expired-token': 'not-allowed',
  'reserve-not-assigned': 'not-allowed',
  'struck-voter': 'not-allowed',
  'votes-on-paper': 'double-vote',
  'vote-given-away': 'not-allowed',
  'not-present': 'not-allowed',
  'recast-not-allowed': 'double-vote',
  'election-paused': 'not-started',
  'election-closed': 'not-started',
  'election-cancelled': 'not-started',
}
