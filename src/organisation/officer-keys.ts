import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { findOfficer } from './find-officer.ts'
import { findOrganisation } from './find-organisation.ts'
import { OfficerKeyInvalid, OfficerKeyUnknown } from './refusals.ts'
import type { Role } from './roles.ts'

/** An officer as whoever signs, or acts by an API key. */
export interface ActingOfficer {
  readonly id: number
  readonly name: string
  readonly role: Role
  /** Of the unit for whose elections alone the officer acts; null for the whole organisation. */
  readonly unitId: number | null
}

interface RegisteredKey {
  /** Short name of the organisation. */
  organisation: string
  officer: string
  email: string
  publicKey: string
  /** False where it was registered for this officer before. */
  changed: boolean
}

/**
 * Registers the public key with which an officer signs, in place of the one before. What the old one signed stays good.
 * @param input.officer e-mail address or name
 * @throws OfficerNotFound, OfficerAmbiguous, OfficerKeyInvalid where it is, or was, somebody's
 */
export async function registerOfficerKey(
  work: UnitOfWork,
  input: { organisation: string | undefined; officer: string; publicKey: string },
): Promise<RegisteredKey> {
  return work.write('register officer key', async (tx) => {
    const { id, slug } = await findOrganisation(tx, input.organisation)
    const officer = await findOfficer(tx, id, input.officer)
    const { publicKey } = input
    const described = { organisation: slug, officer: officer.name, email: officer.email, publicKey }
    const known = await tx.db
      .selectFrom('officer_key')
      .selectAll()
      .where('public_key', '=', publicKey)
      .executeTakeFirst()
    if (known?.officer_id === officer.id && known.replaced_at === null)
      return { ...described, changed: false }
    if (known !== undefined) {
      throw new OfficerKeyInvalid(
        known.officer_id === officer.id
          ? `${officer.name} has replaced this key before.`
          : 'This key is registered for another officer.',
        { officer: officer.name, publicKey },
        'Make a new pair with: urna officer generate NAME',
      )
    }
    await tx.db
      .updateTable('officer_key')
      .set({ replaced_at: tx.now })
      .where('officer_id', '=', officer.id)
      .where('replaced_at', 'is', null)
      .execute()
    await tx.db
      .insertInto('officer_key')
      .values({ officer_id: officer.id, public_key: publicKey, created_at: tx.now, replaced_at: null })
      .execute()
    await tx.record({ action: 'officer-key-registered', details: described })
    return { ...described, changed: true }
  })
}

/**
 * Whose key it is, of the officers of an organisation who were not removed.
 * @throws OfficerKeyUnknown
 */
export async function officerOfKey(
  tx: ReadTransaction,
  organisationId: number,
  publicKey: string,
): Promise<ActingOfficer & { keyId: number }> {
  const officer = await tx.db
    .selectFrom('officer_key')
    .innerJoin('officer', 'officer.id', 'officer_key.officer_id')
    .select([
      'officer.id',
      'officer.name',
      'officer.role',
      'officer.unit_id as unitId',
      'officer_key.id as keyId',
    ])
    .where('officer.organisation_id', '=', organisationId)
    .where('officer.removed_at', 'is', null)
    .where('officer_key.public_key', '=', publicKey)
    .where('officer_key.replaced_at', 'is', null)
    .executeTakeFirst()
  if (officer === undefined) throw new OfficerKeyUnknown({ publicKey })
  return officer
}
