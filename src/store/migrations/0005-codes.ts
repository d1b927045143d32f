/** One-time codes, and openings that the schedule could not carry out. */
export const codes = [
  `alter table election add column code text not null default 'none' check (code in ('none', 'email', 'sms'))`,
  `create trigger election_code_fixed before update of code on election
    when old.status <> 'draft' and new.code <> old.code
    begin select raise(abort, 'the one-time code is fixed at opening'); end`,

  // Keys the hashes of codes and the challenges that are signed for them; made when it is first needed.
  `create table code_key (
    id integer primary key check (id = 1),
    key blob not null check (length(key) = 32)
  ) strict`,

  // Never the code: a keyed hash of it. Of several codes of a voter only the latest is good.
  `create table one_time_code (
    id integer primary key,
    election_id integer not null references election (id) on delete cascade,
    voter_id integer not null references voter (id) on delete cascade,
    hash blob not null check (length(hash) = 32),
    created_at text not null,
    expires_at text not null,
    tries integer not null default 0 check (tries >= 0),
    used integer not null default 0 check (used in (0, 1))
  ) strict`,
  `create index one_time_code_voter on one_time_code (election_id, voter_id, id)`,
  `create index one_time_code_created on one_time_code (created_at)`,
  `create index one_time_code_tried on one_time_code (election_id, created_at, tries) where tries > 0`,

  // Why an election did not open at its time. The schedule does not try that time again.
  `create table missed_opening (
    election_id integer primary key references election (id) on delete cascade,
    opens_at text not null,
    obstacles text not null check (json_valid(obstacles)),
    at text not null
  ) strict`,
]
