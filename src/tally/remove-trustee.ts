import { findElection } from '../election/find-election.ts'
import { readTrusteeGroup } from '../election/trustee-group.ts'
import { forgetStrayInvitations } from '../election/trustee-invitations.ts'
import { readTrustees } from '../election/trustees.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { namesOf, replaceGroup, requireDraftForTrustees } from './ceremony/declare-group.ts'
import { GroupInvalid, RestartNeeded } from './ceremony/refusals.ts'
import { NoSuchTrustee } from './refusals.ts'
import { removeTrusteeRows } from './remove-trustee-rows.ts'

export interface RemovedTrustee {
  election: string
  name: string
  kind: 'server' | 'person'
  /** The ceremony that those who are left hold again; null where the trustee was in no group. */
  ceremony: string | null
}

/**
 * Takes a trustee out of a draft. A group is then another one: those who are left hold their ceremony again, with the
 * same threshold.
 *
 * @param input.name that of the file's own key is `server`.
 * @throws WrongState, NoSuchTrustee, RestartNeeded, GroupInvalid
 */
export async function removeTrustee(
  { work, group }: { work: UnitOfWork; group: Group },
  input: { slug: string | undefined; name: string; begun: 'keep' | 'restart' },
): Promise<RemovedTrustee> {
  const { name, begun } = input
  return work.write('remove a trustee', async (tx) => {
    const election = await findElection(tx, input.slug)
    requireDraftForTrustees(election, 'remove a trustee')
    const { slug } = election
    const removed = { election: slug, name }
    const declared = await readTrusteeGroup(tx, election.id)
    if (declared?.members.some((member) => member.name === name)) {
      const rest = namesOf(declared).filter((other) => other !== name)
      if (rest.length < Math.max(declared.threshold, 2)) {
        throw new GroupInvalid(
          `Without ${name} there are ${rest.length} in the group, and its threshold is ${declared.threshold}: declare it anew, with others or another threshold.`,
          { election: slug, threshold: declared.threshold, trustees: rest },
        )
      }
      if (begun === 'keep') {
        throw new RestartNeeded({
          election: slug,
          reason: `${name} is in the group of ${namesOf(declared).join(', ')}.`,
          command: `urna trustee remove "${name}" ${slug} --restart`,
        })
      }
      const ceremony = await replaceGroup(tx, group, election, { threshold: declared.threshold, names: rest })
      await tx.record({ action: 'trustee-removed', election: slug, details: { name, ceremony } })
      return { ...removed, kind: 'person', ceremony }
    }
    const trustee = (await readTrustees(tx, election.id)).find((each) => each.name === name)
    if (trustee === undefined) throw new NoSuchTrustee({ election: slug, name })
    const { position, kind } = trustee
    await removeTrusteeRows(tx, election.id, [position])
    await forgetStrayInvitations(tx, election.id)
    await tx.record({ action: 'trustee-removed', election: slug, details: { position, name } })
    return { ...removed, kind, ceremony: null }
  })
}
