/** Groups of trustees of whom some suffice, their key ceremony, rehearsals, and who signed what was received. */
export const ceremonies: readonly string[] = [
  `create table trustee_group (
    election_id integer primary key references election (id) on delete cascade,
    -- names one ceremony; one that is held again has another
    ceremony text not null unique check (length(ceremony) = 14),
    threshold integer not null check (threshold > 0),
    -- the public outcome of the ceremony, once there is one
    parameters text check (parameters is null or json_valid(parameters)),
    created_at text not null
  ) strict`,
  `create table group_member (
    election_id integer not null references trustee_group (election_id) on delete cascade,
    -- in the group, from 1
    place integer not null check (place > 0),
    name text not null check (length(name) > 0),
    -- what the trustee sent in each round
    certificate text check (certificate is null or json_valid(certificate)),
    shares text check (shares is null or (json_valid(shares) and certificate is not null)),
    public_key text check (public_key is null or (json_valid(public_key) and shares is not null)),
    primary key (election_id, place),
    unique (election_id, name)
  ) strict`,
  ...['insert', 'update', 'delete'].flatMap((verb) =>
    ['trustee_group', 'group_member'].map((table) => {
      const row = verb === 'delete' ? 'old' : 'new'
      return `create trigger ${table}_${verb}_in_draft before ${verb} on ${table}
        when (select status from election where id = ${row}.election_id) <> 'draft'
        begin select raise(abort, 'trustees are fixed at opening'); end`
    }),
  ),
  // What the ceremony has brought so far stays as it was received.
  `create trigger group_member_said_once before update on group_member
    when (old.certificate is not null and new.certificate is not old.certificate)
      or (old.shares is not null and new.shares is not old.shares)
      or (old.public_key is not null and new.public_key is not old.public_key)
    begin select raise(abort, 'what a trustee sent is not replaced'); end`,
  // The place in the group; null for a trustee without whom nothing opens.
  'alter table trustee add column place integer check (place > 0)',
  // When the trustee last showed, before the opening, that the key is there and works.
  'alter table trustee add column rehearsed_at text',
  `create table contribution_signature (
    election_id integer not null references election (id) on delete cascade,
    -- the position of the trustee
    owner integer not null,
    kind text not null check (kind in ('shuffle', 'decryption')),
    -- SHA-256 of the last event of the board that it was made from
    head text not null,
    signature text not null check (json_valid(signature)),
    primary key (election_id, owner, kind)
  ) strict`,
]
