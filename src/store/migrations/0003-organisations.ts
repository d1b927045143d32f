import { type Kysely, type Migration, sql } from 'kysely'

/**
 * Several organisations in one file: each with a short name, hostnames, members of its own and elections of its
 * own. Tables that others point to are made anew, filled and put in place of the old, with foreign keys off.
 */
export const organisations: Migration = {
  async up(db: Kysely<unknown>) {
    const { rows } = await sql<{ name: string }>`select name from organisation`.execute(db)
    const slug = shortName(rows[0]?.name ?? '')
    for (const statement of before) await sql.raw(statement).execute(db)
    await sql`insert into organisation_new (id, slug, name, hash_key, created_at)
      select id, ${slug}, name, hash_key, created_at from organisation`.execute(db)
    for (const statement of after) await sql.raw(statement).execute(db)
  },
}

const before = [
  `create table organisation_new (
    id integer primary key,
    slug text not null unique check (length(slug) between 1 and 64),
    name text not null check (length(name) > 0),
    -- keys the hashes of national ids, so that a list of ids can't be tried against a stolen backup's hashes
    -- elsewhere, nor the members of one organisation be found in another
    hash_key blob not null check (length(hash_key) = 32),
    created_at text not null
  ) strict`,
]

const after = [
  `drop table organisation`,
  `alter table organisation_new rename to organisation`,

  // Which organisation a request to a server is for.
  `create table organisation_host (
    hostname text primary key check (length(hostname) between 1 and 253 and hostname = lower(hostname)),
    organisation_id integer not null references organisation (id) on delete cascade
  ) strict, without rowid`,
  `create index organisation_host_of on organisation_host (organisation_id)`,

  `create table member_new (
    id integer primary key,
    organisation_id integer not null references organisation (id),
    number text not null check (length(number) > 0),
    name text not null,
    email text,
    phone text,
    status text,
    region text,
    chapter text,
    district text,
    weight_micros integer not null default 1000000 check (weight_micros > 0),
    national_id_hash blob check (length(national_id_hash) = 32),
    custom text not null default '{}' check (json_valid(custom)),
    created_at text not null,
    updated_at text not null,
    unique (organisation_id, number),
    unique (organisation_id, national_id_hash)
  ) strict`,
  `insert into member_new (id, organisation_id, number, name, email, phone, status, region, chapter, district,
      weight_micros, national_id_hash, custom, created_at, updated_at)
    select id, 1, number, name, email, phone, status, region, chapter, district,
      weight_micros, national_id_hash, custom, created_at, updated_at from member`,
  `drop table member`,
  `alter table member_new rename to member`,
  `create index member_email on member (email) where email is not null`,
  `create index member_phone on member (phone) where phone is not null`,

  // There is no organisation 0: an election that names none is refused by its foreign key.
  `alter table election add column organisation_id integer not null default 0 references organisation (id)`,
  `update election set organisation_id = 1`,
  `create index election_organisation on election (organisation_id)`,
  `create trigger election_stays_with_its_organisation before update of organisation_id on election
    begin select raise(abort, 'an election stays with its organisation'); end`,
]

/** As short names were made when this was written; a file has one whatever its organisation is called. */
function shortName(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '')
  return slug === '' ? 'organisation' : slug
}
