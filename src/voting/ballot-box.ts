import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type BallotForm, readBallotForm } from './ballot-form.ts'

/** What ballots are put into. */
export interface BallotBox {
  readonly election: Election
  readonly form: BallotForm
}

/** @throws ElectionNotFound, ElectionAmbiguous, WrongState before the election opened */
export async function findBallotBox(
  { work, group }: { work: UnitOfWork; group: Group },
  slug: string | undefined,
): Promise<BallotBox> {
  const election = await work.read((tx) => findElection(tx, slug))
  return { election, form: formOf(group, election) }
}

function formOf(group: Group, election: Election): BallotForm {
  requireStatus(election, {
    deed: 'take ballots',
    allowed: ['open', 'paused', 'closed', 'tallied', 'certified', 'archived', 'cancelled'],
    hint: `Open it first with: urna election open ${election.slug}`,
  })
  // A draft that was cancelled never had a public election.
  if (election.sealed_json === null) requireStatus(election, { deed: 'take ballots', allowed: [] })
  const form = readBallotForm(group, election.sealed_json!)
  if ('refused' in form) throw new Error('the public election in the file is unreadable')
  return form
}
