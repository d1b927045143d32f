import type { Election } from '../election/find-election.ts'
import { overSince } from '../election/schedule.ts'
import type { BallotForm } from './ballot-form.ts'
import { sentenceOfFault } from './choices.ts'
import type { FormRefusal } from './form-refusal.ts'

/** Why a ballot does not get into the box. */
export type BallotRefusalCode =
  | FormRefusal['refused']
  | 'unreadable'
  | 'too-large'
  | 'not-text'
  | 'unknown-credential'
  | 'revoked-token'
  | 'expired-token'
  | 'reserve-not-assigned'
  | 'struck-voter'
  | 'votes-on-paper'
  | 'vote-given-away'
  | 'not-present'
  | 'parts-exceed-weight'
  | 'recast-not-allowed'
  | 'code-needed'
  | 'code-wrong'
  | 'code-expired'
  | 'codes-suspended'
  | 'election-paused'
  | 'election-closed'
  | 'election-cancelled'

export interface BallotRefusal {
  readonly code: BallotRefusalCode
  /** One sentence, for the officer and the voter. */
  readonly reason: string
}

const sentences: Readonly<Record<BallotRefusalCode, string>> = {
  unreadable: 'The file can not be read.',
  'too-large': 'It is larger than any ballot of this election can be.',
  'not-text': 'It is not text in UTF-8.',
  'not-json': 'It is no sealed ballot: not JSON.',
  'wrong-shape': 'It is no sealed ballot of this election: its fields are not those of one.',
  'not-canonical': 'Its text was changed after sealing: another spacing, order or spelling of the same.',
  'not-an-element': 'It is no sealed ballot: one of its numbers is not of the group.',
  'not-a-scalar': 'It is no sealed ballot: one of its numbers is out of range.',
  'other-election': 'It was sealed for another election, or for a changed text of this one.',
  'wrong-hash': 'It was changed after sealing: the hash that was signed is another.',
  'wrong-signature': 'It was not signed with the token whose ballot it claims to be.',
  'wrong-proof': 'One of its proofs is wrong: what is sealed in it may not be an allowed vote.',
  'invalid-vote': 'What it says is no allowed vote.',
  'unknown-credential': 'Its credential is none of this election.',
  'revoked-token': 'Its token was revoked; the voter has another one, or none.',
  'expired-token': 'Its token has expired.',
  'reserve-not-assigned': 'Its token is of the reserve, and was given to no voter yet.',
  'struck-voter': 'Its voter was struck off the electoral roll.',
  'votes-on-paper': 'Its voter was struck off as voting on paper.',
  'vote-given-away':
    'The vote was given to another member, and who gave it away casts none while that stands.',
  'not-present':
    'Only who is present may vote, and who casts this ballot is not on the list of those present.',
  'parts-exceed-weight': 'Its parts weigh more together than the vote that they are of.',
  'recast-not-allowed': 'There is a ballot of this voter already, and this election allows only one.',
  'code-needed': 'This election asks for a one-time code, and none came with it.',
  'code-wrong': 'The one-time code is another.',
  'code-expired': 'There is no valid one-time code of this voter: ask for a new one.',
  'codes-suspended':
    'So many wrong one-time codes came within the hour that none is looked at now: try again later.',
  'election-paused': 'The election is paused.',
  'election-closed': 'The election is closed.',
  'election-cancelled': 'The election is cancelled.',
}

export function ballotRefusal(code: BallotRefusalCode): BallotRefusal {
  return { code, reason: sentences[code] }
}

/** Why the ballot itself is refused, with the contest where it lies in one. It never says what was chosen. */
export function formRefusal(
  { refused, place, fault }: FormRefusal,
  { titles, contests }: Pick<BallotForm, 'titles' | 'contests'>,
): BallotRefusal {
  const position = Number(/^answers\[(\d+)\]/.exec(place)?.[1] ?? -1)
  const title = titles[position]
  if (title === undefined) return ballotRefusal(refused)
  const contest = contests?.[position]
  const why = fault !== undefined && contest !== undefined && sentenceOfFault(fault, contest)
  return { code: refused, reason: `In the contest “${title}”: ${why ? `${why}.` : sentences[refused]}` }
}

/** Why an election takes no ballot at `now`, ISO 8601 in UTC; undefined where it does. */
export function timeRefusal(
  election: Pick<Election, 'status' | 'closes_at'>,
  now: string,
): BallotRefusal | undefined {
  switch (election.status) {
    case 'open':
    case 'paused':
      // Its time is over at the very second that was announced, whoever closes it and when.
      if (overSince(election, now) !== null) return ballotRefusal('election-closed')
      return election.status === 'open' ? undefined : ballotRefusal('election-paused')
    case 'cancelled':
      return ballotRefusal('election-cancelled')
    default:
      return ballotRefusal('election-closed')
  }
}
