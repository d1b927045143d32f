import { nearestWord } from '../election/spelling.ts'
import type { OptionIndex } from '../tabulation/option-index.ts'
import { OptionNotFound, TieOrderRepeats } from './count-refusals.ts'

/** Names of which no two are alike, and a sentence for each that had to be changed for it. */
interface DistinctNames {
  readonly names: readonly string[]
  readonly remarks: readonly string[]
}

/**
 * Numbers the later ones of equal names, and names those that have none, so that a table of votes by name
 * loses nothing.
 */
export function distinctNames(names: readonly string[]): DistinctNames {
  const taken = new Set(names)
  const seen = new Set<string>()
  const remarks: string[] = []
  const distinct = names.map((name, option) => {
    const wanted = name === '' ? `Option ${option + 1}` : name
    if (name !== '' && !seen.has(name)) {
      seen.add(name)
      return name
    }
    let free = wanted
    for (let number = 2; taken.has(free); number++) free = `${wanted} (${number})`
    taken.add(free)
    remarks.push(
      name === ''
        ? `Option ${option + 1} has no name in the file; here it is called ${free}.`
        : `Several options are called ${name}; here option ${option + 1} is ${free}.`,
    )
    return free
  })
  return { names: distinct, remarks }
}

/**
 * The option of a name, whatever its case, accents and spaces.
 * @throws OptionNotFound where none has it, or several
 */
export function findOption(names: readonly string[], wanted: string): OptionIndex {
  const exact = names.indexOf(wanted)
  if (exact !== -1) return exact
  const folded = names.map(plain)
  const alike = [...names.keys()].filter((option) => folded[option] === plain(wanted))
  if (alike.length === 1) return alike[0]!
  if (alike.length > 1) throw new OptionNotFound(wanted, { several: alike.map((option) => names[option]!) })
  const nearest = nearestWord(plain(wanted), folded)
  throw new OptionNotFound(wanted, {
    nearest: nearest === undefined ? undefined : names[folded.indexOf(nearest)],
  })
}

/** The options of an order for ties. @throws OptionNotFound, TieOrderRepeats */
export function findOrder(names: readonly string[], wanted: readonly string[]): OptionIndex[] {
  const order = wanted.map((name) => findOption(names, name))
  const repeated = order.find((option, place) => order.indexOf(option) !== place)
  if (repeated !== undefined) throw new TieOrderRepeats(names[repeated]!)
  return order
}

/** Without case, accents and doubled spaces. */
function plain(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase()
}
