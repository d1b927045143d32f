import type { BallotRules } from '../../ballot/rules.ts'
import { faultOf, type Selections } from '../../ballot/selections.ts'
import type { PaperRecord, PaperTally } from './paper-schema.ts'

/** How many papers it is of. */
export function papersIn(tally: PaperTally): number {
  return validIn(tally) + tally.blank + tally.invalid
}

export function validIn(tally: PaperTally): number {
  return tally.kind === 'totals' ? tally.valid : tally.choices.reduce((sum, { papers }) => sum + papers, 0)
}

/** Whether papers can say that in a contest: whoever typed it, or signed it, may have been wrong. */
export function isPossible(tally: PaperTally, rules: BallotRules, optionCount: number): boolean {
  if (tally.blank > 0 && !rules.blank) return false
  if (tally.kind === 'ballots') {
    return tally.choices.every(({ selections }) => faultOf(selections, rules, optionCount) === undefined)
  }
  const { votes, valid } = tally
  if (!('max' in rules) || votes.length !== optionCount) return false
  const all = votes.reduce((sum, each) => sum + each, 0)
  const most = Math.min(rules.max, optionCount)
  return all <= valid * most && all >= valid * rules.min && votes.every((each) => each <= valid)
}

/** Of a contest, those of all batches together, alike choices as one. @param tallies of one kind, at least one */
export function addedTallies(tallies: readonly PaperTally[]): PaperTally {
  const [first, ...others] = tallies
  if (first === undefined) throw new RangeError('nothing to add up')
  return others.reduce(addedTally, first)
}

function addedTally(one: PaperTally, other: PaperTally): PaperTally {
  const both = { blank: one.blank + other.blank, invalid: one.invalid + other.invalid }
  if (one.kind === 'totals' && other.kind === 'totals') {
    const votes = one.votes.map((each, option) => each + (other.votes[option] ?? 0))
    return { kind: 'totals', votes, valid: one.valid + other.valid, ...both }
  }
  if (one.kind === 'ballots' && other.kind === 'ballots') {
    return { kind: 'ballots', choices: groupedChoices([...one.choices, ...other.choices]), ...both }
  }
  throw new TypeError('totals and single papers of one contest')
}

type Choices = Extract<PaperTally, { kind: 'ballots' }>['choices']

/** Alike ones together, in an order that says nothing of the pile. */
export function groupedChoices(choices: Choices): Choices {
  const papers = new Map<string, number>()
  for (const each of choices) {
    const key = JSON.stringify(each.selections)
    papers.set(key, (papers.get(key) ?? 0) + each.papers)
  }
  return [...papers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => ({ selections: JSON.parse(key) as Choices[number]['selections'], papers: count }))
}

/** The tallies of each contest, those of all batches together. */
export function talliesOf({ batches }: Pick<PaperRecord, 'batches'>): PaperTally[] {
  const [first] = batches
  if (first === undefined) return []
  return first.contests.map((_, contest) => addedTallies(batches.map(({ contests }) => contests[contest]!)))
}

/** What two officers read differently: a line, and of how many papers, or with how many votes, each of them has it. */
export interface PaperDifference {
  line: string
  first: number
  second: number
}

/** @param words.options names, by position; `words.grades` likewise */
export function differencesBetween(
  first: PaperTally,
  second: PaperTally,
  words: ContestWords,
): PaperDifference[] {
  const [one, other] = [linesOf(first, words), linesOf(second, words)]
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((line) => ({ line, first: one.get(line) ?? 0, second: other.get(line) ?? 0 }))
    .filter(({ first, second }) => first !== second)
}

export interface ContestWords {
  readonly options: readonly string[]
  readonly grades: readonly string[] | null
}

function linesOf(tally: PaperTally, words: ContestWords): Map<string, number> {
  const lines =
    tally.kind === 'totals'
      ? [
          ...tally.votes.map((votes, option) => [words.options[option] ?? '', votes] as const),
          ['(valid)', tally.valid] as const,
        ]
      : tally.choices.map(({ selections, papers }) => [choiceText(selections, words), papers] as const)
  return new Map([...lines, ['(blank)', tally.blank], ['(invalid)', tally.invalid]])
}

/** `Ada > Bo = Cy`, `Ada 5, Bo 3`. */
function choiceText(selections: Selections, { options, grades }: ContestWords): string {
  const nameOf = (option: number) => options[option] ?? ''
  switch (selections.kind) {
    case 'blank':
      return '(blank)'
    case 'options':
      return selections.options.map(nameOf).join(', ')
    case 'ranking':
      return selections.ranks.map((rank) => rank.map(nameOf).join(' = ') || '–').join(' > ')
    case 'scores':
      return selections.scores.map((score, option) => `${nameOf(option)} ${score}`).join(', ')
    case 'grades':
      return selections.grades
        .flatMap((grade, option) =>
          grade === null ? [] : [`${nameOf(option)}: ${grades?.[grade] ?? String(grade)}`],
        )
        .join(', ')
  }
}
