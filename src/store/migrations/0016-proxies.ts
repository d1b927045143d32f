/** Votes that are given to others, who is in the room, and weights of one election alone. */
export const proxies = [
  // How rights are exercised, as JSON in the words of the election's file; what is usual is left out.
  `alter table election add column rights text not null default '{}'
    check (json_valid(rights) and (coalesce(rights ->> 'allow_vote_split', 0) = 0 or visibility in ('open', 'named')))`,
  `create trigger election_rights_fixed before update of rights on election
    when old.status <> 'draft' and new.rights <> old.rights
    begin select raise(abort, 'how rights are exercised is fixed at opening'); end`,

  // Who has given the vote to whom, in every election of the organisation or in one.
  `create table delegation (
    id integer primary key,
    organisation_id integer not null references organisation (id),
    -- null for every election
    election_id integer references election (id) on delete cascade,
    represented_id integer not null references member (id) on delete cascade,
    acting_id integer not null references member (id) on delete cascade,
    reason text not null check (length(trim(reason)) > 0),
    expires_at text,
    officer text not null,
    at text not null,
    revoked_at text,
    revoked_by text,
    revoked_reason text,
    check (represented_id <> acting_id),
    check ((revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revoked_reason is null))
  ) strict`,
  `create unique index one_delegation_a_member on delegation (represented_id, ifnull(election_id, 0))
    where revoked_at is null`,
  `create index delegation_acting on delegation (acting_id)`,
  `create index delegation_election on delegation (election_id)`,

  // What of it holds in an election: fixed with the roll, and corrected after that with a reason.
  `create table proxy (
    id integer primary key,
    election_id integer not null references election (id) on delete cascade,
    -- whose right it is
    voter_id integer not null references voter (id) on delete cascade,
    -- the member who votes in their stead, who need not be on the roll
    acting_number text not null,
    acting_name text not null,
    acting_email text,
    acting_phone text,
    reason text not null,
    expires_at text,
    officer text not null,
    at text not null,
    -- whether it was given after the opening
    corrected integer not null default 0 check (corrected in (0, 1)),
    revoked_at text,
    revoked_by text,
    revoked_reason text,
    check ((revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revoked_reason is null))
  ) strict`,
  `create unique index one_proxy_a_voter on proxy (voter_id) where revoked_at is null`,
  `create index proxy_election on proxy (election_id)`,
  `create trigger proxy_in_time before insert on proxy
    when (select status from election where id = new.election_id) not in ('draft', 'open', 'paused')
      or new.corrected <> ((select status from election where id = new.election_id) <> 'draft')
    begin select raise(abort, 'proxies are fixed at opening'); end`,
  `create trigger proxy_one_hop before insert on proxy
    when exists (select 1 from proxy p join voter v on v.id = p.voter_id
      where p.election_id = new.election_id and p.revoked_at is null
        and (p.expires_at is null or p.expires_at > new.at)
        and (v.number = new.acting_number
          or p.acting_number = (select number from voter where id = new.voter_id)))
    begin select raise(abort, 'a vote is passed on once'); end`,
  `create trigger proxy_fixed before update on proxy
    when (select status from election where id = old.election_id) <> 'draft'
      and not (old.revoked_at is null and new.revoked_at is not null and new.id = old.id
        and new.voter_id = old.voter_id and new.acting_number = old.acting_number
        and new.expires_at is old.expires_at and new.reason = old.reason and new.at = old.at)
    begin select raise(abort, 'proxies are fixed at opening'); end`,
  `create trigger proxy_no_delete before delete on proxy
    when (select status from election where id = old.election_id) <> 'draft'
      and not exists (select 1 from purge where election_id = old.election_id)
    begin select raise(abort, 'proxies are fixed at opening'); end`,

  // A right that is exercised by somebody else has a token of its own for that.
  `alter table token add column proxy_id integer references proxy (id) on delete set null`,
  `drop index one_token_a_voter`,
  `create unique index one_token_a_voter on token (voter_id) where state = 'issued' and proxy_id is null`,
  `create unique index one_token_a_proxy on token (proxy_id) where state = 'issued' and proxy_id is not null`,
  `create index token_proxy on token (proxy_id) where proxy_id is not null`,

  // Who is in the room now, whatever is voted on.
  `create table presence (
    member_id integer primary key references member (id) on delete cascade,
    since text not null
  ) strict`,

  // What a member weighs in one election alone.
  `create table election_weight (
    election_id integer not null references election (id) on delete cascade,
    member_id integer not null references member (id) on delete cascade,
    weight_micros integer not null check (weight_micros > 0),
    primary key (election_id, member_id)
  ) strict, without rowid`,
  `create index election_weight_member on election_weight (member_id)`,
  ...['insert', 'update', 'delete'].map((verb) => {
    const row = verb === 'delete' ? 'old' : 'new'
    return `create trigger election_weight_${verb}_in_draft before ${verb} on election_weight
      when (select status from election where id = ${row}.election_id) <> 'draft'
        and not exists (select 1 from purge where election_id = ${row}.election_id)
      begin select raise(abort, 'weights are fixed at opening'); end`
  }),
]
