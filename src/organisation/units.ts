import { slugOf } from '../election/slug.ts'
import type { ReadTransaction, UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { requireSlug } from './add-organisation.ts'
import { findOrganisation } from './find-organisation.ts'
import { UnitExists, UnitInUse, UnitInvalid, UnitNotFound } from './unit-refusals.ts'
import { type Unit, type UnitKind, UnitTree, unitKinds } from './unit-tree.ts'

/** A unit as an officer names it. */
export interface NewUnit {
  readonly name: string
  readonly kind: string
  /** Short name of the one that holds it; undefined at the top. */
  readonly parent: string | undefined
  /** Short name; undefined for one made from the name. */
  readonly slug: string | undefined
}

export interface DescribedUnit {
  unit: string
  name: string
  kind: UnitKind
  /** Short name of the one that holds it; null at the top. */
  parent: string | null
}

export async function readUnitTree(tx: ReadTransaction, organisationId: number): Promise<UnitTree> {
  const units = await tx.db
    .selectFrom('unit')
    .select(['id', 'parent_id', 'slug', 'name', 'kind'])
    .where('organisation_id', '=', organisationId)
    .orderBy('id')
    .execute()
  return new UnitTree(units)
}

/** @throws UnitNotFound */
export function requireUnit(tree: UnitTree, slug: string): Unit {
  const unit = tree.find(slug)
  if (unit === undefined) throw new UnitNotFound(slug)
  return unit
}

/** @throws OrganisationNotFound, OrganisationAmbiguous, UnitInvalid, UnitExists, UnitNotFound */
export async function addUnit(
  work: UnitOfWork,
  input: NewUnit & { organisation: string | undefined },
): Promise<DescribedUnit> {
  return work.write('add unit', async (tx) => {
    const organisation = await findOrganisation(tx, input.organisation)
    const added = await insertUnit(tx, organisation.id, input)
    await tx.record({ action: 'unit-added', details: { organisation: organisation.slug, ...added } })
    return added
  })
}

/** @throws UnitInvalid, UnitExists, UnitNotFound */
export async function insertUnit(
  tx: WriteTransaction,
  organisationId: number,
  input: NewUnit,
): Promise<DescribedUnit> {
  const tree = await readUnitTree(tx, organisationId)
  const name = input.name.trim()
  if (name === '') throw new UnitInvalid('A unit needs a name.')
  const kind = unitKinds.find((each) => each === input.kind)
  if (kind === undefined) {
    throw new UnitInvalid(
      `"${input.kind}" is no kind of unit.`,
      { kind: input.kind },
      `There are: ${unitKinds.join(', ')}`,
    )
  }
  const parent = input.parent === undefined ? undefined : requireUnit(tree, input.parent)
  requireHolder(parent)
  const slug = requireSlug(input.slug ?? slugOf(name, 'unit'))
  if (tree.find(slug) !== undefined) throw new UnitExists(slug)
  await tx.db
    .insertInto('unit')
    .values({ organisation_id: organisationId, parent_id: parent?.id ?? null, slug, name, kind })
    .execute()
  return { unit: slug, name, kind, parent: parent?.slug ?? null }
}

/**
 * Puts a unit, with all below it, under another one.
 * @param input.to short name; undefined for the top
 * @returns changed: false if it was there already
 * @throws UnitNotFound, UnitInvalid where it would be below itself, or in a chapter
 */
export async function moveUnit(
  work: UnitOfWork,
  input: { organisation: string | undefined; unit: string; to: string | undefined },
): Promise<DescribedUnit & { changed: boolean }> {
  return work.write('move unit', async (tx) => {
    const organisation = await findOrganisation(tx, input.organisation)
    const tree = await readUnitTree(tx, organisation.id)
    const unit = requireUnit(tree, input.unit)
    const to = input.to === undefined ? undefined : requireUnit(tree, input.to)
    requireHolder(to)
    if (to !== undefined && tree.pathOf(to).some(({ id }) => id === unit.id)) {
      throw new UnitInvalid(`${to.slug} is ${unit.slug}, or below it.`, { unit: unit.slug, to: to.slug })
    }
    const parent_id = to?.id ?? null
    const { slug, name, kind } = unit
    const described = { unit: slug, name, kind, parent: to?.slug ?? null }
    if (unit.parent_id === parent_id) return { ...described, changed: false }
    await tx.db.updateTable('unit').set({ parent_id }).where('id', '=', unit.id).execute()
    await tx.record({ action: 'unit-moved', details: { organisation: organisation.slug, ...described } })
    return { ...described, changed: true }
  })
}

/**
 * Removes a unit that nothing is about any more. Its members stay, as members of the unit above it.
 * @throws UnitNotFound, UnitInUse
 */
export async function removeUnit(
  work: UnitOfWork,
  input: { organisation: string | undefined; unit: string },
): Promise<DescribedUnit> {
  return work.write('remove unit', async (tx) => {
    const organisation = await findOrganisation(tx, input.organisation)
    const tree = await readUnitTree(tx, organisation.id)
    const unit = requireUnit(tree, input.unit)
    await requireUnused(tx, organisation.id, tree, unit)
    await tx.db.deleteFrom('unit').where('id', '=', unit.id).execute()
    const parent = tree.units.find(({ id }) => id === unit.parent_id)?.slug ?? null
    const described = { unit: unit.slug, name: unit.name, kind: unit.kind, parent }
    await tx.record({ action: 'unit-removed', details: { organisation: organisation.slug, ...described } })
    return described
  })
}

/** @throws UnitInUse */
async function requireUnused(
  tx: ReadTransaction,
  organisationId: number,
  tree: UnitTree,
  unit: Unit,
): Promise<void> {
  const refuse = (by: string, hint: string) => new UnitInUse({ unit: unit.slug, by, hint })
  const below = tree.units.find(({ parent_id }) => parent_id === unit.id)
  if (below !== undefined) {
    throw refuse(`${below.slug}, which is below it`, `Move that first: urna unit move ${below.slug}`)
  }
  const officer = await tx.db
    .selectFrom('officer')
    .select(['name', 'email'])
    .where('unit_id', '=', unit.id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (officer !== undefined) {
    throw refuse(officer.name, `Give another scope first: urna officer edit ${officer.email} --unit none`)
  }
  // Who was removed stays for the log alone.
  await tx.db.updateTable('officer').set({ unit_id: null }).where('unit_id', '=', unit.id).execute()
  const elections = await tx.db
    .selectFrom('election')
    .select(['slug', 'eligibility'])
    .where('organisation_id', '=', organisationId)
    .execute()
  const election = elections.find(({ eligibility }) => JSON.parse(eligibility).unit === unit.slug)
  if (election !== undefined)
    throw refuse(`the election ${election.slug}`, 'It stays as long as its elections.')
}

/** @throws UnitInvalid */
function requireHolder(parent: Unit | undefined): void {
  if (parent?.kind !== 'chapter') return
  throw new UnitInvalid(
    `${parent.slug} is a chapter, and holds no other unit.`,
    { parent: parent.slug },
    'A unit that holds others is a region or a group.',
  )
}
