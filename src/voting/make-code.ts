import { latestPast } from '../clock.ts'
import type { Election } from '../election/find-election.ts'
import { organisationNameOf } from '../organisation/find-organisation.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'
import { timeRefusal } from './ballot-refusal.ts'
import { hourBefore } from './check-code.ts'
import { codeHash, readCodeKey } from './code-key.ts'
import { readStandings, type VotingRight } from './standing.ts'

/** In milliseconds; the messages that bring codes say so too. */
const codeLife = 10 * 60_000

/** More would be somebody who wants to annoy the voter. */
export const codesAnHour = 5

/** A code on its way to a voter. It is in this object, in the message, and nowhere else. */
export interface MadeCode {
  readonly code: string
  /** An e-mail address or a telephone number, as the roll has it. */
  readonly to: string
  readonly by: 'email' | 'sms'
  /** Of the voter. */
  readonly number: string
  readonly title: string
  readonly organisation: string
}

/** Why none was made; for tests and for nobody who asked. */
type NoCode = 'not-entitled' | 'no-address' | 'too-many'

/** Whether the voter of the credential may cast a ballot now, and with a code. */
export async function mayAsk(tx: ReadTransaction, election: Election, credential: string): Promise<boolean> {
  return (await rightOf(tx, election, credential)) !== undefined
}

/**
 * Makes a code for the voter of a credential, if the voter may cast a ballot now; the caller has seen that whoever
 * asks holds the token. Earlier codes of the voter are good no longer.
 */
export async function makeCode(
  tx: WriteTransaction,
  group: Group,
  { election, credential }: { election: Election; credential: string },
): Promise<MadeCode | NoCode> {
  const right = await rightOf(tx, election, credential)
  if (election.code === 'none' || right === undefined) return 'not-entitled'
  const { voterId, number, acting } = right
  if (await hadEnough(tx, election, voterId)) return 'too-many'
  // Also where it goes nowhere: what is not sent is in the log no more often than what is.
  const code = String(group.randomBelow(1_000_000)).padStart(6, '0')
  await saveCode(tx, { election, voterId, code })
  const to = await addressOf(tx, election.code, right)
  const said = {
    details: { by: election.code },
    personal: { voter: number, ...(acting !== null && { acting: acting.number }) },
  }
  if (to === null) {
    await tx.record({
      action: 'code-not-sent',
      election: election.slug,
      ...said,
      details: { ...said.details, reason: 'no address' },
    })
    return 'no-address'
  }
  await tx.record({ action: 'code-made', election: election.slug, ...said })
  const organisation = await organisationNameOf(tx, election)
  return {
    code,
    to,
    by: election.code,
    number: acting?.number ?? number,
    title: election.title,
    organisation,
  }
}

async function rightOf(
  tx: ReadTransaction,
  election: Election,
  credential: string,
): Promise<VotingRight | undefined> {
  if (election.code === 'none' || timeRefusal(election, tx.now) !== undefined) return undefined
  const claim = { credential, trackingCode: 'none yet' }
  const standing = (await readStandings(tx, election, [claim])).of(claim)
  return standing.kind === 'entitled' ? standing.right : undefined
}

/** How many codes were made within the last minute, for all elections of the file. */
export async function codesOfMinute(tx: ReadTransaction): Promise<number> {
  const { count } = await tx.db
    .selectFrom('one_time_code')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('created_at', '>', new Date(Date.parse(tx.now) - 60_000).toISOString())
    .where('created_at', '<=', latestPast(tx.now))
    .executeTakeFirstOrThrow()
  return count
}

/** As it was when the roll was frozen: who changes the register later does not redirect codes. */
async function addressOf(
  tx: ReadTransaction,
  by: MadeCode['by'],
  { voterId, acting }: VotingRight,
): Promise<string | null> {
  if (acting !== null) {
    const { acting_email, acting_phone } = await tx.db
      .selectFrom('proxy')
      .select(['acting_email', 'acting_phone'])
      .where('id', '=', acting.proxyId)
      .executeTakeFirstOrThrow()
    return by === 'email' ? acting_email : acting_phone
  }
  const { email, phone } = await tx.db
    .selectFrom('voter')
    .select(['email', 'phone'])
    .where('id', '=', voterId)
    .executeTakeFirstOrThrow()
  return by === 'email' ? email : phone
}

async function hadEnough(tx: ReadTransaction, election: Election, voterId: number): Promise<boolean> {
  const { count } = await tx.db
    .selectFrom('one_time_code')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('election_id', '=', election.id)
    .where('voter_id', '=', voterId)
    .where('created_at', '>', hourBefore(tx.now))
    .where('created_at', '<=', latestPast(tx.now))
    .executeTakeFirstOrThrow()
  return count >= codesAnHour
}

async function saveCode(
  tx: WriteTransaction,
  { election, voterId, code }: { election: Election; voterId: number; code: string },
): Promise<void> {
  const key = await readCodeKey(tx)
  if (key === undefined) throw new Error('the file has no key for codes yet')
  await tx.db.deleteFrom('one_time_code').where('created_at', '<=', hourBefore(tx.now)).execute()
  await tx.db
    .insertInto('one_time_code')
    .values({
      election_id: election.id,
      voter_id: voterId,
      hash: codeHash(key, { election, voterId, createdAt: tx.now, code }),
      created_at: tx.now,
      expires_at: new Date(Date.parse(tx.now) + codeLife).toISOString(),
    })
    .execute()
}
