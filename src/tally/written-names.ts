import { cleanWriteIn, writeInKey, writeInLabel } from '../ballot/write-in.ts'
import { maxOptions } from '../tabulation/ballot-groups.ts'

/** What officers decided of a name that voters wrote in: whose it is, or null to set it aside. */
export interface WriteInDecision {
  readonly spelling: string
  readonly to: string | null
}

/** A name as voters wrote it, and on how many ballots. */
export interface Spelling {
  readonly spelling: string
  readonly ballots: number
}

/** Whose the names are that voters wrote in. */
export interface WrittenNames {
  /** All options of the count: those that were printed, then those who were written in. */
  readonly options: readonly string[]
  /** How each option was written, where it was. */
  readonly written: readonly { readonly option: number; readonly spellings: readonly Spelling[] }[]
  /** Names that count for nobody. */
  readonly setAside: readonly Spelling[]
  /** The option of a name; undefined where it is set aside. */
  readonly optionOf: (name: string) => number | undefined
}

interface Person {
  readonly key: string
  readonly spellings: Spelling[]
}

/**
 * Names that are written alike (NFC, whatever their case) are one option, a name written like a printed one is
 * that one, and decisions say what else is the same. Whoever has the opened ballots and the decisions gets the same
 * options in the same order.
 *
 * @param names of all ballots, one for each ballot that has one
 * @param printed the options of the ballot; `none` among them is nobody whose name could be written
 */
export function resolveWrittenNames(
  names: readonly string[],
  printed: { readonly options: readonly string[]; readonly none: number | undefined },
  decisions: readonly WriteInDecision[],
): WrittenNames {
  const decided = new Map(decisions.map(({ spelling, to }) => [writeInKey(spelling), to]))
  const ballots = new Map<string, number>()
  for (const name of names) ballots.set(name, (ballots.get(name) ?? 0) + 1)
  const people = new Map<string, Person>()
  const setAside: Spelling[] = []
  for (const spelling of [...ballots.keys()].sort()) {
    const key = keyOf(spelling, decided)
    const each = { spelling, ballots: ballots.get(spelling)! }
    if (key === undefined) setAside.push(each)
    else if (people.has(key)) people.get(key)!.spellings.push(each)
    else people.set(key, { key, spellings: [each] })
  }
  const positions = new Map<string, number>()
  for (const [option, name] of printed.options.entries()) {
    if (option !== printed.none) positions.set(writeInKey(name), option)
  }
  const added = roomFor(
    [...people.values()].filter(({ key }) => !positions.has(key)),
    maxOptions - printed.options.length,
    setAside,
  )
  const labels = added.map((person) => writeInLabel(displayName(person, decisions)))
  for (const [index, { key }] of added.entries()) positions.set(key, printed.options.length + index)
  const written = [...people.values()].flatMap(({ key, spellings }) => {
    const option = positions.get(key)
    return option === undefined ? [] : [{ option, spellings }]
  })
  return {
    options: [...printed.options, ...labels],
    written: written.sort((a, b) => a.option - b.option),
    setAside,
    optionOf: (name) => {
      const key = keyOf(name, decided)
      return key === undefined ? undefined : positions.get(key)
    },
  }
}

function keyOf(name: string, decided: ReadonlyMap<string, string | null>): string | undefined {
  const key = writeInKey(name)
  const to = decided.get(key)
  if (to === null) return undefined
  return to === undefined ? key : writeInKey(to)
}

/** By name. Of more than can be counted, those whom fewest wrote are set aside. */
function roomFor(people: readonly Person[], room: number, setAside: Spelling[]): Person[] {
  const votes = ({ spellings }: Person) => spellings.reduce((sum, { ballots }) => sum + ballots, 0)
  const byVotes = [...people].sort((a, b) => votes(b) - votes(a) || (a.key < b.key ? -1 : 1))
  for (const { spellings } of byVotes.slice(room)) setAside.push(...spellings)
  return byVotes.slice(0, room).sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** As the officers write it who decided of it; otherwise as most voters did, of equals the first by code. */
function displayName({ key, spellings }: Person, decisions: readonly WriteInDecision[]): string {
  const decision = decisions.find(({ to }) => to !== null && writeInKey(to) === key)
  if (decision?.to != null) return cleanWriteIn(decision.to)
  return spellings.reduce((best, each) => (each.ballots > best.ballots ? each : best)).spelling
}
