/** The units of an organisation, as a tree, and officers who act for one of them. */
export const units: readonly string[] = [
  `create table unit (
    id integer primary key,
    organisation_id integer not null references organisation (id) on delete cascade,
    parent_id integer references unit (id),
    slug text not null,
    name text not null,
    -- a chapter and a region have the members that name it; a group has those of the units below it
    kind text not null check (kind in ('group', 'region', 'chapter')),
    unique (organisation_id, slug)
  ) strict`,
  `create index unit_parent on unit (parent_id)`,
  ...(['insert', 'update'] as const).map(
    (verb) => `create trigger unit_${verb}_is_a_tree before ${verb} on unit
      when new.parent_id is not null and (
        (select organisation_id from unit where id = new.parent_id) is not new.organisation_id
        or (select kind from unit where id = new.parent_id) = 'chapter'
        or exists (
          with recursive above (id, parent_id) as (
            select id, parent_id from unit where id = new.parent_id
            union select u.id, u.parent_id from unit u join above on u.id = above.parent_id)
          select 1 from above where id = new.id))
      begin select raise(abort, 'units are a tree'); end`,
  ),

  // Null for an officer of the whole organisation, as every owner is.
  `alter table officer add column unit_id integer references unit (id)
    check (unit_id is null or role <> 'owner')`,
]
