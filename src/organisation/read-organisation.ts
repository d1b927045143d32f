import type { UnitOfWork } from '../store/unit-of-work.ts'
import { findOrganisation, type Organisation } from './find-organisation.ts'

/** @throws OrganisationNotFound, OrganisationAmbiguous */
export async function readOrganisation(work: UnitOfWork, slug: string | undefined): Promise<Organisation> {
  return work.read((tx) => findOrganisation(tx, slug))
}
