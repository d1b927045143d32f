import { type RollPart, smallestUnit, type Turnout, turnoutByUnit, units } from './turnout-cells.ts'

/** The voters who are of the same status, region, chapter and district. */
export type StatusPart = RollPart & { readonly status: string | null }

export interface StatusTurnout extends Turnout {
  readonly status: string
}

/**
 * The turnout by status, beside the turnout by unit that is told already: statuses are merged until each block that all
 * the cells together cut the roll into has `smallestUnit` voters. Only the roll decides what is merged, never the votes.
 * @returns those that keep a name; none where fewer than two groups are left
 */
export function turnoutByStatus(parts: readonly StatusPart[]): StatusTurnout[] {
  const told = new Set(turnoutByUnit(parts).map(({ unit, name }) => JSON.stringify([unit, name])))
  const unitCells = (part: RollPart) =>
    units.map((unit) => (told.has(JSON.stringify([unit, part[unit]])) ? part[unit] : null))
  const merged = new Set<string>()
  const statusOf = ({ status }: StatusPart) => (status === null || merged.has(status) ? null : status)
  for (;;) {
    const blocks = sums(parts, (part) => [...unitCells(part), statusOf(part)])
    const [smallest] = blocks
    const statuses = sums(parts, (part) => [statusOf(part)])
    if (smallest === undefined || statuses.length < 2) return []
    if (smallest.voters >= smallestUnit) return statuses.flatMap(named)
    const status = smallest.cells.at(-1) ?? null
    const others = statuses.flatMap(({ cells }) => cells).filter((each) => each !== null && each !== status)
    // Alone in the rest, a status could be worked out from the others and the total.
    const alone = status === null || !statuses.some(({ cells }) => cells[0] === null)
    if (status !== null) merged.add(status)
    const [next] = others
    if (alone && next != null) merged.add(next)
  }
}

interface Sum extends Turnout {
  readonly cells: readonly (string | null)[]
}

/** The smallest first. */
function sums(parts: readonly StatusPart[], cellsOf: (part: StatusPart) => (string | null)[]): Sum[] {
  const found = new Map<string, Sum>()
  for (const part of parts) {
    const cells = cellsOf(part)
    const key = JSON.stringify(cells)
    const sum = found.get(key) ?? { cells, voters: 0, voted: 0 }
    sum.voters += part.voters
    sum.voted += part.voted
    found.set(key, sum)
  }
  return [...found.values()].sort((a, b) => a.voters - b.voters)
}

function named({ cells: [status], voters, voted }: Sum): StatusTurnout[] {
  return status == null ? [] : [{ status, voters, voted }]
}
