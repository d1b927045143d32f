import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import { rightsOf } from '../election/rights.ts'
import { momentOfText, sentenceOfTimeFault } from '../election/zoned-time.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { DelegationInvalid, DelegationRefused } from './delegation-refusals.ts'
import {
  delegationsFor,
  type GivenVote,
  type StandingDelegation,
  standingDelegations,
} from './delegations.ts'
import { giveWhileOpen } from './give-while-open.ts'
import { type CheckedGiving, requireOneHop, requireWithin } from './giving.ts'
import { MemberNotFound } from './refusals.ts'

export interface GivingVote extends GivenVote {
  readonly reason: string
  /** As people write it, in the zone of the election, or in UTC; undefined for no end. */
  readonly expires?: string | undefined
}

export interface GaveVote {
  /** Undefined for every election of the organisation. */
  election: string | undefined
  represented: { number: string; name: string }
  acting: { number: string; name: string }
  /** ISO 8601 in UTC. */
  expiresAt: string | null
  /** False if it was given so already. */
  changed: boolean
  /** While the election is open: the line of the file of tokens that the acting member votes with. */
  reserve: string | null
}

/** Where a vote is given: in one election, or in all of an organisation. */
export interface DelegationScope {
  readonly organisationId: number
  readonly election: Election | undefined
}

/**
 * Gives a member's vote to another member, who casts it in their stead: in one election, or in all that open from now
 * on. While an election is open that is a correction, and needs a reserve token.
 * @param input.election short name; undefined for all of the organisation
 * @throws DelegationInvalid, DelegationRefused, MemberNotFound, VoterNotFound, WrongState, NoReserveToken,
 *   ReserveWeighsOtherwise, OrganisationNotFound, OrganisationAmbiguous, ElectionNotFound
 */
export async function giveVote(
  work: UnitOfWork,
  input: GivingVote & { organisation: string | undefined; election: string | undefined },
): Promise<GaveVote> {
  return work.write('give a vote to another', async (tx) => giveIn(tx, await scopeOf(tx, input), input))
}

export async function scopeOf(
  tx: WriteTransaction,
  input: { organisation: string | undefined; election: string | undefined },
): Promise<DelegationScope> {
  if (input.election === undefined) {
    const { id } = await findOrganisation(tx, input.organisation)
    return { organisationId: id, election: undefined }
  }
  const election = await findElection(tx, input.election)
  const deed = 'give a vote to another'
  requireStatus(election, { deed, allowed: ['draft', 'open', 'paused'] })
  if (election.runoff_of !== null) {
    const hint = 'In a runoff votes are given as in the election it decides.'
    requireStatus(election, { deed, allowed: ['open', 'paused'], hint })
  }
  return { organisationId: election.organisation_id, election }
}

/** As `giveVote`, in the transaction of the caller. */
export async function giveIn(
  tx: WriteTransaction,
  { organisationId, election }: DelegationScope,
  input: GivingVote,
): Promise<GaveVote> {
  const given = checkedInput(tx, election, input)
  const represented = await memberOf(tx, organisationId, input.represented)
  const acting = await memberOf(tx, organisationId, input.acting)
  if (represented.id === acting.id) {
    throw new DelegationRefused(input, `${input.represented} can't give the vote to themselves`)
  }
  if (election !== undefined && !rightsOf(election).allowDelegation) {
    const hint = `In a draft, allow it with: urna election edit ${election.slug} --delegation`
    throw new DelegationRefused(input, `In ${election.slug} no vote can be given to another member`, hint)
  }
  const done = {
    election: election?.slug,
    represented: { number: represented.number, name: represented.name },
    acting: { number: acting.number, name: acting.name },
    expiresAt: given.expiresAt,
  }
  if (election !== undefined && election.status !== 'draft') {
    return { ...done, ...(await giveWhileOpen(tx, { election, given, acting })) }
  }
  const standing = await standingDelegations(tx, organisationId, election?.id ?? 'all')
  const slug = election?.slug ?? null
  const before = standing.find((each) => each.represented === input.represented && each.election === slug)
  if (before !== undefined) {
    if (before.acting === input.acting && before.expiresAt === given.expiresAt) {
      return { ...done, changed: false, reserve: null }
    }
    throw givenBefore(input, before)
  }
  requireOneHop(standing, input)
  if (election !== undefined) await requireRoom(tx, election, input)
  await tx.db
    .updateTable('delegation')
    .set({ revoked_at: tx.now, revoked_by: tx.officer, revoked_reason: 'expired' })
    .where('represented_id', '=', represented.id)
    .where('election_id', 'is', election?.id ?? null)
    .where('revoked_at', 'is', null)
    .execute()
  await tx.db
    .insertInto('delegation')
    .values({
      ...{ organisation_id: organisationId, election_id: election?.id ?? null },
      ...{ represented_id: represented.id, acting_id: acting.id, reason: given.reason },
      ...{ expires_at: given.expiresAt, officer: tx.officer, at: tx.now },
    })
    .execute()
  await recordGiven(tx, election, given)
  return { ...done, changed: true, reserve: null }
}

/** With the names of people only where an election has a key for them. */
async function recordGiven(
  tx: WriteTransaction,
  election: Election | undefined,
  { represented, acting, reason, expiresAt }: CheckedGiving,
): Promise<void> {
  await tx.record({
    action: 'vote-given',
    details: { expiresAt },
    ...(election !== undefined && { election: election.slug, personal: { represented, acting, reason } }),
  })
}

/** @throws DelegationInvalid */
function checkedInput(
  { now }: WriteTransaction,
  election: Election | undefined,
  { represented, acting, reason, expires }: GivingVote,
): CheckedGiving {
  if (reason.trim() === '') {
    throw new DelegationInvalid(
      'A vote is given with a reason, which is listed with it',
      'Give it with --reason TEXT.',
    )
  }
  if (expires === undefined) return { represented, acting, reason: reason.trim(), expiresAt: null }
  const moment = momentOfText(expires, election?.zone ?? 'UTC')
  if (typeof moment !== 'string') throw new DelegationInvalid(sentenceOfTimeFault(expires, moment))
  if (moment <= now) throw new DelegationInvalid(`${expires} is past`)
  return { represented, acting, reason: reason.trim(), expiresAt: moment }
}

/** @throws MemberNotFound */
async function memberOf(tx: WriteTransaction, organisationId: number, number: string) {
  const member = await tx.db
    .selectFrom('member')
    .select(['id', 'number', 'name', 'email', 'phone'])
    .where('organisation_id', '=', organisationId)
    .where('number', '=', number)
    .executeTakeFirst()
  if (member === undefined) throw new MemberNotFound(number)
  return member
}

function givenBefore(given: GivenVote, before: StandingDelegation): DelegationRefused {
  const where = before.election === null ? '' : ` --election ${before.election}`
  return new DelegationRefused(
    given,
    `${given.represented} has given the vote to ${before.acting} already`,
    `Take it back first: urna delegation revoke ${given.represented}${where} --reason TEXT`,
  )
}

/** @throws DelegationRefused where the acting member represents as many as the election allows */
async function requireRoom(tx: WriteTransaction, election: Election, given: GivenVote): Promise<void> {
  const { maxRepresented } = rightsOf(election)
  if (maxRepresented === null) return
  const standing = await delegationsFor(tx, election)
  const others = standing.filter(
    ({ acting, represented }) => acting === given.acting && represented !== given.represented,
  )
  requireWithin(others.length, { given, election: election.slug, maxRepresented })
}
