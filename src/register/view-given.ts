import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type ListedDelegation, listDelegations } from './list-delegations.ts'
import { listPresent, type PresentMember } from './presence.ts'

/**
 * `listDelegations` for officers who ask over the network: who has seen it is in the log.
 * @throws as it
 */
export async function viewDelegations(
  work: UnitOfWork,
  input: { organisation: string | undefined; election: string | undefined },
): Promise<{ delegations: ListedDelegation[] }> {
  const delegations = await listDelegations(work, input)
  const { organisation, election } = input
  await work.write('view delegations', (tx) =>
    tx.record({
      action: 'delegations-viewed',
      ...(election === undefined ? { details: { organisation } } : { election }),
    }),
  )
  return { delegations }
}

/**
 * `listPresent` in the same way.
 * @throws as it
 */
export async function viewPresent(
  work: UnitOfWork,
  organisation: string,
): Promise<{ organisation: string; present: PresentMember[] }> {
  const listed = await listPresent(work, organisation)
  await work.write('view who is present', (tx) =>
    tx.record({ action: 'presence-viewed', details: { organisation } }),
  )
  return listed
}
