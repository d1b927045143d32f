/** Officers, their API keys, and the sessions that were opened with one. */
export const officers = [
  `create table officer (
    id integer primary key,
    organisation_id integer not null references organisation (id),
    name text not null check (length(trim(name)) > 0),
    email text not null check (length(email) > 0),
    role text not null check (role in ('owner', 'admin', 'unit-officer', 'credential-officer', 'moderator',
      'observer', 'auditor')),
    created_at text not null,
    removed_at text
  ) strict`,
  // Addresses are kept in lower case. Who was removed may be added again.
  `create unique index one_officer_an_address on officer (organisation_id, email) where removed_at is null`,
  `create trigger officer_no_delete before delete on officer
    begin select raise(abort, 'an officer is removed, not deleted'); end`,
  `create trigger officer_removed_stays before update on officer when old.removed_at is not null
    begin select raise(abort, 'who was removed stays removed'); end`,

  `create table api_key (
    id integer primary key,
    officer_id integer not null references officer (id),
    -- the part of the key that names it and is no secret
    handle text not null unique check (length(handle) = 8),
    -- SHA-256 of the whole key
    hash blob not null unique check (length(hash) = 32),
    -- JSON array of actions
    scopes text not null check (json_valid(scopes) and json_array_length(scopes) > 0),
    dry_run integer not null check (dry_run in (0, 1)),
    created_at text not null,
    expires_at text not null,
    revoked_at text,
    used_at text
  ) strict`,
  `create index api_key_officer on api_key (officer_id)`,
  `create trigger api_key_no_delete before delete on api_key
    begin select raise(abort, 'a key is revoked, not deleted'); end`,
  `create trigger api_key_fixed before update on api_key
    when new.id <> old.id or new.officer_id <> old.officer_id or new.handle <> old.handle
      or new.hash <> old.hash or new.scopes <> old.scopes or new.dry_run <> old.dry_run
      or new.expires_at <> old.expires_at or (old.revoked_at is not null and new.revoked_at is not old.revoked_at)
    begin select raise(abort, 'a key can only be used or revoked'); end`,

  `create table session (
    -- SHA-256 of the id that the browser holds
    hash blob primary key check (length(hash) = 32),
    key_id integer not null references api_key (id),
    opened_at text not null,
    seen_at text not null
  ) strict, without rowid`,
  `create index session_key on session (key_id)`,
]
