import type { BallotRules } from '../../src/ballot/rules.ts'
import { type BallotFault, faultOf, type Selections } from '../../src/ballot/selections.ts'
import { cleanWriteIn } from '../../src/ballot/write-in.ts'

/** What can be selected: an option by its position, the name that is written in, or a blank ballot. */
export type Choice = number | 'write-in' | 'blank'

/** What a voter has marked in a contest so far, right or not. */
export type Draft =
  | { readonly kind: 'options'; readonly chosen: readonly Choice[]; readonly written: string }
  | { readonly kind: 'ranking'; readonly ranks: readonly (readonly number[])[]; readonly blank: boolean }
  | { readonly kind: 'scores'; readonly scores: readonly (number | null)[]; readonly blank: boolean }
  | { readonly kind: 'grades'; readonly grades: readonly (number | null)[]; readonly blank: boolean }

export type DraftOf<Kind extends Draft['kind']> = Extract<Draft, { kind: Kind }>

export function emptyDraft(rules: BallotRules, optionCount: number): Draft {
  const unmarked = () => new Array<null>(optionCount).fill(null)
  switch (rules.style) {
    case 'choice':
    case 'approval':
      return { kind: 'options', chosen: [], written: '' }
    case 'ranking':
      return { kind: 'ranking', ranks: [], blank: false }
    case 'score':
      return { kind: 'scores', scores: unmarked(), blank: false }
    case 'grade':
      return { kind: 'grades', grades: unmarked(), blank: false }
  }
}

export function isBlank(draft: Draft): boolean {
  return draft.kind === 'options' ? draft.chosen.includes('blank') : draft.blank
}

/** How many options are selected, ranked or marked. */
export function countMarked(draft: Draft): number {
  switch (draft.kind) {
    case 'options':
      return draft.chosen.filter((choice) => choice !== 'blank').length
    case 'ranking':
      return draft.ranks.flat().length
    case 'scores':
      return draft.scores.filter((score) => score !== null).length
    case 'grades':
      return draft.grades.filter((grade) => grade !== null).length
  }
}

/** What would be sealed. */
export function selectionsOf(draft: Draft): Selections {
  if (isBlank(draft)) return { kind: 'blank' }
  switch (draft.kind) {
    case 'options': {
      const options = draft.chosen.filter((choice) => typeof choice === 'number').sort((a, b) => a - b)
      const written = draft.chosen.includes('write-in') ? { writeIn: cleanWriteIn(draft.written) } : {}
      return { kind: 'options', options, ...written }
    }
    case 'ranking':
      return { kind: 'ranking', ranks: draft.ranks }
    case 'scores':
      return { kind: 'scores', scores: draft.scores.map((score) => score ?? 0) }
    case 'grades':
      return { kind: 'grades', grades: draft.grades }
  }
}

/** Why the draft can't be sealed as it is. */
export function faultOfDraft(draft: Draft, rules: BallotRules, optionCount: number): BallotFault | undefined {
  return faultOf(selectionsOf(draft), rules, optionCount)
}

/**
 * How many more the voter could mark without breaking a rule: nothing to mend, but it may be a slip. Where
 * any number can be approved, a ballot is complete with whatever it has.
 */
export function countUnused(draft: Draft, rules: BallotRules, optionCount: number): number {
  if (isBlank(draft) || isNone(draft, rules)) return 0
  switch (rules.style) {
    case 'approval':
      return rules.max >= optionCount ? 0 : Math.max(0, rules.max - countMarked(draft))
    case 'choice':
    case 'ranking':
      return Math.max(0, rules.max - countMarked(draft))
    case 'score':
    case 'grade':
      return optionCount - countMarked(draft)
  }
}

function isNone(draft: Draft, { none }: BallotRules): boolean {
  return draft.kind === 'options' && none !== undefined && draft.chosen.includes(none)
}

/** Whether a choice stands alone: a blank ballot, and none of the above. */
function standsAlone(choice: Choice, { none }: BallotRules): boolean {
  return choice === 'blank' || choice === none
}

/**
 * Selects or takes away a choice of several. What stands alone takes the others away, and the others take it away:
 * never without telling.
 * @returns also what was taken away
 */
export function toggle(
  draft: DraftOf<'options'>,
  choice: Choice,
  rules: BallotRules,
): { draft: DraftOf<'options'>; dropped: readonly Choice[] } {
  const { chosen } = draft
  if (chosen.includes(choice)) {
    return { draft: { ...draft, chosen: chosen.filter((each) => each !== choice) }, dropped: [] }
  }
  const staying = standsAlone(choice, rules) ? [] : chosen.filter((each) => !standsAlone(each, rules))
  const dropped = chosen.filter((each) => !staying.includes(each))
  return { draft: { ...draft, chosen: [...staying, choice] }, dropped }
}
