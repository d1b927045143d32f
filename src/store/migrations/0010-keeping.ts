/** What the log says of voters is encrypted, and an election can lose its voters for good. */
export const keeping = [
  // Under it the log of an election says whose token was replaced and who was struck: without it nobody can tell.
  `create table log_key (
    election_id integer primary key references election (id) on delete cascade,
    key blob not null check (length(key) = 32)
  ) strict`,

  // The row comes first; it is what lets the rest go.
  `create table purge (
    election_id integer primary key references election (id),
    at text not null,
    officer text not null,
    -- the turnout as it was published, by unit and over time, which nobody can count any more
    figures text not null check (json_valid(figures))
  ) strict`,
  `create trigger purge_ended_only before insert on purge
    when not exists (select 1 from election where id = new.election_id
      and (status in ('certified', 'archived', 'cancelled') or published_at is not null))
    begin select raise(abort, 'only what is over loses its voters'); end`,
  ...['update', 'delete'].map(
    (verb) => `create trigger purge_no_${verb} before ${verb} on purge
      begin select raise(abort, 'what was purged stays so'); end`,
  ),
  `create trigger log_key_gone before insert on log_key
    when exists (select 1 from purge where election_id = new.election_id)
    begin select raise(abort, 'what was purged stays so'); end`,

  `drop trigger voter_fixed_update`,
  `create trigger voter_fixed_update before update on voter
    when (select status from election where id = old.election_id) <> 'draft'
      and not (new.member_id is null and new.id = old.id and new.election_id = old.election_id
        and new.number = old.number and new.name = old.name and new.weight_micros = old.weight_micros
        and new.email is old.email and new.phone is old.phone and new.status is old.status
        and new.region is old.region and new.chapter is old.chapter and new.district is old.district)
      and not (${purging('old.election_id')} and new.election_id = old.election_id
        and new.member_id is null and new.name = '' and new.email is null and new.phone is null
        and new.status is null and new.region is null and new.chapter is null and new.district is null)
    begin select raise(abort, 'the electoral roll is fixed at opening'); end`,
  `drop trigger voter_fixed_delete`,
  `create trigger voter_fixed_delete before delete on voter
    when (select status from election where id = old.election_id) <> 'draft'
      and not ${purging('old.election_id')}
    begin select raise(abort, 'the electoral roll is fixed at opening'); end`,
  `drop trigger roll_correction_no_delete`,
  `create trigger roll_correction_no_delete before delete on roll_correction
    when not ${purging('old.election_id')}
    begin select raise(abort, 'corrections stay'); end`,

  // Whose it was goes; that it was cast, and what is on the board, stays.
  `drop trigger ballot_only_superseded`,
  `create trigger ballot_only_superseded before update on ballot
    when not (old.effective = 1 and new.effective = 0 and new.id = old.id and new.election_id = old.election_id
      and new.voter_id is old.voter_id and new.token_id is old.token_id
      and new.tracking_code = old.tracking_code and new.board_position is old.board_position)
    and not (${purging('old.election_id')} and new.effective = old.effective and new.id = old.id
      and new.election_id = old.election_id and new.tracking_code = old.tracking_code
      and new.board_position is old.board_position)
    begin select raise(abort, 'an accepted ballot can only be superseded'); end`,

  `drop trigger contest_option_update_in_draft`,
  `create trigger contest_option_update_in_draft before update on contest_option
    when (select status from election where id =
      (select election_id from contest where id = new.contest_id)) <> 'draft'
    and not (${purging('(select election_id from contest where id = new.contest_id)')}
      and new.id = old.id and new.contest_id = old.contest_id and new.position = old.position
      and new.name = old.name and new.statement = '' and new.birth_date is null)
    begin select raise(abort, 'candidates are fixed at opening'); end`,
  `drop trigger candidate_photo_delete_in_draft`,
  `create trigger candidate_photo_delete_in_draft before delete on candidate_photo
    when (select status from election where id = (select election_id from contest where id =
      (select contest_id from contest_option where id = old.option_id))) <> 'draft'
    and not ${purging(`(select election_id from contest where id =
      (select contest_id from contest_option where id = old.option_id))`)}
    begin select raise(abort, 'candidates are fixed at opening'); end`,
]

function purging(election: string): string {
  return `exists (select 1 from purge where election_id = ${election})`
}
