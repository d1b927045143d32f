/**
 * Rehearsals, which say in their title that they are none of the elections that count; the keys with which officers
 * sign; what needs a second officer; what went wrong; and what was certified.
 */
export const certification = [
  `alter table election add column rehearsal integer not null default 0 check (rehearsal in (0, 1))`,
  // JSON array of deeds; of an election, beside those of its organisation.
  `alter table organisation add column two_officers text not null default '[]' check (json_valid(two_officers))`,
  `alter table election add column two_officers text not null default '[]' check (json_valid(two_officers))`,
  ...['insert', 'update'].map(
    (verb) => `create trigger election_rehearsal_marked_on_${verb} before ${verb} on election
      when new.rehearsal = 1 and new.title not like 'REHEARSAL: %'
      begin select raise(abort, 'a rehearsal says so in its title'); end`,
  ),
  `create trigger election_rehearsal_fixed before update of rehearsal on election
    when new.rehearsal <> old.rehearsal
    begin select raise(abort, 'a rehearsal stays a rehearsal, and an election stays one'); end`,
  `create trigger election_rehearsal_uncertified before update of status on election
    when new.rehearsal = 1 and new.status = 'certified'
    begin select raise(abort, 'a rehearsal is never certified'); end`,
  `create trigger election_two_officers_fixed before update of two_officers on election
    when old.status <> 'draft' and new.two_officers <> old.two_officers
    begin select raise(abort, 'what needs a second officer is fixed with the opening'); end`,

  `create table officer_key (
    id integer primary key,
    officer_id integer not null references officer (id),
    -- Ed25519, hex
    public_key text not null unique check (length(public_key) = 64),
    created_at text not null,
    -- since another one took its place
    replaced_at text
  ) strict`,
  `create unique index one_key_an_officer on officer_key (officer_id) where replaced_at is null`,
  `create trigger officer_key_no_delete before delete on officer_key
    begin select raise(abort, 'a signature stays good only while its key is known'); end`,
  `create trigger officer_key_fixed before update on officer_key
    when new.officer_id <> old.officer_id or new.public_key <> old.public_key or new.created_at <> old.created_at
      or old.replaced_at is not null
    begin select raise(abort, 'a key can only be replaced'); end`,

  `create table approval (
    id integer primary key,
    election_id integer not null references election (id),
    deed text not null check (deed in ('close', 'publish', 'certify', 'purge')),
    -- JSON: exactly what is approved
    subject text not null check (json_valid(subject)),
    state text not null default 'requested' check (state in ('requested', 'granted', 'refused', 'used')),
    requested_by integer not null references officer (id),
    requested_at text not null,
    expires_at text not null,
    -- JSON: a signature, or the API key or session by which it was done
    request_proof text not null check (json_valid(request_proof)),
    decided_by integer references officer (id) check (decided_by <> requested_by),
    decided_at text,
    decision_proof text check (json_valid(decision_proof)),
    reason text,
    used_at text,
    check ((state = 'requested') = (decided_by is null)),
    check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (decision_proof is null)),
    check ((state = 'used') = (used_at is not null))
  ) strict`,
  `create index approval_election on approval (election_id)`,
  `create trigger approval_no_delete before delete on approval
    begin select raise(abort, 'an approval is kept'); end`,
  `create trigger approval_fixed before update on approval
    when new.election_id <> old.election_id or new.deed <> old.deed or new.subject <> old.subject
      or new.requested_by <> old.requested_by or new.requested_at <> old.requested_at
      or new.expires_at <> old.expires_at or new.request_proof <> old.request_proof
      or (old.decided_by is not null and new.decided_by is not old.decided_by)
      or not ((old.state = 'requested' and new.state in ('granted', 'refused'))
        or (old.state = 'granted' and new.state = 'used'))
    begin select raise(abort, 'an approval is asked for, decided once, and used once'); end`,

  `create table incident (
    id integer primary key,
    election_id integer not null references election (id),
    -- 1, 2, 3 … in the election
    number integer not null check (number > 0),
    kind text not null check (kind in ('procedure', 'technical', 'complaint', 'contested', 'difference')),
    -- when it happened
    at text not null,
    text text not null check (length(trim(text)) > 0),
    -- null where it concerns every contest
    contest_id integer references contest (id),
    affected integer not null check (affected >= 0),
    affected_kind text not null check (affected_kind in ('ballots', 'voters')),
    -- the difference that it explains
    explains text,
    officer text not null,
    recorded_at text not null,
    resolution text check (length(trim(resolution)) > 0),
    resolved_by text,
    resolved_at text,
    check ((resolution is null) = (resolved_at is null) and (resolution is null) = (resolved_by is null)),
    unique (election_id, number)
  ) strict`,
  `create trigger incident_no_delete before delete on incident
    begin select raise(abort, 'an incident is resolved, not deleted'); end`,
  `create trigger incident_fixed before update on incident
    when new.number <> old.number or new.election_id <> old.election_id or new.kind <> old.kind or new.at <> old.at
      or new.text <> old.text or new.affected <> old.affected or new.affected_kind <> old.affected_kind
      or new.contest_id is not old.contest_id or new.explains is not old.explains
      or old.resolution is not null
    begin select raise(abort, 'an incident can only be resolved, once'); end`,
  `create table contested_ballot (
    incident_id integer not null references incident (id),
    ballot_id integer references ballot (id),
    voter_id integer references voter (id),
    check ((ballot_id is null) <> (voter_id is null)),
    unique (incident_id, ballot_id),
    unique (incident_id, voter_id)
  ) strict`,

  `create table certificate (
    election_id integer primary key references election (id),
    -- JSON: what is signed
    body text not null check (json_valid(body)),
    created_at text not null
  ) strict`,
  `create table certificate_signature (
    election_id integer not null references certificate (election_id),
    officer_key_id integer not null references officer_key (id),
    -- JSON: with the name and role of the officer as they were
    signature text not null check (json_valid(signature)),
    primary key (election_id, officer_key_id)
  ) strict`,
  ...['certificate', 'certificate_signature'].flatMap((table) =>
    ['update', 'delete'].map(
      (verb) => `create trigger ${table}_no_${verb} before ${verb} on ${table}
        begin select raise(abort, 'what was certified stays as it is'); end`,
    ),
  ),
]
