/** Elections that are held once more, and the number under which a meeting service knows an election of one contest, and what it said of it in its own words. */
export const pollNumbers = [
  // The election that is held once more with this one; each once, unless the draft is deleted.
  `alter table election add column resets integer references election (id)`,
  `create unique index one_reset_an_election on election (resets)`,
  `create table poll (
    id integer primary key autoincrement,
    organisation_id integer not null references organisation (id),
    -- the election that is underneath now; after a reset another one
    election_id integer not null unique references election (id) on delete cascade,
    settings text not null check (json_valid(settings))
  ) strict`,
  `create trigger poll_stays_in_its_organisation before update on poll
    when new.id <> old.id or new.organisation_id <> old.organisation_id
      or (select organisation_id from election where id = new.election_id) <> old.organisation_id
    begin select raise(abort, 'a poll stays in its organisation'); end`,
]
