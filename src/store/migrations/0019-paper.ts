/** Votes on paper: who was struck off for one, and what was counted of them. */
export const paper = [
  // Who struck the voter off as voting on paper; null for a ballot that was cast here.
  `alter table mark add column paper_officer text`,
  `create trigger mark_paper_once before insert on mark
    when new.paper_officer is not null and exists (select 1 from ballot
      where election_id = new.election_id and voter_id = new.voter_id and effective = 1)
    begin select raise(abort, 'a ballot in the box can not be taken out'); end`,
  `create trigger ballot_not_beside_paper before insert on ballot
    when exists (select 1 from mark
      where election_id = new.election_id and voter_id = new.voter_id and paper_officer is not null)
    begin select raise(abort, 'who votes on paper casts no other ballot'); end`,

  // A pile of papers that is counted by itself, as its cover sheet has it.
  `create table paper_batch (
    id integer primary key,
    election_id integer not null references election (id) on delete cascade,
    number integer not null check (number > 0),
    place text not null check (length(trim(place)) > 0),
    issued integer not null check (issued >= 0),
    spoiled integer not null check (spoiled >= 0),
    papers integer not null check (papers >= 0),
    officer text not null,
    at text not null,
    unique (election_id, number)
  ) strict`,
  // What one officer read from a batch in one contest: the first and the second by themselves, the third where they differ.
  `create table paper_entry (
    id integer primary key,
    batch_id integer not null references paper_batch (id) on delete cascade,
    contest_id integer not null references contest (id),
    turn integer not null check (turn in (1, 2, 3)),
    body text not null check (json_valid(body)),
    reason text check (length(trim(reason)) > 0),
    officer_id integer not null references officer (id),
    public_key text not null,
    signature text not null,
    at text not null,
    unique (batch_id, contest_id, turn),
    check ((turn = 3) = (reason is not null))
  ) strict`,
  `create unique index two_officers_a_batch on paper_entry (batch_id, contest_id, officer_id) where turn < 3`,
  `create index paper_entry_contest on paper_entry (contest_id)`,
  `create index paper_entry_officer on paper_entry (officer_id)`,
  ...['insert', 'update', 'delete'].flatMap((verb) => {
    const row = verb === 'delete' ? 'old' : 'new'
    return [
      `create trigger paper_batch_${verb}_in_time before ${verb} on paper_batch
        when (select status from election where id = ${row}.election_id) <> 'closed'
        begin select raise(abort, 'paper is counted between the close and the count'); end`,
      `create trigger paper_entry_${verb}_in_time before ${verb} on paper_entry
        when (select status from election where id =
          (select election_id from paper_batch where id = ${row}.batch_id)) <> 'closed'
        begin select raise(abort, 'paper is counted between the close and the count'); end`,
    ]
  }),
]
