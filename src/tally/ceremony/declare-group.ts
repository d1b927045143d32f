import { type Election, findElection, requireStatus } from '../../election/find-election.ts'
import { NotSealed } from '../../election/refusals.ts'
import { readTrusteeGroup, type TrusteeGroup } from '../../election/trustee-group.ts'
import { forgetRefusals, forgetStrayInvitations } from '../../election/trustee-invitations.ts'
import { readTrustees } from '../../election/trustees.ts'
import { generateUuid } from '../../sealing/credential.ts'
import type { Group } from '../../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../../store/unit-of-work.ts'
import { TrusteeExists } from '../refusals.ts'
import { removeTrusteeRows } from '../remove-trustee-rows.ts'
import { GroupInvalid, RestartNeeded } from './refusals.ts'

/** A ceremony is n² sealed messages, and people who meet by telephone. */
const largestGroup = 30

export interface DeclaredGroup {
  election: string
  /** Names the ceremony. */
  ceremony: string
  threshold: number
  trustees: string[]
  changed: boolean
  /** Whether a ceremony before this one is void. */
  restarted: boolean
}

export interface GroupRequest {
  readonly slug: string | undefined
  readonly threshold: number
  /** Of the trustees, in their order. */
  readonly names: readonly string[]
  /** What to do with a ceremony that has begun. */
  readonly begun: 'keep' | 'restart'
}

/**
 * Declares a group of trustees of whom `threshold` suffice. The same again changes nothing.
 *
 * @throws WrongState once the election was opened
 * @throws GroupInvalid, TrusteeExists, RestartNeeded
 */
export async function declareGroup(
  { work, group }: { work: UnitOfWork; group: Group },
  request: GroupRequest,
): Promise<DeclaredGroup> {
  const { threshold, names } = request
  requireSensible(request)
  return work.write('declare a group of trustees', async (tx) => {
    const election = await findElection(tx, request.slug)
    requireDraftForTrustees(election, 'change its trustees')
    const present = await readTrusteeGroup(tx, election.id)
    const wanted = { election: election.slug, threshold, trustees: [...names] }
    if (present !== undefined && request.begun === 'keep') {
      if (isSame(present, request)) {
        return { ...wanted, ceremony: present.ceremony, changed: false, restarted: false }
      }
      throw new RestartNeeded({
        election: election.slug,
        reason: `${election.slug} has a group already: ${present.threshold} of ${namesOf(present).join(', ')}.`,
        command: `urna trustee group ${election.slug} --threshold ${threshold} --of "${names.join(',')}" --restart`,
      })
    }
    const single = (await readTrustees(tx, election.id)).find(
      ({ name, place }) => place === null && names.includes(name),
    )
    if (single !== undefined) {
      throw new TrusteeExists({ election: election.slug, name: single.name, same: 'name' })
    }
    const ceremony = await replaceGroup(tx, group, election, { threshold, names })
    return { ...wanted, ceremony, changed: true, restarted: present !== undefined }
  })
}

/** @throws WrongState */
export function requireDraftForTrustees(election: Election, deed: string): void {
  if (election.visibility !== 'secret') throw new NotSealed(election.slug)
  requireStatus(election, {
    deed,
    allowed: ['draft'],
    hint: 'The key of an election is that of all its trustees together, so they are fixed when it opens.',
  })
}

/** A new ceremony among these, whatever there was. @returns its name */
export async function replaceGroup(
  tx: WriteTransaction,
  group: Group,
  election: Election,
  { threshold, names }: { threshold: number; names: readonly string[] },
): Promise<string> {
  const inGroup = (await readTrustees(tx, election.id)).filter(({ place }) => place !== null)
  await removeTrusteeRows(
    tx,
    election.id,
    inGroup.map(({ position }) => position),
  )
  await tx.db.deleteFrom('trustee_group').where('election_id', '=', election.id).execute()
  const ceremony = generateUuid(group)
  await tx.db
    .insertInto('trustee_group')
    .values({ election_id: election.id, ceremony, threshold, parameters: null, created_at: tx.now })
    .execute()
  const members = names.map((name, index) => ({
    ...{ election_id: election.id, place: index + 1, name },
    ...{ certificate: null, shares: null, public_key: null },
  }))
  await tx.db.insertInto('group_member').values(members).execute()
  await forgetStrayInvitations(tx, election.id)
  await forgetRefusals(tx, election.id)
  await tx.record({
    action: 'trustee-group-declared',
    election: election.slug,
    details: { ceremony, threshold, trustees: names },
  })
  return ceremony
}

function requireSensible({ threshold, names }: GroupRequest): void {
  if (new Set(names).size !== names.length) {
    throw new GroupInvalid('A trustee can be in the group once only: give each another name.', { names })
  }
  if (names.length < 2 || names.length > largestGroup) {
    throw new GroupInvalid(`A group has 2 to ${largestGroup} trustees, not ${names.length}.`, {
      trustees: names.length,
    })
  }
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > names.length) {
    throw new GroupInvalid(
      `The threshold of ${names.length} trustees is from 1 to ${names.length}, not ${threshold}.`,
      { threshold, trustees: names.length },
    )
  }
}

function isSame(present: TrusteeGroup, { threshold, names }: GroupRequest): boolean {
  return present.threshold === threshold && JSON.stringify(namesOf(present)) === JSON.stringify(names)
}

export function namesOf({ members }: TrusteeGroup): string[] {
  return members.map(({ name }) => name)
}
