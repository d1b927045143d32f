import { nameOfLabel } from '../ballot/write-in.ts'
import type { Method } from '../tabulation/method.ts'
import { methodGrades } from './sealed-methods.ts'

/** What of a contest concerns the style of its ballots. */
interface StyledContest {
  readonly seats: number
  readonly min: number | undefined
  readonly max: number | undefined
  readonly blank: boolean
  readonly writeIn: boolean
  readonly grades: readonly string[] | null
  readonly options: readonly {
    readonly name: string
    readonly role: 'none' | null
    readonly members: readonly string[]
  }[]
}

interface StyleFault {
  readonly path: readonly (string | number)[]
  /** As the end of a sentence. */
  readonly message: string
}

/** Methods that answer a question, or each of several: there is nothing of which there could be none, or one more. */
const answering: ReadonlySet<string> = new Set(['approval-motion', 'approval', 'combined-simple'])

/**
 * What a method can't make of what a contest asks of its ballots.
 * @param rules of the method, complete
 */
export function styleFaults(
  draft: StyledContest,
  method: Method,
  rules: Readonly<Record<string, unknown>>,
): StyleFault[] {
  const fault = (path: StyleFault['path'], message: string): StyleFault => ({ path, message })
  const options = draft.options.map(({ name }) => name)
  return [
    ...(method.style === 'score' && (draft.min ?? draft.max) !== undefined
      ? [fault([draft.min === undefined ? 'max' : 'min'], `in ${method.id} every candidate gets a score`)]
      : []),
    ...noneFaults(draft, method).map((message) => fault(['none'], message)),
    ...writeInFaults(draft, method).map((message) => fault(['write_in'], message)),
    ...gradeFaults(draft, method, rules).map((message) => fault(['grades'], message)),
    ...listFaults(draft, method).map((message) => fault(['candidates'], message)),
    ...(abstentionsUncounted(draft, method, rules)
      ? [
          fault(
            ['rules', 'base'],
            'who abstains casts a blank ballot, so the base is "yes and no" or "all ballots"',
          ),
        ]
      : []),
    ...(draft.writeIn && options.some((name) => nameOfLabel(name) !== undefined)
      ? [fault(['candidates'], 'a name that ends in "(write-in)" is one that a voter has written in')]
      : []),
  ]
}

/** It wins or loses one seat as a whole; of several it would take one and leave the others to those it beat. */
function noneFaults({ options, seats }: StyledContest, { id, style }: Method): string[] {
  if (!options.some(({ role }) => role === 'none')) return []
  if (answering.has(id) || style === 'list') return [`none of the above can't be counted by ${id}`]
  return seats > 1
    ? [`none of the above can win one seat, and there are ${seats}: make a contest of each`]
    : []
}

function writeInFaults({ writeIn }: StyledContest, { id, style }: Method): string[] {
  if (!writeIn) return []
  const takes = (style === 'choice' || style === 'approval') && !answering.has(id)
  return takes ? [] : [`names can be written in where voters choose or approve, and not in ${id}`]
}

function gradeFaults(
  { grades }: StyledContest,
  { id, style }: Method,
  rules: Readonly<Record<string, unknown>>,
): string[] {
  if (grades === null) return []
  if (style !== 'grade') return [`${id} knows no grades`]
  const count = methodGrades(rules).length
  if (grades.length !== count)
    return [`${id} has ${count} grades by its rules, and ${grades.length} are named`]
  return new Set(grades).size < grades.length ? ['two grades have the same name'] : []
}

function listFaults({ options }: StyledContest, { id, style }: Method): string[] {
  const members = options.flatMap((option) => option.members)
  if (members.length === 0) return []
  if (style !== 'list') return [`${id} counts no lists, and a list names its candidates`]
  const names = [...options.map(({ name }) => name), ...members]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined ? [] : [`"${twice}" is there twice`]
}

function abstentionsUncounted(
  { blank, options }: StyledContest,
  { id }: Method,
  { base }: Readonly<Record<string, unknown>>,
): boolean {
  return id === 'approval-motion' && blank && options.length === 2 && base === 'yes, no and abstain'
}
