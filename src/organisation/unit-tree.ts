import { sameText } from './same-text.ts'

/** What a unit is: it has the members that name it as their chapter or region, or those of the units below it alone. */
export const unitKinds = ['group', 'region', 'chapter'] as const
export type UnitKind = (typeof unitKinds)[number]

/** A part of an organisation. */
export interface Unit {
  readonly id: number
  /** Null at the top. */
  readonly parent_id: number | null
  /** Short name. */
  readonly slug: string
  readonly name: string
  readonly kind: UnitKind
}

/** By which a member is found to belong to a unit. */
export interface Belonging {
  readonly region: string | null
  readonly chapter: string | null
}

/** The units of an organisation. */
export class UnitTree {
  readonly #byId: ReadonlyMap<number, Unit>
  readonly #bySlug: ReadonlyMap<string, Unit>
  /** By kind and name, as texts are compared. */
  readonly #named = new Map<string, Unit[]>()
  readonly #top: readonly Unit[]

  constructor(units: readonly Unit[]) {
    this.#byId = new Map(units.map((unit) => [unit.id, unit]))
    this.#bySlug = new Map(units.map((unit) => [unit.slug, unit]))
    this.#top = units.filter(({ parent_id }) => parent_id === null)
    for (const unit of units) {
      for (const name of new Set([sameText(unit.name), sameText(unit.slug)])) {
        const key = `${unit.kind} ${name}`
        this.#named.set(key, [...(this.#named.get(key) ?? []), unit])
      }
    }
  }

  get units(): readonly Unit[] {
    return [...this.#byId.values()]
  }

  find(slug: string): Unit | undefined {
    return this.#bySlug.get(slug)
  }

  /** The unit and those that hold it, from the top. */
  pathOf(unit: Unit): Unit[] {
    const above = unit.parent_id === null ? undefined : this.#byId.get(unit.parent_id)
    return [...(above === undefined ? [] : this.pathOf(above)), unit]
  }

  /** Depth first, each with how deep it is; of those side by side by name. */
  inOrder(parent: Unit | undefined = undefined, depth = 0): { unit: Unit; depth: number }[] {
    return this.units
      .filter(({ parent_id }) => parent_id === (parent?.id ?? null))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((unit) => [{ unit, depth }, ...this.inOrder(unit, depth + 1)])
  }

  /**
   * The smallest unit to which a member belongs: the chapter of that name (in the member's region, where two are
   * called the same), else the region, else the unit at the top if there is only one. Undefined for who is of none.
   */
  placeOf({ region, chapter }: Belonging): Unit | undefined {
    const chapters = this.#called('chapter', chapter)
    const near = chapters.filter((unit) => this.#isBelow(unit, region))
    const candidates = near.length > 0 ? near : chapters
    if (candidates.length === 1) return candidates[0]
    const regions = this.#called('region', region)
    if (regions.length === 1) return regions[0]
    return this.#top.length === 1 ? this.#top[0] : undefined
  }

  #called(kind: UnitKind, name: string | null): readonly Unit[] {
    return name === null ? [] : (this.#named.get(`${kind} ${sameText(name)}`) ?? [])
  }

  #isBelow(unit: Unit, region: string | null): boolean {
    const regions = this.#called('region', region)
    return this.pathOf(unit).some((above) => regions.includes(above))
  }
}
