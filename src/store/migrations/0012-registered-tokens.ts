/** Files of public credentials that were taken in: the tokens of their elections are made on another machine. */
export const registeredTokens = [
  `create table token_registration (
    election_id integer not null references election (id) on delete cascade,
    sha256 text not null check (length(sha256) = 64),
    at text not null,
    primary key (election_id, sha256)
  ) strict, without rowid`,
]
