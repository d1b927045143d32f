/** When the result may be shown, and who may not see it before. */
export const publication = [
  `alter table election add column embargo_until text`,
  `alter table election add column published_at text
    check (published_at is null or status in ('tallied', 'certified', 'archived'))`,
  `create trigger election_published_once before update of published_at on election
    when old.published_at is not null and new.published_at is not old.published_at
    begin select raise(abort, 'what is published stays published'); end`,
]
