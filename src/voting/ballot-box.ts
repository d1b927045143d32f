import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import { parseElection, type SealedElection } from '../sealing/election.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

/** What ballots are put into. */
export interface BallotBox {
  readonly election: Election
  readonly sealed: SealedElection
}

/** @throws ElectionNotFound, ElectionAmbiguous, WrongState before the election opened */
export async function findBallotBox(
  { work, group }: { work: UnitOfWork; group: Group },
  slug: string | undefined,
): Promise<BallotBox> {
  const election = await work.read((tx) => findElection(tx, slug))
  return { election, sealed: sealedElectionOf(group, election) }
}

/** The titles of the contests, in order. */
export function titlesOf({ parameters }: SealedElection): string[] {
  return parameters.questions.map((question) => question.value.question)
}

function sealedElectionOf(group: Group, election: Election): SealedElection {
  requireStatus(election, {
    deed: 'take ballots',
    allowed: ['open', 'paused', 'closed', 'tallied', 'certified', 'archived', 'cancelled'],
    hint: `Open it first with: urna election open ${election.slug}`,
  })
  // A draft that was cancelled never had a public election.
  if (election.sealed_json === null) requireStatus(election, { deed: 'take ballots', allowed: [] })
  const sealed = parseElection(group, election.sealed_json!)
  if ('refused' in sealed) throw new Error(`the public election in the file is unreadable`)
  return sealed
}
