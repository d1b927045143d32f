import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type Election, findElection } from './find-election.ts'

/** @throws ElectionNotFound, ElectionAmbiguous */
export async function readElection(work: UnitOfWork, slug: string | undefined): Promise<Election> {
  return work.read((tx) => findElection(tx, slug))
}
