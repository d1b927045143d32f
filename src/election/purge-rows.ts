import { sql } from 'kysely'
import type { WriteTransaction } from '../store/unit-of-work.ts'
import { isStruck } from '../voting/struck.ts'

/**
 * Takes out of the file who the voters of an election were and which ballot is whose. As many nameless voters stay as
 * there were, in an order of chance, for the counts of the roll, the marks and the ballots to hold. The row in
 * `purge` has been written.
 */
export async function purgeRows(
  tx: WriteTransaction,
  { id, uuid, closedAt }: { id: number; uuid: string; closedAt: string },
): Promise<void> {
  const run = (statement: ReturnType<typeof sql>) => statement.execute(tx.db)
  // Ballots change voters one by one: until the last has changed, some have none.
  await run(sql`pragma defer_foreign_keys = on`)
  await run(
    sql`delete from contested_ballot where incident_id in (select id from incident where election_id = ${id})`,
  )
  await run(sql`delete from one_time_code where election_id = ${id}`)
  await run(sql`delete from message where mailing_id in (select id from mailing where election_id = ${id})`)
  await run(sql`delete from missed_opening where election_id = ${id}`)
  await run(sql`delete from token_credential where uuid = ${uuid}`)
  await run(sql`update token set voter_id = null, state = 'revoked', revoked_at = ${tx.now}
    where voter_id in (select id from voter where election_id = ${id})`)
  await run(sql`delete from proxy where election_id = ${id}`)
  await run(sql`delete from delegation where election_id = ${id}`)
  await run(sql`delete from election_weight where election_id = ${id}`)
  await run(sql`delete from voter where election_id = ${id} and ${isStruck('voter')}
    and not exists (select 1 from ballot b where b.voter_id = voter.id)`)
  await run(sql`delete from roll_correction where election_id = ${id}`)

  await run(sql`drop table if exists temp.nameless`)
  await run(sql`create temp table nameless as
    select old.id as old, new.id as new
    from (select id, row_number() over (order by random()) as place from voter where election_id = ${id}) old
    join (select id, row_number() over (order by id) as place from voter where election_id = ${id}) new
      on old.place = new.place`)
  await run(sql`create unique index temp.nameless_old on nameless (old)`)
  // By way of numbers that no voter has: never do two ballots that count have the same one.
  await run(sql`update ballot set voter_id = -(select new from temp.nameless where old = voter_id)
    where election_id = ${id} and voter_id is not null`)
  await run(sql`update ballot set voter_id = -voter_id where election_id = ${id} and voter_id is not null`)
  await run(sql`create temp table marked as
    select n.new as voter_id, m.paper_officer from mark m join temp.nameless n on n.old = m.voter_id where m.election_id = ${id}`)
  await run(sql`delete from mark where election_id = ${id}`)
  await run(sql`insert into mark (election_id, voter_id, at, paper_officer)
    select ${id}, voter_id, ${closedAt}, paper_officer from temp.marked`)
  await run(sql`drop table temp.marked`)
  await run(sql`drop table temp.nameless`)
  await run(sql`update voter set member_id = null, number = 'purged-' || id, name = '', email = null, phone = null,
      status = null, region = null, chapter = null, district = null, weight_micros = 1000000
    where election_id = ${id}`)

  const options = sql`select o.id from contest_option o join contest c on c.id = o.contest_id
    where c.election_id = ${id}`
  await run(sql`delete from candidate_photo where option_id in (${options})`)
  await run(sql`update contest_option set statement = '', birth_date = null
    where id in (${options}) and (statement <> '' or birth_date is not null)`)
  await run(
    sql`delete from nomination_phase where contest_id in (select id from contest where election_id = ${id})`,
  )
  await run(sql`delete from log_key where election_id = ${id}`)
}

/** All tokens of an election and its runoffs go; the ballots, which must name one, name the same. */
export async function purgeTokens(tx: WriteTransaction, rootId: number): Promise<void> {
  const theirs = sql`(select id from token where election_id = ${rootId})`
  const kept = sql`(select min(token_id) from ballot where token_id in ${theirs})`
  await sql`update ballot set token_id = ${kept} where token_id in ${theirs}`.execute(tx.db)
  await sql`delete from token_credential where token_id in ${theirs}`.execute(tx.db)
  await sql`delete from token where election_id = ${rootId} and id is not ${kept}`.execute(tx.db)
  await sql`update token set voter_id = null, state = 'revoked', reserve_number = null, expires_at = null,
      revoked_at = ${tx.now}, revoked_reason = null, issued_at = ${tx.now}
    where election_id = ${rootId}`.execute(tx.db)
}
