import { sql } from 'kysely'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { findOrganisation } from './find-organisation.ts'
import type { Unit, UnitTree } from './unit-tree.ts'
import { type DescribedUnit, readUnitTree } from './units.ts'

export interface ListedUnit extends DescribedUnit {
  /** 0 at the top. */
  depth: number
  /** Members of this unit and of those below it. */
  members: number
  /** Of these, who are of no chapter. */
  withoutChapter: number
}

export interface UnitList {
  organisation: string
  /** Depth first. */
  units: ListedUnit[]
  /** Members of the organisation; who left is not among them. */
  members: number
  /** Members who are of no unit at all. */
  ofNone: number
}

/** The units of an organisation with how many members each has. @throws OrganisationNotFound, OrganisationAmbiguous */
export async function listUnits(work: UnitOfWork, slug: string | undefined): Promise<UnitList> {
  return work.read(async (tx) => {
    const organisation = await findOrganisation(tx, slug)
    const tree = await readUnitTree(tx, organisation.id)
    const places = await countPlaces(tx, organisation.id, tree)
    const slugOf = new Map(tree.units.map((unit) => [unit.id, unit.slug]))
    const units = tree.inOrder().map(({ unit, depth }) => {
      const within = places.filter(({ place }) => place !== undefined && tree.pathOf(place).includes(unit))
      return {
        ...{ unit: unit.slug, name: unit.name, kind: unit.kind, depth },
        parent: unit.parent_id === null ? null : (slugOf.get(unit.parent_id) ?? null),
        members: sum(within),
        withoutChapter: sum(within.filter(({ place }) => place?.kind !== 'chapter')),
      }
    })
    const ofNone = sum(places.filter(({ place }) => place === undefined))
    return { organisation: organisation.slug, units, members: sum(places), ofNone }
  })
}

interface Place {
  readonly place: Unit | undefined
  readonly count: number
}

async function countPlaces(tx: ReadTransaction, organisationId: number, tree: UnitTree): Promise<Place[]> {
  const parts = await tx.db
    .selectFrom('member')
    .select(['region', 'chapter'])
    .select(sql<number>`count(*)`.as('count'))
    .where('organisation_id', '=', organisationId)
    .where('left_at', 'is', null)
    .groupBy(['region', 'chapter'])
    .execute()
  return parts.map(({ count, ...part }) => ({ place: tree.placeOf(part), count }))
}

function sum(places: readonly { count: number }[]): number {
  return places.reduce((total, { count }) => total + count, 0)
}
