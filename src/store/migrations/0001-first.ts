/** Schema 1. Never edited once released: a change is a new migration. */
export const first = [
  `create table organisation (
    id integer primary key check (id = 1),
    name text not null check (length(name) > 0),
    -- keys the hashes of national ids, so that a list of ids can't be tried against a stolen backup's hashes elsewhere
    hash_key blob not null check (length(hash_key) = 32),
    created_at text not null
  ) strict`,

  `create table member (
    id integer primary key,
    number text not null unique check (length(number) > 0),
    name text not null,
    email text,
    phone text,
    status text,
    region text,
    chapter text,
    district text,
    weight_micros integer not null default 1000000 check (weight_micros > 0),
    national_id_hash blob unique check (length(national_id_hash) = 32),
    custom text not null default '{}' check (json_valid(custom)),
    created_at text not null,
    updated_at text not null
  ) strict`,
  `create index member_email on member (email) where email is not null`,
  `create index member_phone on member (phone) where phone is not null`,

  `create table election (
    id integer primary key,
    slug text not null unique check (length(slug) between 1 and 64),
    uuid text not null unique check (length(uuid) between 14 and 64),
    title text not null check (length(title) > 0),
    description text not null default '',
    status text not null default 'draft'
      check (status in ('draft', 'open', 'paused', 'closed', 'tallied', 'certified', 'archived', 'cancelled')),
    zone text not null,
    opens_at text,
    closes_at text,
    recast text not null default 'last-counts' check (recast in ('last-counts', 'refuse')),
    eligibility text not null default '{}' check (json_valid(eligibility)),
    -- how many millionths of a vote one unit of the sealed count is worth
    weight_unit_micros integer not null default 1000000 check (weight_unit_micros > 0),
    runoff_of integer references election (id),
    runoff_round integer not null default 0 check (runoff_round >= 0),
    sealed_json text,
    roll_fingerprint text,
    created_at text not null,
    opened_at text,
    closed_at text,
    tallied_at text,
    certified_at text,
    archived_at text,
    cancelled_at text,
    check (status in ('draft', 'cancelled') or sealed_json is not null),
    unique (runoff_of, runoff_round)
  ) strict`,
  `create trigger election_status_steps before update of status on election
    when not (old.status = new.status or old.status || '>' || new.status in (
      'draft>open', 'open>paused', 'paused>open', 'open>closed', 'paused>closed', 'closed>tallied',
      'tallied>certified', 'certified>archived',
      'draft>cancelled', 'open>cancelled', 'paused>cancelled', 'closed>cancelled'))
    begin select raise(abort, 'an election can not take this step'); end`,
  `create trigger election_sealed_once before update of sealed_json on election
    when old.sealed_json is not null and new.sealed_json is not old.sealed_json
    begin select raise(abort, 'the sealed election is fixed at opening'); end`,
  `create trigger election_delete_drafts_only before delete on election when old.status <> 'draft'
    begin select raise(abort, 'only a draft can be deleted'); end`,

  `create table contest (
    id integer primary key,
    election_id integer not null references election (id) on delete cascade,
    position integer not null check (position > 0),
    title text not null check (length(title) > 0),
    description text not null default '',
    style text not null check (style in ('choice', 'approval', 'ranking', 'score')),
    method text not null,
    rules text not null default '{}' check (json_valid(rules)),
    seats integer not null default 1 check (seats > 0),
    min_selections integer not null check (min_selections >= 0),
    max_selections integer not null check (max_selections >= min_selections),
    blank integer not null default 0 check (blank in (0, 1)),
    unique (election_id, position)
  ) strict`,
  `create table contest_option (
    id integer primary key,
    contest_id integer not null references contest (id) on delete cascade,
    position integer not null check (position > 0),
    name text not null check (length(name) > 0),
    statement text not null default '',
    party text,
    symbol text,
    birth_date text,
    district text,
    slate text,
    unique (contest_id, position),
    unique (contest_id, name)
  ) strict`,
  ...['insert', 'update', 'delete'].flatMap((verb) => {
    const row = verb === 'delete' ? 'old' : 'new'
    return [
      `create trigger contest_${verb}_in_draft before ${verb} on contest
        when (select status from election where id = ${row}.election_id) <> 'draft'
        begin select raise(abort, 'contests are fixed at opening'); end`,
      `create trigger contest_option_${verb}_in_draft before ${verb} on contest_option
        when (select status from election where id =
          (select election_id from contest where id = ${row}.contest_id)) <> 'draft'
        begin select raise(abort, 'candidates are fixed at opening'); end`,
    ]
  }),

  `create table trustee (
    id integer primary key,
    election_id integer not null references election (id) on delete cascade,
    -- the owner number of the public archive: 1 is the server
    position integer not null check (position > 0),
    name text not null check (length(name) > 0),
    kind text not null check (kind in ('server', 'person')),
    public_key text not null check (json_valid(public_key)),
    -- the server's own key share; a person's never enters this file; removed once the result is out
    secret blob check (secret is null or (kind = 'server' and length(secret) = 32)),
    created_at text not null,
    unique (election_id, position),
    unique (election_id, name)
  ) strict`,

  `create table voter (
    id integer primary key,
    election_id integer not null references election (id) on delete cascade,
    member_id integer references member (id) on delete set null,
    number text not null,
    name text not null,
    email text,
    phone text,
    status text,
    region text,
    chapter text,
    district text,
    weight_micros integer not null check (weight_micros > 0),
    unique (election_id, number)
  ) strict`,
  `create index voter_member on voter (member_id)`,
  `create trigger voter_fixed_update before update on voter
    when (select status from election where id = old.election_id) <> 'draft'
      and not (new.member_id is null and new.id = old.id and new.election_id = old.election_id
        and new.number = old.number and new.name = old.name and new.weight_micros = old.weight_micros
        and new.email is old.email and new.phone is old.phone and new.status is old.status
        and new.region is old.region and new.chapter is old.chapter and new.district is old.district)
    begin select raise(abort, 'the electoral roll is fixed at opening'); end`,
  `create trigger voter_fixed_delete before delete on voter
    when (select status from election where id = old.election_id) <> 'draft'
    begin select raise(abort, 'the electoral roll is fixed at opening'); end`,

  // A correction after the freeze is written first; an added voter names it.
  `create table roll_correction (
    id integer primary key,
    election_id integer not null references election (id),
    kind text not null check (kind in ('add', 'strike')),
    number text not null,
    reason text not null check (length(trim(reason)) > 0),
    officer text not null,
    at text not null
  ) strict`,
  `create unique index one_strike on roll_correction (election_id, number) where kind = 'strike'`,
  `create trigger voter_fixed_insert before insert on voter
    when (select status from election where id = new.election_id) <> 'draft'
      and not exists (select 1 from roll_correction c
        where c.election_id = new.election_id and c.kind = 'add' and c.number = new.number)
    begin select raise(abort, 'the electoral roll is fixed at opening'); end`,
  ...['update', 'delete'].map(
    (verb) => `create trigger roll_correction_no_${verb} before ${verb} on roll_correction
      begin select raise(abort, 'corrections stay'); end`,
  ),

  // A token is the voter's private credential; only its public halves are here, one for the election and one
  // for each runoff that may follow it.
  `create table runoff_slot (
    election_id integer not null references election (id) on delete cascade,
    round integer not null check (round > 0),
    uuid text not null unique,
    primary key (election_id, round)
  ) strict`,
  `create table token (
    id integer primary key,
    election_id integer not null references election (id) on delete cascade,
    voter_id integer references voter (id),
    state text not null check (state in ('issued', 'reserve', 'revoked')),
    -- 1 is R-001 in the file of tokens; kept once the reserve token is somebody's
    reserve_number integer check (reserve_number > 0),
    expires_at text,
    issued_at text not null,
    revoked_at text,
    revoked_reason text,
    unique (election_id, reserve_number),
    check (state <> 'issued' or voter_id is not null),
    check (state <> 'reserve' or (voter_id is null and reserve_number is not null)),
    check ((state = 'revoked') = (revoked_at is not null))
  ) strict`,
  `create unique index one_token_a_voter on token (voter_id) where state = 'issued'`,
  `create index token_voter on token (voter_id)`,
  `create index token_election on token (election_id, state)`,
  `create table token_credential (
    uuid text not null,
    credential text not null check (length(credential) = 64),
    token_id integer not null references token (id) on delete cascade,
    primary key (uuid, credential)
  ) strict, without rowid`,
  `create index token_credential_token on token_credential (token_id)`,

  // The public archive of an election, record by record, in order.
  `create table board_record (
    election_id integer not null references election (id),
    position integer not null check (position > 0),
    kind text not null check (kind in ('data', 'event')),
    hash text not null check (length(hash) = 64),
    body text not null,
    primary key (election_id, position)
  ) strict`,
  ...['update', 'delete'].map(
    (verb) => `create trigger board_record_no_${verb} before ${verb} on board_record
      begin select raise(abort, 'the board is append-only'); end`,
  ),

  `create table ballot (
    id integer primary key,
    election_id integer not null references election (id),
    voter_id integer not null references voter (id),
    token_id integer not null references token (id),
    -- unpadded base64 of the SHA-256 of the sealed ballot
    tracking_code text not null check (length(tracking_code) = 43),
    -- the record of the board that holds the sealed ballot
    board_position integer not null,
    effective integer not null check (effective in (0, 1)),
    unique (election_id, tracking_code),
    foreign key (election_id, board_position) references board_record (election_id, position)
  ) strict`,
  `create unique index one_effective_ballot_a_right on ballot (election_id, voter_id) where effective = 1`,
  `create trigger ballot_no_delete before delete on ballot
    begin select raise(abort, 'an accepted ballot stays'); end`,
  `create trigger ballot_only_superseded before update on ballot
    when not (old.effective = 1 and new.effective = 0 and new.id = old.id and new.election_id = old.election_id
      and new.voter_id = old.voter_id and new.token_id = old.token_id
      and new.tracking_code = old.tracking_code and new.board_position = old.board_position)
    begin select raise(abort, 'an accepted ballot can only be superseded'); end`,
  // Who has voted: the mark beside the name on the roll.
  `create table mark (
    election_id integer not null references election (id),
    voter_id integer not null references voter (id),
    at text not null,
    primary key (election_id, voter_id)
  ) strict, without rowid`,

  `create table tabulation (
    contest_id integer primary key references contest (id),
    outcome text not null,
    -- the whole tabulation as JSON: rounds, ties, statistics, winners
    body text not null check (json_valid(body)),
    created_at text not null
  ) strict`,

  `create table audit_entry (
    position integer primary key check (position > 0),
    at text not null,
    officer text not null,
    action text not null,
    election text,
    details text not null check (json_valid(details)),
    hash text not null unique check (length(hash) = 64)
  ) strict`,
  ...['update', 'delete'].map(
    (verb) => `create trigger audit_entry_no_${verb} before ${verb} on audit_entry
      begin select raise(abort, 'the audit log is append-only'); end`,
  ),
]
