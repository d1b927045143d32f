/** Who is put up for a contest, by whom, and what they answer. */
export const nominations: readonly string[] = [
  `create table nomination_phase (
    contest_id integer primary key references contest (id) on delete cascade,
    opened_at text not null,
    -- until when people are put up and answer
    ends_at text not null,
    -- how many members must have put somebody up
    needed integer not null default 1 check (needed between 1 and 1000),
    -- since when those who accepted are on the ballot
    closed_at text
  ) strict`,
  `create table nomination (
    id integer primary key,
    contest_id integer not null references nomination_phase (contest_id) on delete cascade,
    name text not null check (length(trim(name)) > 0),
    -- null for somebody who is no member
    member_id integer references member (id) on delete set null,
    email text,
    at text not null,
    state text not null default 'silent' check (state in ('silent', 'accepted', 'declined', 'withdrawn')),
    answered_at text,
    statement text not null default '',
    photo_type text check (photo_type in ('image/jpeg', 'image/png', 'image/webp')),
    photo_bytes blob check (length(photo_bytes) between 1 and 524288),
    photo_sha256 text check (length(photo_sha256) = 64),
    -- SHA-256 of the secret of the link, which is nowhere here
    hash blob unique check (length(hash) = 32),
    invited_at text,
    -- on the ballot
    option_id integer references contest_option (id) on delete set null,
    check ((state = 'silent') = (answered_at is null)),
    check ((photo_type is null) = (photo_bytes is null) and (photo_type is null) = (photo_sha256 is null)),
    check ((hash is null) = (invited_at is null))
  ) strict`,
  `create unique index one_nomination_a_member on nomination (contest_id, member_id) where member_id is not null`,
  `create index nomination_member on nomination (member_id)`,
  `create index nomination_option on nomination (option_id)`,
  `create table nominator (
    nomination_id integer not null references nomination (id) on delete cascade,
    member_id integer not null references member (id) on delete cascade,
    at text not null,
    primary key (nomination_id, member_id)
  ) strict, without rowid`,
  `create index nominator_member on nominator (member_id)`,
]
