/**
 * Pages that every ballot wrote to and nobody read: of the log only the chain is verified, in its order, and an index of
 * hashes is touched at another place by each entry. And the order of a box, which the board is read in page by page.
 */
export const leanerCasting = [
  `create table audit_entry_new (
    position integer primary key check (position > 0),
    at text not null,
    officer text not null,
    action text not null,
    election text,
    details text not null check (json_valid(details)),
    hash text not null check (length(hash) = 64)
  ) strict`,
  `insert into audit_entry_new (position, at, officer, action, election, details, hash)
    select position, at, officer, action, election, details, hash from audit_entry order by position`,
  `drop table audit_entry`,
  `alter table audit_entry_new rename to audit_entry`,
  ...['update', 'delete'].map(
    (verb) => `create trigger audit_entry_no_${verb} before ${verb} on audit_entry
      begin select raise(abort, 'the audit log is append-only'); end`,
  ),
  `create unique index ballot_on_board on ballot (election_id, board_position)`,
]
