/** How many of how many voted. */
export interface Turnout {
  /** On the electoral roll, those struck off it left out. */
  voters: number
  voted: number
}

export const units = ['region', 'chapter', 'district'] as const
export type Unit = (typeof units)[number]

/** The voters who are of the same region, chapter and district; null where they are of none. */
export type RollPart = Turnout & { readonly [U in Unit]: string | null }

export interface UnitTurnout extends Turnout {
  unit: Unit
  /** Null for the small ones together, and whoever is of none. */
  name: string | null
}

/** Nothing is told of fewer voters: who voted in a group of three is soon known by name. */
export const smallestUnit = 10

/** While ballots still come in, a unit's votes are told in steps of so many. */
export const unitStep = 5

/**
 * The turnout by unit, of no group that is too small, and of none that could be worked out from what is told, with
 * the total beside it.
 *
 * Regions, chapters and districts overlap, so that the difference of a large region and its one large chapter may
 * be a chapter of three. Therefore the roll is cut into blocks by all the cells that are told, and cells are merged
 * until each block has `smallestUnit` voters. Whatever is added up or subtracted then is a sum of blocks. Only the
 * roll decides what is merged, never the votes.
 */
export function turnoutByUnit(parts: readonly RollPart[]): UnitTurnout[] {
  const told = units.filter((unit) => parts.some((part) => part[unit] !== null))
  const merging = new Merging(parts, told)
  for (let block = merging.smallestBlock(); block.voters < smallestUnit; block = merging.smallestBlock()) {
    if (!merging.enlarge(block)) break
  }
  return told.flatMap((unit) => merging.cells(unit))
}

/** Turnout while ballots still come in: two messages in a row never differ by one voter of a unit, but by a step. */
export function inSteps(turnout: readonly UnitTurnout[]): UnitTurnout[] {
  return turnout.map((unit) => ({ ...unit, voted: unit.voted - (unit.voted % unitStep) }))
}

interface Block {
  /** Of each unit that is told, the name of its cell. */
  readonly cells: readonly (string | null)[]
  voters: number
}

class Merging {
  readonly #parts: readonly RollPart[]
  readonly #told: readonly Unit[]
  /** Names that are told together with those of none. */
  readonly #merged: ReadonlyMap<Unit, Set<string>>

  constructor(parts: readonly RollPart[], told: readonly Unit[]) {
    this.#parts = parts
    this.#told = told
    this.#merged = new Map(told.map((unit) => [unit, new Set<string>()]))
  }

  smallestBlock(): Block {
    const [first = { cells: [], voters: Number.POSITIVE_INFINITY }] = this.#blocks()
    return first
  }

  /** Merges a cell of the block with another. False where everything is in one block. */
  enlarge(block: Block): boolean {
    const others = this.#blocks().filter(({ cells }) => cells.join('\0') !== block.cells.join('\0'))
    // Best the smallest one that differs in one unit alone, so that as few names as possible are lost.
    const distance = ({ cells }: Block) => cells.filter((cell, at) => cell !== block.cells[at]).length
    const [nearest] = others.sort((a, b) => distance(a) - distance(b) || a.voters - b.voters)
    if (nearest === undefined) return false
    for (const [at, unit] of this.#told.entries()) {
      const pair = [block.cells[at] ?? null, nearest.cells[at] ?? null]
      if (pair[0] === pair[1]) continue
      for (const name of pair) if (name !== null) this.#merged.get(unit)!.add(name)
    }
    return true
  }

  /** In the order of their names, those that are told together last. */
  cells(unit: Unit): UnitTurnout[] {
    const cells = new Map<string | null, UnitTurnout>()
    for (const part of this.#parts) {
      const name = this.#cellOf(part, unit)
      const cell = cells.get(name) ?? { unit, name, voters: 0, voted: 0 }
      cell.voters += part.voters
      cell.voted += part.voted
      cells.set(name, cell)
    }
    return [...cells.values()].sort((a, b) => byName(a.name, b.name))
  }

  /** The smallest first. */
  #blocks(): Block[] {
    const blocks = new Map<string, Block>()
    for (const part of this.#parts) {
      const cells = this.#told.map((unit) => this.#cellOf(part, unit))
      const key = JSON.stringify(cells)
      const block = blocks.get(key) ?? { cells, voters: 0 }
      block.voters += part.voters
      blocks.set(key, block)
    }
    return [...blocks.values()].sort((a, b) => a.voters - b.voters)
  }

  #cellOf(part: RollPart, unit: Unit): string | null {
    const name = part[unit]
    return name !== null && this.#merged.get(unit)!.has(name) ? null : name
  }
}

function byName(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a < b ? -1 : Number(a > b)
}
