import { sql } from 'kysely'
import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { type RollCorrections, readCorrections } from './corrections.ts'
import { CorrectionNeedsReason, CorrectionRefused, MemberNotFound, VoterNotFound } from './refusals.ts'

export interface CorrectedRoll {
  election: string
  kind: 'add' | 'strike'
  number: string
  name: string
  /** False if the roll said so already. */
  changed: boolean
  /** Whether a token was revoked. */
  tokenRevoked: boolean
}

/**
 * Adds a member to the roll of an election that is open, or strikes a voter from it; the correction stays on
 * record with its reason. Who is struck loses the token; who was struck by mistake can be added again. An
 * added voter still needs a reserve token, as does one who has a token of another round.
 * @throws CorrectionNeedsReason, WrongState, MemberNotFound, VoterNotFound, CorrectionRefused
 */
export async function correctRoll(
  work: UnitOfWork,
  input: { election: string | undefined; kind: 'add' | 'strike'; number: string; reason: string },
): Promise<CorrectedRoll> {
  const reason = input.reason.trim()
  if (reason === '') throw new CorrectionNeedsReason()
  return work.write('correct the roll', async (tx) => {
    const election = await findElection(tx, input.election)
    requireStatus(election, {
      deed: 'correct its electoral roll',
      allowed: ['open', 'paused'],
      ...(election.status === 'draft'
        ? { hint: 'Until it opens the roll follows the members: mend them with urna voter import.' }
        : {}),
    })
    const { kind, number } = input
    const corrections = await readCorrections(tx, election.id)
    const context = { tx, election, number, reason, corrections }
    const done = kind === 'add' ? await add(context) : await strike(context)
    return { election: election.slug, kind, number, ...done }
  })
}

interface Context {
  tx: WriteTransaction
  election: Election
  number: string
  reason: string
  corrections: RollCorrections
}

type Done = Pick<CorrectedRoll, 'name' | 'changed' | 'tokenRevoked'>

async function add(context: Context): Promise<Done> {
  const { tx, election, number, corrections } = context
  const voter = await findVoter(context)
  const outcome = { changed: true, tokenRevoked: false }
  if (voter !== undefined && corrections.struck.has(number)) {
    await note(context, 'add')
    return { name: voter.name, ...outcome }
  }
  if (voter !== undefined) {
    if (corrections.added.has(number)) return { name: voter.name, ...outcome, changed: false }
    throw new CorrectionRefused(
      { election: election.slug, number },
      `is on the roll of ${election.slug} already`,
    )
  }
  const member = await tx.db
    .selectFrom('member')
    .selectAll()
    .where('organisation_id', '=', election.organisation_id)
    .where('number', '=', number)
    .executeTakeFirst()
  if (member === undefined) throw new MemberNotFound(number)
  // The correction first: it is what lets the voter in.
  await note(context, 'add')
  const { id, name, email, phone, status, region, chapter, district, weight_micros } = member
  await tx.db
    .insertInto('voter')
    .values({
      ...{ election_id: election.id, member_id: id, number },
      ...{ name, email, phone, status, region, chapter, district, weight_micros },
    })
    .execute()
  // A token from another round was not published with this one: a ballot cast with it would spoil the board.
  return { name, changed: true, tokenRevoked: await revokeToken(context, 'not on the list of this round') }
}

async function strike(context: Context): Promise<Done> {
  const { tx, election, number, corrections } = context
  const place = { election: election.slug, number }
  const voter = await findVoter(context)
  if (voter === undefined) throw new VoterNotFound(place)
  if (corrections.struck.has(number)) return { name: voter.name, changed: false, tokenRevoked: false }
  if (corrections.list.some((each) => each.number === number && each.kind === 'strike')) {
    throw new CorrectionRefused(place, 'was struck before and added again; that is as often as a roll allows')
  }
  const mark = await tx.db
    .selectFrom('mark')
    .select('at')
    .where('election_id', '=', election.id)
    .where('voter_id', '=', voter.id)
    .executeTakeFirst()
  if (mark !== undefined) {
    throw new CorrectionRefused(
      place,
      'has voted already, and nobody can tell which ballot it is; the roll stays',
      'If it matters, note it in the minutes before the election is certified.',
    )
  }
  await note(context, 'strike')
  return { name: voter.name, changed: true, tokenRevoked: await revokeToken(context, 'struck from the roll') }
}

async function findVoter({ tx, election, number }: Context) {
  return tx.db
    .selectFrom('voter')
    .select(['id', 'name'])
    .where('election_id', '=', election.id)
    .where('number', '=', number)
    .executeTakeFirst()
}

async function note({ tx, election, number, reason }: Context, kind: 'add' | 'strike'): Promise<void> {
  const { officer, now } = tx
  await tx.db
    .insertInto('roll_correction')
    .values({ election_id: election.id, kind, number, reason, officer, at: now })
    .execute()
  const action = kind === 'add' ? 'voter-added' : 'voter-struck'
  await tx.record({ action, election: election.slug, personal: { voter: number, reason } })
}

/** Tokens belong to the first election and serve its runoffs, where a voter is the same by number. */
async function revokeToken({ tx, election, number }: Context, reason: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    with recursive earlier (id, runoff_of) as (
      select id, runoff_of from election where id = ${election.id}
      union all
      select e.id, e.runoff_of from election e join earlier on e.id = earlier.runoff_of)
    update token set state = 'revoked', revoked_at = ${tx.now}, revoked_reason = ${reason}
    where state = 'issued' and election_id in (select id from earlier where runoff_of is null)
      and voter_id in (select id from voter where number = ${number})`.execute(tx.db)
  return Number(numAffectedRows) > 0
}
