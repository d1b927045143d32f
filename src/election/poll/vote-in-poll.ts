import { formatWeight } from '../../register/weights.ts'
import type { Group } from '../../sealing/group.ts'
import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { memberOf, readStrictJson, textOfNode } from '../../tabulation/openslides/strict-json.ts'
import { type CastFault, castFor } from '../../voting/cast-for.ts'
import { serviceToken } from '../../voting/service-tokens.ts'
import type { VoteBody } from './bodies.ts'
import { choiceOfBallot } from './choice.ts'
import { findPoll, type PollAddress, stateOf } from './find-poll.ts'
import { PollRefused } from './refusals.ts'

/** What a member says in a poll, as the service passes it on. */
export interface PollVote extends PollAddress {
  /** API key of the service. */
  readonly key: string
  /** Number of the member whom the service has signed in; `0` for nobody. */
  readonly acting: string
  readonly body: VoteBody
  /** The body as it was sent: what is written twice in it, or as no number is, is lost once it is parsed. */
  readonly text: string
}

/**
 * Casts a ballot for a member, who may act for another.
 * @throws PollRefused `invalid`, `not-exist`, `not-allowed`, `not-started`, `invalid_ballot`, `double-vote`
 */
export async function voteInPoll(
  { work, group }: { work: UnitOfWork; group: Group },
  { key, acting, body, text, ...address }: PollVote,
): Promise<void> {
  if (acting === '0') throw new PollRefused('invalid', 'Anonymous can not vote')
  const represented = String(body.meeting_user_id ?? acting)
  const { poll, weight } = await work.read(async (tx) => {
    const poll = await findPoll(tx, address)
    const member = await tx.db
      .selectFrom('member')
      .select('id')
      .where('organisation_id', '=', address.organisationId)
      .where('number', '=', acting)
      .executeTakeFirst()
    if (member === undefined) throw new PollRefused('invalid', 'You have to be in the meeting to vote')
    if (represented === '0') throw new PollRefused('not-allowed', 'You can not vote for anonymous.')
    if (stateOf(poll.election) !== 'started') throw notStarted(poll.id)
    const voter = await tx.db
      .selectFrom('voter')
      .select('weight_micros')
      .where('election_id', '=', poll.election.id)
      .where('number', '=', represented)
      .executeTakeFirst()
    if (voter === undefined) {
      throw new PollRefused('not-allowed', `Member ${represented} is in no entitled group`)
    }
    return { poll, weight: formatWeight(voter.weight_micros) }
  })
  const { election, rules } = poll
  const split = body.split ?? false
  if (split && !rules.allow_vote_split) {
    throw new PollRefused('invalid', `Vote split is not allowed for poll ${poll.id}`)
  }
  const choice = choiceOfBallot(rules, { value: valueIn(text), weight, split })
  const verdict = await castFor(
    { work, group },
    {
      ...{ election: election.slug, acting, represented, selections: [choice] },
      tokenOf: (casting) => serviceToken(key, { uuid: election.uuid, ...casting }),
    },
  )
  if (verdict.outcome === 'refused') throw refusedAs(verdict.fault, { poll: poll.id, reason: verdict.reason })
}

/** The JSON of the ballot, letter by letter. @throws PollRefused `invalid_ballot` */
function valueIn(text: string): string {
  const body = readStrictJson(text)
  const value = body === undefined ? undefined : memberOf(body, 'value')
  if (value === undefined) throw new PollRefused('invalid_ballot', 'The ballot does not stand: no JSON.')
  return textOfNode(value)
}

function notStarted(poll: number): PollRefused {
  return new PollRefused('not-started', `Poll ${poll} is not started`)
}

function refusedAs(fault: CastFault, { poll, reason }: { poll: number; reason: string }): PollRefused {
  if (fault === 'not-started') return notStarted(poll)
  if (fault === 'double-vote') {
    return new PollRefused('double-vote', `You can not vote again on poll ${poll}`)
  }
  return new PollRefused(fault, reason)
}
