import { z } from 'zod'
import { type Change, changesBetween } from '../election/changes.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { findOfficer, type Officer, officersCalled } from './find-officer.ts'
import { findOrganisation } from './find-organisation.ts'
import { OfficerExists, OfficerInvalid, OfficerNotFound } from './refusals.ts'
import { type Role, roles } from './roles.ts'
import { readUnitTree, requireUnit } from './units.ts'

interface DescribedOfficer {
  /** Short name of the organisation. */
  organisation: string
  name: string
  email: string
  role: Role
  /** Short name of the unit for whose elections alone the officer acts; null for the whole organisation. */
  unit: string | null
}

interface ListedOfficer extends DescribedOfficer {
  /** With which the officer signs; null for who has none. */
  publicKey: string | null
  /** ISO 8601 in UTC. */
  since: string
  removedAt: string | null
}

/**
 * Adds an officer. By itself this opens nothing: an officer acts by a key.
 * @param input.unit short name; undefined for the whole organisation
 * @throws OrganisationNotFound, OrganisationAmbiguous, OfficerInvalid, OfficerExists, UnitNotFound
 */
export async function addOfficer(
  work: UnitOfWork,
  input: {
    organisation: string | undefined
    name: string
    email: string
    role: Role
    unit?: string | undefined
  },
): Promise<DescribedOfficer> {
  const facts = requireFacts(input)
  return work.write('add officer', async (tx) => {
    const organisation = await findOrganisation(tx, input.organisation)
    await requireFreeAddress(tx, organisation.id, facts.email)
    await tx.db
      .insertInto('officer')
      .values({
        ...{ organisation_id: organisation.id, ...facts, created_at: tx.now, removed_at: null },
        unit_id: await unitFor(tx, organisation.id, { role: facts.role, unit: input.unit ?? null }),
      })
      .execute()
    const described = { organisation: organisation.slug, ...facts, unit: input.unit ?? null }
    await tx.record({ action: 'officer-added', details: described })
    return described
  })
}

/** The officers of an organisation, the oldest first; those who were removed at the end. */
export async function listOfficers(
  work: UnitOfWork,
  organisation: string | undefined,
): Promise<ListedOfficer[]> {
  return work.read(async (tx) => {
    const { id, slug } = await findOrganisation(tx, organisation)
    const officers = await tx.db
      .selectFrom('officer')
      .leftJoin('officer_key', (join) =>
        join.onRef('officer_key.officer_id', '=', 'officer.id').on('officer_key.replaced_at', 'is', null),
      )
      .selectAll('officer')
      .leftJoin('unit', 'unit.id', 'officer.unit_id')
      .select(['officer_key.public_key', 'unit.slug as unit'])
      .where('officer.organisation_id', '=', id)
      .orderBy(({ eb }) => eb('removed_at', 'is not', null))
      .orderBy('officer.id')
      .execute()
    return officers.map((officer) => ({
      organisation: slug,
      ...factsOf(officer),
      unit: officer.unit,
      publicKey: officer.public_key,
      since: officer.created_at,
      removedAt: officer.removed_at,
    }))
  })
}

/**
 * Changes an officer; another role holds at once, for keys and sessions too. What is left out stays as it is.
 * @param input.officer e-mail address or name
 * @param input.changes.unit short name; null for the whole organisation
 * @throws OfficerNotFound, OfficerAmbiguous, OfficerExists, OfficerInvalid, UnitNotFound
 */
export async function editOfficer(
  work: UnitOfWork,
  input: {
    organisation: string | undefined
    officer: string
    changes: { name?: string; email?: string; role?: Role; unit?: string | null }
  },
): Promise<DescribedOfficer & { changes: Change[] }> {
  return work.write('edit officer', async (tx) => {
    const { id: organisationId, slug } = await findOrganisation(tx, input.organisation)
    const officer = await findOfficer(tx, organisationId, input.officer)
    const { unit: wanted, ...changed } = input.changes
    const before = { ...factsOf(officer), unit: await slugOfUnit(tx, officer.unit_id) }
    const facts = requireFacts({ ...factsOf(officer), ...changed })
    const after = { ...facts, unit: wanted === undefined ? before.unit : wanted }
    const unit_id = await unitFor(tx, organisationId, after)
    if (after.email !== before.email) await requireFreeAddress(tx, organisationId, after.email)
    const changes = changesBetween(before, after)
    if (changes.length > 0) {
      await tx.db
        .updateTable('officer')
        .set({ ...facts, unit_id })
        .where('id', '=', officer.id)
        .execute()
      const details = { organisation: slug, name: before.name, changes }
      await tx.record({ action: 'officer-edited', details })
    }
    return { organisation: slug, ...after, changes }
  })
}

/**
 * Removes an officer, whose keys and sessions end at once. The name stays, for the log speaks of it.
 * @returns changed: false if it was done already
 * @throws OfficerNotFound, OfficerAmbiguous
 */
export async function removeOfficer(
  work: UnitOfWork,
  input: { organisation: string | undefined; officer: string },
): Promise<DescribedOfficer & { changed: boolean; revokedKeys: number }> {
  return work.write('remove officer', async (tx) => {
    const { id, slug } = await findOrganisation(tx, input.organisation)
    const known = await officersCalled(tx, id, input.officer)
    const [latest] = known
    if (latest === undefined) throw new OfficerNotFound(input.officer)
    if (known.every(({ removed_at }) => removed_at !== null)) {
      const unit = await slugOfUnit(tx, latest.unit_id)
      return { organisation: slug, ...factsOf(latest), unit, changed: false, revokedKeys: 0 }
    }
    const officer = await findOfficer(tx, id, input.officer)
    const unit = await slugOfUnit(tx, officer.unit_id)
    const described = { organisation: slug, ...factsOf(officer), unit }
    const revokedKeys = await endAccess(tx, officer.id)
    await tx.db.updateTable('officer').set({ removed_at: tx.now }).where('id', '=', officer.id).execute()
    await tx.record({ action: 'officer-removed', details: { ...described, revokedKeys } })
    return { ...described, changed: true, revokedKeys }
  })
}

/** @returns how many keys were revoked */
async function endAccess(tx: WriteTransaction, officerId: number): Promise<number> {
  const keys = tx.db.selectFrom('api_key').select('id').where('officer_id', '=', officerId)
  await tx.db.deleteFrom('session').where('key_id', 'in', keys).execute()
  const { numUpdatedRows } = await tx.db
    .updateTable('api_key')
    .set({ revoked_at: tx.now })
    .where('officer_id', '=', officerId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** @throws OfficerInvalid, UnitNotFound */
async function unitFor(
  tx: WriteTransaction,
  organisationId: number,
  { role, unit }: { role: Role; unit: string | null },
): Promise<number | null> {
  if (unit === null) return null
  if (role === 'owner') {
    throw new OfficerInvalid('An owner answers for the whole organisation, and is of no unit.', {
      role,
      unit,
    })
  }
  return requireUnit(await readUnitTree(tx, organisationId), unit).id
}

async function slugOfUnit(tx: WriteTransaction, id: number | null): Promise<string | null> {
  if (id === null) return null
  const unit = await tx.db.selectFrom('unit').select('slug').where('id', '=', id).executeTakeFirst()
  return unit?.slug ?? null
}

type Facts = Pick<Officer, 'name' | 'email' | 'role'>

function factsOf({ name, email, role }: Officer): Facts {
  return { name, email, role }
}

const factsSchema = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.string().trim().toLowerCase().pipe(z.email()),
  role: z.enum(roles),
})

/** @throws OfficerInvalid */
function requireFacts(facts: { name: string; email: string; role: string }): Facts {
  const parsed = factsSchema.safeParse(facts)
  if (parsed.success) return parsed.data
  switch (parsed.error.issues[0]?.path[0]) {
    case 'name':
      throw new OfficerInvalid('An officer needs a name, of 200 characters at most.')
    case 'email':
      throw new OfficerInvalid(`"${facts.email}" is not an e-mail address.`, { email: facts.email })
    default:
      throw new OfficerInvalid(
        `There is no role "${facts.role}".`,
        { role: facts.role },
        `There are: ${roles.join(', ')}`,
      )
  }
}

/** @throws OfficerExists */
async function requireFreeAddress(
  tx: WriteTransaction,
  organisationId: number,
  email: string,
): Promise<void> {
  const taken = await tx.db
    .selectFrom('officer')
    .select('name')
    .where('organisation_id', '=', organisationId)
    .where('email', '=', email)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (taken !== undefined) throw new OfficerExists({ email, name: taken.name })
}
