/**
 * Elections whose ballots are not sealed: in the clear, by name, or none at all. Ballots in the clear can lose their
 * voters for good, so the tables of the box are made anew: what is anonymous has no voter, no token and no place on
 * the board.
 */
export const polls = [
  `alter table election add column visibility text not null default 'secret'
    check (visibility in ('secret', 'open', 'named', 'manual'))`,
  `alter table election add column allow_invalid integer not null default 0
    check (allow_invalid in (0, 1) and (allow_invalid = 0 or visibility in ('open', 'named')))`,
  `alter table election add column live_voting integer not null default 0
    check (live_voting in (0, 1) and (live_voting = 0 or visibility in ('open', 'named')))`,
  `alter table election add column anonymised_at text
    check (anonymised_at is null or (visibility = 'open' and status in ('tallied', 'certified', 'archived')))`,
  `create trigger election_visibility_fixed before update of visibility, allow_invalid, live_voting on election
    when old.status <> 'draft' and (new.visibility <> old.visibility or new.allow_invalid <> old.allow_invalid
      or new.live_voting <> old.live_voting)
    begin select raise(abort, 'who may see the votes is fixed at opening'); end`,
  `create trigger election_anonymised_once before update of anonymised_at on election
    when old.anonymised_at is not null and new.anonymised_at is not old.anonymised_at
    begin select raise(abort, 'what is anonymous stays anonymous'); end`,

  // Nobody casts in a manual election: it is closed as its result is typed in.
  `drop trigger election_status_steps`,
  `create trigger election_status_steps before update of status on election
    when not (old.status = new.status or old.status || '>' || new.status in (
      'draft>open', 'open>paused', 'paused>open', 'open>closed', 'paused>closed', 'closed>tallied',
      'tallied>certified', 'certified>archived',
      'draft>cancelled', 'open>cancelled', 'paused>cancelled', 'closed>cancelled')
      or (old.status = 'draft' and new.status = 'closed' and old.visibility = 'manual'))
    or (old.status = 'draft' and new.status = 'open' and old.visibility = 'manual')
    begin select raise(abort, 'an election can not take this step'); end`,

  // The result of a manual election, as an officer typed it in.
  `create table entered_result (
    election_id integer primary key references election (id),
    body text not null check (json_valid(body)),
    officer text not null,
    at text not null
  ) strict`,
  `create trigger entered_result_manual_only before insert on entered_result
    when (select visibility from election where id = new.election_id) <> 'manual'
    begin select raise(abort, 'only the result of a manual election is typed in'); end`,

  // What was voted in an election that is anonymous now: of each contest the choices, sorted, alike ones together.
  // Once it is there, nothing of the box or the board can be deleted any more.
  `create table anonymous_box (
    election_id integer primary key references election (id),
    body text not null check (json_valid(body))
  ) strict`,
  ...['update', 'delete'].map(
    (verb) => `create trigger anonymous_box_no_${verb} before ${verb} on anonymous_box
      begin select raise(abort, 'what was voted stays'); end`,
  ),

  `create table ballot_new (
    id integer primary key,
    election_id integer not null references election (id),
    -- these three are null in an election that was made anonymous
    voter_id integer references voter (id),
    token_id integer references token (id),
    -- the record of the board that holds the ballot
    board_position integer,
    -- unpadded base64 of the SHA-256 of the ballot
    tracking_code text not null check (length(tracking_code) = 43),
    effective integer not null check (effective in (0, 1)),
    unique (election_id, tracking_code),
    check ((voter_id is null) = (token_id is null) and (voter_id is null) = (board_position is null)),
    foreign key (election_id, board_position) references board_record (election_id, position)
  ) strict`,
  `insert into ballot_new (id, election_id, voter_id, token_id, board_position, tracking_code, effective)
    select id, election_id, voter_id, token_id, board_position, tracking_code, effective from ballot`,
  `drop table ballot`,
  `alter table ballot_new rename to ballot`,
  `create unique index one_effective_ballot_a_right on ballot (election_id, voter_id) where effective = 1`,
  `create unique index ballot_on_board on ballot (election_id, board_position)`,
  `create trigger ballot_no_delete before delete on ballot when ${losesNoVoters('old')}
    begin select raise(abort, 'an accepted ballot stays'); end`,
  `create trigger ballot_has_a_voter before insert on ballot
    when new.voter_id is null and ${losesNoVoters('new')}
    begin select raise(abort, 'a ballot is cast by a voter'); end`,
  `create trigger ballot_only_superseded before update on ballot
    when not (old.effective = 1 and new.effective = 0 and new.id = old.id and new.election_id = old.election_id
      and new.voter_id is old.voter_id and new.token_id is old.token_id
      and new.tracking_code = old.tracking_code and new.board_position is old.board_position)
    begin select raise(abort, 'an accepted ballot can only be superseded'); end`,
  `drop trigger board_record_no_delete`,
  `create trigger board_record_no_delete before delete on board_record when ${losesNoVoters('old')}
    begin select raise(abort, 'the board is append-only'); end`,
]

/** Whether the election of a row is not just being made anonymous. */
function losesNoVoters(row: 'old' | 'new'): string {
  return `((select anonymised_at from election where id = ${row}.election_id) is null
    or exists (select 1 from anonymous_box where election_id = ${row}.election_id))`
}
