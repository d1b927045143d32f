/** What officers have read of the notable part of the log, and where it is posted to. */
export const notifications = [
  // Ballots and codes are most of a long log. The words are those of src/audit/notices.ts.
  `create index audit_entry_notable on audit_entry (position)
    where action not in ('ballot-accepted', 'ballot-refused', 'code-made')`,

  `create table notification_read (
    reader text not null,
    position integer not null references audit_entry (position),
    primary key (reader, position)
  ) strict, without rowid`,

  `create table webhook (
    id integer primary key,
    organisation_id integer not null references organisation (id),
    url text not null,
    kinds text not null check (json_valid(kinds)),
    -- It signs what is posted, so it is needed whole.
    secret blob not null check (length(secret) = 32),
    allow_private integer not null check (allow_private in (0, 1)),
    -- Up to where the log was looked through for it.
    seen integer not null,
    officer text not null,
    created_at text not null,
    unique (organisation_id, url)
  ) strict`,

  `create table webhook_delivery (
    id integer primary key,
    webhook_id integer not null references webhook (id) on delete cascade,
    position integer not null references audit_entry (position),
    message_id text not null unique,
    type text not null,
    body text not null,
    state text not null check (state in ('waiting', 'delivered', 'dead')),
    tries integer not null default 0 check (tries >= 0),
    -- What the other side said last: a status of HTTP, or a word.
    answer text,
    due_at text not null,
    at text not null,
    unique (webhook_id, position)
  ) strict`,
  `create index webhook_delivery_due on webhook_delivery (due_at) where state = 'waiting'`,
]
