import { setUpFaultOf } from '../ballot/room.ts'
import type { SetUpFault } from '../ballot/rules.ts'
import { methodById, methods } from '../tabulation/registry.ts'
import { ballotRulesOf, type Contest, noMaximum } from './contests.ts'
import type { Photo } from './photo.ts'
import { methodFault, sealedStyles } from './sealed-methods.ts'
import type { Visibility } from './secrecy.ts'
import { nearestWord } from './spelling.ts'
import { styleFaults } from './style-faults.ts'

export interface OptionDraft {
  name: string
  statement: string
  party: string | null
  symbol: string | null
  birth_date: string | null
  district: string | null
  slate: string | null
  /** `none`: it stands for none of the others. */
  role: 'none' | null
  /** The candidates of a list, in its order. */
  members: readonly string[]
  /** Null where there is none, or it stays what it was. */
  photo: Photo | null
}

/** A contest as an officer describes it, before it is in the file. */
export interface ContestDraft {
  title: string
  description: string
  method: string
  /** Of the method; what is left out has the method's default. */
  rules: Readonly<Record<string, unknown>>
  seats: number
  /** The fewest options that a ballot which is not blank selects or ranks; undefined for 1. */
  min: number | undefined
  /** The most; undefined for the usual: one in a choice, all otherwise. */
  max: number | undefined
  blank: boolean
  /** What a blank ballot is called where it has a name of its own. */
  blankName: string | null
  /** What the grades are called, the worst first; null for the names of the method. */
  grades: readonly string[] | null
  /** Whether voters may write in one name. */
  writeIn: boolean
  /** Whether each voter sees the options in another order. */
  randomOrder: boolean
  options: readonly OptionDraft[]
}

/** Something that can't be, where in the draft, and what is expected, as the end of a sentence. */
export interface ContestFault {
  path: readonly (string | number)[]
  message: string
}

export function option(name: string): OptionDraft {
  return {
    name,
    statement: '',
    party: null,
    symbol: null,
    birth_date: null,
    district: null,
    slate: null,
    role: null,
    members: [],
    photo: null,
  }
}

/**
 * Everything wrong with the draft that more candidates wouldn't mend.
 * @param visibility of the election: what is not sealed can be counted by methods that need each ballot, or their order
 */
export function contestFaults(draft: ContestDraft, visibility: Visibility): ContestFault[] {
  const method = methods.find(({ id }) => id === draft.method)
  if (method === undefined) {
    const known = methods.map(({ id }) => id)
    const nearest = nearestWord(draft.method, known)
    const meant = nearest === undefined ? `there are ${known.join(', ')}` : `did you mean ${nearest}?`
    return [{ path: ['method'], message: `"${draft.method}" is no method (${meant})` }]
  }
  const style = sealedStyles[method.style]
  const faults: ContestFault[] = []
  const rules = method.rules.safeParse(draft.rules)
  for (const issue of rules.error?.issues ?? []) {
    faults.push({ path: ['rules', ...issue.path.map(pathPart)], message: issue.message })
  }
  if (rules.success) {
    const fault = methodFault(method, rules.data as Record<string, unknown>, visibility)
    const path = fault?.rule === undefined ? ['method'] : ['rules', fault.rule]
    if (fault !== undefined) faults.push({ path, message: fault.message })
    else faults.push(...styleFaults(draft, method, rules.data as Record<string, unknown>))
  }
  const { min = 1, max = style === 'choice' ? 1 : min } = draft
  if (min > max) {
    faults.push({ path: ['min'], message: `the minimum of ${min} is more than the maximum of ${max}` })
  } else if (style === 'choice' && max > 1) {
    const path = [draft.max === undefined ? 'min' : 'max']
    faults.push({ path, message: `in ${method.id} a voter chooses one; approval-vote takes several` })
  }
  const seen = new Set<string>()
  for (const [index, { name }] of draft.options.entries()) {
    if (seen.has(name)) faults.push({ path: ['candidates', index], message: `"${name}" is there twice` })
    seen.add(name)
  }
  if (faults.length > 0) return faults
  const fault = capacityFault(draftedContest(draft))
  return fault === undefined ? [] : [{ path: ['max'], message: sentenceOfSetUpFault(fault) }]
}

/** What no change of the candidates mends: more than a sealed ballot has room for. */
function capacityFault(contest: Contest): SetUpFault | undefined {
  const fault = setUpFaultOf(ballotRulesOf(contest), contest.options.length)
  return fault?.code === 'limits-contradict' || fault?.code === 'too-few-options' ? undefined : fault
}

/** The columns of the contest, its rules complete. */
export function contestColumns(draft: ContestDraft) {
  const { style: counted, rules } = methodById(draft.method)
  const style = sealedStyles[counted]
  return {
    title: draft.title,
    description: draft.description,
    style,
    method: draft.method,
    rules: JSON.stringify(rules.parse(draft.rules)),
    seats: draft.seats,
    min_selections: draft.min ?? 1,
    max_selections: draft.max ?? (style === 'choice' ? 1 : noMaximum),
    blank: flag(draft.blank),
    blank_name: draft.blankName,
    grades: draft.grades === null ? null : JSON.stringify(draft.grades),
    write_in: flag(draft.writeIn),
    random_order: flag(draft.randomOrder),
  }
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0
}

/** The columns of an option. */
export function optionColumns({ photo: _photo, ...option }: OptionDraft) {
  return { ...option, members: JSON.stringify(option.members) }
}

/** The draft as if it were in the file. */
export function draftedContest(draft: ContestDraft): Contest {
  const columns = contestColumns(draft)
  const options = draft.options.map(({ photo, ...each }, index) => ({
    ...each,
    photo: photo?.sha256 ?? null,
    id: index + 1,
    contest_id: 0,
    position: index + 1,
  }))
  return {
    ...columns,
    ...{ id: 0, election_id: 0, position: 1 },
    rules: JSON.parse(columns.rules),
    grades: draft.grades,
    options,
  }
}

/** One sentence without its full stop. */
export function sentenceOfSetUpFault(fault: SetUpFault): string {
  switch (fault.code) {
    case 'too-few-options':
      return 'there are no candidates yet'
    case 'limits-contradict':
      return fault.min > fault.max
        ? `at least ${fault.min} and at most ${fault.max} can't both be`
        : `a voter may select up to ${fault.max}, and there are ${fault.options} candidates`
    case 'too-many-ranks':
      return `a sealed ballot has room for ${fault.most} ranks among ${fault.options} candidates, not for ${fault.max}`
    case 'too-many-scores':
      return `a sealed ballot has room for ${fault.most} scores from 0 to ${fault.highest}, and there are ${fault.options} candidates`
    case 'too-many-options':
      return `a sealed ballot has room for ${fault.most} candidates in such a contest, and there are ${fault.options}`
    case 'none-unknown':
      return 'the option that stands for none of the others is not on the ballot'
    case 'only-strict-ranks':
      return `with more than ${fault.most} candidates each rank takes one of them, and none may be skipped`
  }
}

function pathPart(part: PropertyKey): string | number {
  return typeof part === 'number' ? part : String(part)
}
