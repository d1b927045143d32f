/** Services that members are fetched from, and members whom those no longer list. */
export const memberServices: readonly string[] = [
  `create table member_service (
    organisation_id integer primary key references organisation (id) on delete cascade,
    url text not null,
    -- how old the list may be when an election opens
    max_age_minutes integer not null check (max_age_minutes > 0),
    -- when the service was last asked, and what it called its list then
    fetched_at text,
    snapshot text,
    -- SHA-256, hex, of the list as it was taken
    sha256 text,
    listed integer check (listed > 0),
    check ((fetched_at is null) = (sha256 is null) and (fetched_at is null) = (listed is null))
  ) strict`,

  // Since when the service does not list the member any more.
  `alter table member add column left_at text`,
]
