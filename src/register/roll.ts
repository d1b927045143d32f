import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { among } from '../among.ts'
import { type Election, requireStatus } from '../election/find-election.ts'
import { rightsOf } from '../election/rights.ts'
import { readUnitTree } from '../organisation/units.ts'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'
import { readCorrections } from './corrections.ts'
import { type Eligibility, eligibilitySchema, isEligible } from './eligibility.ts'
import { refreshProxies } from './proxies.ts'
import { microsPerVote } from './weights.ts'

export interface RollRefresh {
  added: number
  removed: number
  changed: number
  /** Voters on the roll afterwards. */
  size: number
  /** Numbers of those who left, sorted. */
  removedNumbers: readonly string[]
  /** Tokens revoked because their voter left, or the vote was given away or back. */
  revokedTokens: number
}

/**
 * Makes the roll of a draft equal to the members who are eligible now, and the roll of a runoff equal to that
 * of the election it decides. Voters are known by their number: who stays keeps the row, and so the token.
 * @throws WrongState if the election is no draft
 */
export async function refreshRoll(tx: WriteTransaction, election: Election): Promise<RollRefresh> {
  requireStatus(election, { deed: 'change its electoral roll', allowed: ['draft'] })
  const source =
    election.runoff_of === null ? await eligibleMembers(tx, election) : await rollOf(tx, election.runoff_of)
  const { removedNumbers, revokedTokens } = await removeOthers(tx, election.id, source)
  const changed = await sql`
    update voter set (${copied()}) = (${copied('s')}) from ${source} s
    where voter.election_id = ${election.id} and voter.number = s.number
      and (${copied('voter')}) is not (${copied('s')})`.execute(tx.db)
  const added = await sql`
    insert into voter (election_id, number, ${copied()})
    select ${election.id}, s.number, ${copied('s')} from ${source} s
    where not exists (select 1 from voter v where v.election_id = ${election.id} and v.number = s.number)
    order by s.number`.execute(tx.db)
  const proxyTokens = await refreshProxies(tx, election)
  return {
    added: Number(added.numAffectedRows),
    removed: removedNumbers.length,
    changed: Number(changed.numAffectedRows),
    size: await countVoters(tx, election.id),
    removedNumbers,
    revokedTokens: revokedTokens + proxyTokens,
  }
}

/**
 * SHA-256, hex, of the roll as it was at opening: for each voter, sorted by number, the JSON array of number,
 * name, status, region, chapter, district and weight in millionths, and a line end. Addresses are left out, so
 * that a posted roll can be compared without them; corrections after opening don't change it.
 */
export async function rollFingerprint(tx: ReadTransaction, electionId: number): Promise<string> {
  const { added } = await readCorrections(tx, electionId)
  const voters = tx.db
    .selectFrom('voter')
    .select(['number', 'name', 'status', 'region', 'chapter', 'district', 'weight_micros'])
    .where('election_id', '=', electionId)
    .orderBy('number')
    .stream()
  const hash = createHash('sha256')
  for await (const { number, name, status, region, chapter, district, weight_micros } of voters) {
    if (added.has(number)) continue
    hash.update(`${JSON.stringify([number, name, status, region, chapter, district, weight_micros])}\n`)
  }
  return hash.digest('hex')
}

const copiedColumns = [
  ...['member_id', 'name', 'email', 'phone', 'status', 'region', 'chapter', 'district'],
  'weight_micros',
]

/** What a voter's row takes over from its source, beside the number that identifies it. */
function copied(table?: string): RawBuilder<unknown> {
  return sql.join(copiedColumns.map((column) => sql.ref(table === undefined ? column : `${table}.${column}`)))
}

/** A subquery of the members of its organisation that pass the filter of an election, in the shape of voters. */
export async function eligibleMembers(
  tx: WriteTransaction,
  election: Election,
): Promise<RawBuilder<unknown>> {
  const filter = eligibilitySchema.parse(JSON.parse(election.eligibility))
  const { organisation_id: organisationId } = election
  const everybody = Object.values(filter).every((condition) => condition === null || condition === undefined)
  if (!everybody) await stageEligible(tx, organisationId, filter)
  // The plus keeps SQLite from looking up a number by going through everybody who is eligible.
  const condition = everybody ? sql`true` : sql`+id in (select id from temp.eligible_member)`
  const { equalWeights } = rightsOf(election)
  const weight = equalWeights
    ? sql.lit(microsPerVote)
    : sql`coalesce((select w.weight_micros from election_weight w
        where w.election_id = ${election.id} and w.member_id = member.id), member.weight_micros)`
  return sql`(select id as member_id, number, name, email, phone, status, region, chapter, district,
      ${weight} as weight_micros
    from member where organisation_id = ${organisationId} and left_at is null and ${condition})`
}

const pageOfMembers = 10_000

/** Judges every member by the one pure rule, page by page, and keeps the ids of those who pass. */
async function stageEligible(
  tx: WriteTransaction,
  organisationId: number,
  filter: Eligibility,
): Promise<void> {
  await sql`drop table if exists temp.eligible_member`.execute(tx.db)
  await sql`create temp table eligible_member (id integer primary key)`.execute(tx.db)
  const units = await readUnitTree(tx, organisationId)
  let last = 0
  for (;;) {
    const members = await tx.db
      .selectFrom('member')
      .select(['id', 'status', 'region', 'chapter', 'district', 'custom'])
      .where('id', '>', last)
      .where('organisation_id', '=', organisationId)
      .orderBy('id')
      .limit(pageOfMembers)
      .execute()
    const ids = members
      .filter((member) => isEligible({ ...member, custom: JSON.parse(member.custom) }, filter, units))
      .map((member) => member.id)
    await sql`insert into eligible_member select value from json_each(${JSON.stringify(ids)})`.execute(tx.db)
    if (members.length < pageOfMembers) return
    last = members.at(-1)?.id ?? last
  }
}

/** A subquery of the voters of another election who were not struck from its roll. */
async function rollOf(tx: WriteTransaction, electionId: number): Promise<RawBuilder<unknown>> {
  const { struck } = await readCorrections(tx, electionId)
  return sql`(select * from voter where election_id = ${electionId}
    and number not in ${among([...struck])})`
}

async function removeOthers(
  tx: WriteTransaction,
  electionId: number,
  source: RawBuilder<unknown>,
): Promise<{ removedNumbers: readonly string[]; revokedTokens: number }> {
  const leaving = sql`voter.election_id = ${electionId}
    and not exists (select 1 from ${source} s where s.number = voter.number)`
  const left = await sql<{ number: string }>`
    select number from voter where ${leaving} order by number`.execute(tx.db)
  if (left.rows.length === 0) return { removedNumbers: [], revokedTokens: 0 }
  const theirs = sql`voter_id in (select id from voter where ${leaving})`
  const revoked = await sql`
    update token set state = 'revoked', revoked_at = ${tx.now}, revoked_reason = 'left the roll'
    where state <> 'revoked' and ${theirs}`.execute(tx.db)
  await sql`update token set voter_id = null where ${theirs}`.execute(tx.db)
  await sql`delete from voter where ${leaving}`.execute(tx.db)
  return {
    removedNumbers: left.rows.map((row) => row.number),
    revokedTokens: Number(revoked.numAffectedRows),
  }
}

/** How many are on the roll, those struck off it among them. */
export async function countVoters(tx: ReadTransaction, electionId: number): Promise<number> {
  const { size } = await tx.db
    .selectFrom('voter')
    .select((eb) => eb.fn.countAll<number>().as('size'))
    .where('election_id', '=', electionId)
    .executeTakeFirstOrThrow()
  return size
}
