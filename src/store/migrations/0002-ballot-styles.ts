/** Schema 2: grades, motions, none of the above, names written in, random order, lists with candidates, photos. */
export const ballotStyles = [
  // A check can't be altered, and a table that others refer to is not lightly made anew: the column is.
  `drop trigger contest_update_in_draft`,
  `alter table contest add column sealed_style text not null default 'choice'
    check (sealed_style in ('choice', 'approval', 'ranking', 'score', 'grade'))`,
  `update contest set sealed_style = style`,
  `alter table contest drop column style`,
  `alter table contest rename column sealed_style to style`,
  `alter table contest add column blank_name text check (length(blank_name) > 0)`,
  // the names of the grades, the worst first; null where they are those of the method
  `alter table contest add column grades text check (json_valid(grades))`,
  `alter table contest add column write_in integer not null default 0 check (write_in in (0, 1))`,
  `alter table contest add column random_order integer not null default 0 check (random_order in (0, 1))`,
  `create trigger contest_update_in_draft before update on contest
    when (select status from election where id = new.election_id) <> 'draft'
    begin select raise(abort, 'contests are fixed at opening'); end`,

  // 'none': stands for none of the others
  `alter table contest_option add column role text check (role in ('none'))`,
  // of a list, in its order
  `alter table contest_option add column members text not null default '[]' check (json_valid(members))`,
  `create unique index one_none_a_contest on contest_option (contest_id) where role = 'none'`,

  `create table candidate_photo (
    option_id integer primary key references contest_option (id) on delete cascade,
    type text not null check (type in ('image/jpeg', 'image/png', 'image/webp')),
    bytes blob not null check (length(bytes) between 1 and 524288),
    sha256 text not null check (length(sha256) = 64)
  ) strict`,
  ...['insert', 'update', 'delete'].map((verb) => {
    const row = verb === 'delete' ? 'old' : 'new'
    return `create trigger candidate_photo_${verb}_in_draft before ${verb} on candidate_photo
      when (select status from election where id =
        (select election_id from contest where id =
          (select contest_id from contest_option where id = ${row}.option_id))) <> 'draft'
      begin select raise(abort, 'candidates are fixed at opening'); end`
  }),
]
