import type { BallotRules } from '../../src/ballot/rules.ts'
import type { BallotFault } from '../../src/ballot/selections.ts'
import { message } from '../shared/messages.ts'
import { type Choice, countMarked, type Draft, isBlank } from './draft.ts'
import { optionName, type PageContest } from './paper.ts'

/** What a voter may do in a contest, in one or two sentences. */
export function instruction({ rules, options }: PageContest): string {
  switch (rules.style) {
    case 'choice':
    case 'approval':
      return selectionInstruction(rules, options.length)
    case 'ranking': {
      const { min, max, equalRanks } = rules
      const limits =
        max >= options.length && min <= 1
          ? message('vote.rank.any')
          : min === max
            ? message('vote.rank.exactly', { count: max })
            : message('vote.rank.between', { min, count: max })
      return equalRanks ? `${limits} ${message('vote.rank.equal')}` : limits
    }
    case 'score':
      return message('vote.score.instruction', { highest: rules.highest })
    case 'grade':
      return message('vote.grade.instruction')
  }
}

function selectionInstruction({ min, max }: { min: number; max: number }, optionCount: number): string {
  if (min === max) return message('vote.choose.exactly', { count: max })
  if (min > 1) return message('vote.choose.between', { min, count: max })
  return max >= optionCount ? message('vote.choose.any') : message('vote.choose.upTo', { count: max })
}

export function blankName({ rules }: PageContest): string {
  return rules.blankName ?? message('vote.blank')
}

/** How far the voter has come in a contest. */
export function countSentence(contest: PageContest, draft: Draft): string {
  if (isBlank(draft)) return message('vote.count.blank', { name: blankName(contest) })
  const count = countMarked(draft)
  switch (draft.kind) {
    case 'options':
      return message('vote.count.chosen', { count, max: (contest.rules as { max: number }).max })
    case 'ranking':
      return message('vote.count.ranked', { count })
    case 'scores':
      return message('vote.count.scored', { count, of: contest.options.length })
    case 'grades':
      return message('vote.count.graded', { count, of: contest.options.length })
  }
}

/** What keeps a contest from being sealed, and how to mend it. */
export function faultSentence(fault: BallotFault, contest: PageContest): string {
  switch (fault.code) {
    case 'too-few':
      return tooFew(fault, contest.rules)
    case 'too-many':
      return message('vote.fault.tooMany', {
        ...{ selected: fault.selected, max: fault.max },
        count: fault.selected - fault.max,
      })
    case 'write-in-unreadable':
      return message(fault.why === 'empty' ? 'vote.fault.writeInEmpty' : 'vote.fault.writeInCharacters')
    case 'write-in-too-long':
      return message('vote.fault.writeInLong', { bytes: fault.bytes, room: fault.room })
    case 'score-out-of-range':
      return message('vote.fault.score', { name: optionName(contest, fault.option), highest: fault.highest })
    case 'none-and-more':
      return message('vote.fault.noneAndMore', { name: optionName(contest, fault.none) })
    default:
      // The page lets nobody come to the others.
      return message('vote.fault.other', { code: fault.code })
  }
}

function tooFew({ selected, min }: { selected: number; min: number }, rules: BallotRules): string {
  if (rules.style === 'score')
    return message(rules.blank ? 'vote.fault.noScoreOrBlank' : 'vote.fault.noScore')
  if (selected === 0) return message(rules.blank ? 'vote.fault.nothingOrBlank' : 'vote.fault.nothing')
  return message('vote.fault.tooFew', { selected, count: min })
}

/** A warning that the voter could say more, where that may be a slip. */
export function unusedSentence(unused: number, { rules }: PageContest): string | undefined {
  if (unused === 0) return undefined
  switch (rules.style) {
    case 'score':
      return message('vote.unused.scores', { count: unused })
    case 'grade':
      return message('vote.unused.grades', { count: unused })
    case 'ranking':
      return message('vote.unused.ranks', { count: unused })
    default:
      return message('vote.unused.choices', { count: unused })
  }
}

export function choiceName(contest: PageContest, choice: Choice): string {
  if (choice === 'blank') return blankName(contest)
  return choice === 'write-in' ? message('vote.writeIn') : optionName(contest, choice)
}

/** What is marked, a line each, as it is read once more before it is sealed. */
export function draftLines(contest: PageContest, draft: Draft): string[] {
  if (isBlank(draft)) return [blankName(contest)]
  const marked = (values: readonly (number | null)[], describe: (value: number) => string) =>
    contest.options.flatMap(({ index, name }) => {
      const value = values[index] ?? null
      return value === null ? [] : [message('vote.review.marked', { name, mark: describe(value) })]
    })
  switch (draft.kind) {
    case 'options':
      return draft.chosen.map((choice) =>
        choice === 'write-in'
          ? message('vote.review.writtenIn', { name: draft.written.trim() })
          : choiceName(contest, choice),
      )
    case 'ranking':
      return draft.ranks.map((rank) => rank.map((option) => optionName(contest, option)).join(' = '))
    case 'scores':
      return marked(draft.scores, String)
    case 'grades':
      return marked(draft.grades, (grade) => gradesOf(contest)[grade] ?? '')
  }
}

export function gradesOf({ rules }: PageContest): readonly string[] {
  return rules.style === 'grade' ? rules.grades : []
}
