/** What was sent to whom, and what became of it: never a token and never a text, and addresses by their voter. */
export const mailings = [
  `create table mailing (
    id integer primary key,
    election_id integer not null references election (id) on delete cascade,
    channel text not null check (channel in ('email', 'sms')),
    kind text not null check (kind in ('tokens', 'reminder')),
    name text not null check (length(name) between 1 and 64),
    started_at text not null,
    -- Which process sends it now, and until when it is believed to.
    run text,
    run_until text,
    unique (election_id, channel, name)
  ) strict`,

  // 'sending' is written before the message goes out: what a killed process leaves so is 'unknown'.
  `create table message (
    id integer primary key,
    mailing_id integer not null references mailing (id) on delete cascade,
    voter_id integer not null references voter (id) on delete cascade,
    token_id integer references token (id) on delete cascade,
    key text not null unique check (length(key) = 22),
    state text not null check (
      state in ('queued', 'sending', 'sent', 'deferred', 'failed', 'bounced', 'skipped', 'unknown')
    ),
    reason text,
    tries integer not null default 0 check (tries >= 0),
    at text not null,
    due_at text
  ) strict`,
  // One voter gets a mailing once for each token: another message is another row, and there is no room for it.
  `create unique index message_once on message (mailing_id, voter_id, coalesce(token_id, 0))`,
  `create index message_voter on message (voter_id)`,
  `create index message_token on message (token_id) where token_id is not null`,

  `create table unsubscribed (
    member_id integer not null references member (id) on delete cascade,
    channel text not null check (channel in ('email', 'sms')),
    at text not null,
    primary key (member_id, channel)
  ) strict, without rowid`,
]
