import type { RollDiff } from '../register/roll-diff.ts'
import { item, section } from './import-preview.ts'
import { printable } from './output.ts'

/** Who is on one side alone, and who is there with other facts. */
export function diffLines({ onlyHere, onlyThere, changed, problems }: RollDiff): string[] {
  const people = (list: readonly { number: string; name: string }[]) =>
    list.map(({ number, name }) => item(printable(`${number} ${name}`)))
  const different = changed.first.map(({ number, name, changes }) => {
    const told = changes.map(({ field, from, to }) => `${field} ${from ?? 'none'} → ${to ?? 'none'}`)
    return item(printable(`${number} ${name}: ${told.join(', ')}`))
  })
  const faults = problems.slice(0, 20).map(({ line, reason }) => item(printable(`line ${line}, ${reason}`)))
  const same = onlyHere.count + onlyThere.count + changed.count + problems.length === 0
  return [
    ...section(`On the roll alone: ${onlyHere.count}`, onlyHere.count, people(onlyHere.first)),
    ...section(`Not on the roll: ${onlyThere.count}`, onlyThere.count, people(onlyThere.first)),
    ...section(`With other facts: ${changed.count}`, changed.count, different),
    ...section(`Not compared: ${problems.length}`, problems.length, faults),
    ...(same ? ['They are the same.'] : []),
  ]
}
