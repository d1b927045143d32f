import type { FaultyChoice, SplitChoice } from '../../ballot/clear-choice.ts'
import type { CastVoteRecord, Selections } from '../../ballot/selections.ts'
import type { Decimal } from '../../tabulation/decimal.ts'
import type { OpenSlidesSelections } from '../../tabulation/openslides/ballot.ts'
import type { OpenSlidesPoll } from '../../tabulation/openslides/poll.ts'
import { castFault, readBallotParts } from '../../tabulation/openslides/vote-split.ts'
import { PollRefused } from './refusals.ts'

/** A ballot as a meeting service sends it: the JSON of its value, and what the voter weighs. */
interface SentBallot {
  readonly value: string
  readonly weight: Decimal
  readonly split: boolean
}

/**
 * What a ballot says, as the contest of the poll has it; of one that does not stand, where those are taken, all of it.
 * @throws PollRefused `invalid_ballot`
 */
export function choiceOfBallot(
  poll: OpenSlidesPoll,
  ballot: SentBallot,
): Selections | SplitChoice | FaultyChoice {
  const fault = castFault(poll, ballot)
  if (fault !== undefined) throw new PollRefused('invalid_ballot', `The ballot does not stand: ${fault}.`)
  const read = readBallotParts(poll, ballot)
  const parts = read.kind === 'valid' ? read.parts : []
  const choices = parts.map(({ selections }) => selectionsOf(poll, selections))
  if (choices.length === 0 || choices.includes(undefined)) {
    if (!poll.allow_invalid)
      throw new PollRefused('invalid_ballot', 'The ballot does not stand: too few points.')
    return { kind: 'faulty', value: JSON.parse(ballot.value) as unknown }
  }
  if (!ballot.split) return choices[0]!
  return {
    kind: 'split',
    parts: parts.map(({ weight }, index) => ({ weight, choice: choices[index]! })),
  }
}

/** @returns undefined where nothing but zeros is given: that is neither points nor an abstention */
function selectionsOf(poll: OpenSlidesPoll, selections: OpenSlidesSelections): Selections | undefined {
  const options = poll.method === 'approval' ? 0 : poll.options.length
  if (selections.kind === 'nota') return { kind: 'options', options: [options] }
  const { entries } = selections
  if (entries.length === 0) return { kind: 'blank' }
  switch (poll.method) {
    case 'approval':
    case 'selection':
      return { kind: 'options', options: [...entries].sort((a, b) => a - b) }
    case 'rating_score': {
      const scores = spread(entries, options, (score) => score, 0)
      return scores.some((score) => score > 0) ? { kind: 'scores', scores } : undefined
    }
    case 'rating_approval': {
      const gradeOf = poll.config.allow_abstain ? (answer: number) => answer : (answer: number) => answer / 2
      return { kind: 'grades', grades: spread<number | null>(entries, options, gradeOf, null) }
    }
  }
}

/** Pairs of an option and a number, option by option. */
function spread<Value>(
  entries: readonly number[],
  options: number,
  read: (number: number) => Value,
  otherwise: Value,
): Value[] {
  const values = Array<Value>(options).fill(otherwise)
  for (let at = 0; at < entries.length; at += 2) values[entries[at]!] = read(entries[at + 1]!)
  return values
}

const motionAnswers = ['yes', 'no', 'abstain']

/** A ballot as the service wrote it; of one that does not stand, what was sent. */
export function ballotOfRecord(poll: OpenSlidesPoll, record: CastVoteRecord, choice: unknown): unknown {
  if (record.status === 'invalid') {
    const { kind, value } = choice as Partial<FaultyChoice>
    return kind === 'faulty' ? value : choice
  }
  if (record.status === 'blank') return poll.method === 'selection' ? [] : {}
  const { selections } = record
  switch (selections.kind) {
    case 'options': {
      if (poll.method === 'approval') return motionAnswers[selections.options[0]!]
      const ids = poll.options
      return selections.options[0] === ids.length ? 'nota' : selections.options.map((each) => ids[each]!)
    }
    case 'scores':
      return byId(selections.scores.map((score) => (score === 0 ? null : score)))
    case 'grades': {
      const words =
        poll.method === 'rating_approval' && poll.config.allow_abstain ? gradeWords : ['no', 'yes']
      return byId(selections.grades.map((grade) => (grade === null ? null : words[grade]!)))
    }
    case 'ranking':
      throw new TypeError('no poll is voted on by ranking')
  }
}

const gradeWords = ['no', 'abstain', 'yes']

function byId(values: readonly (number | string | null)[]): Record<string, number | string> {
  return Object.fromEntries(
    values.flatMap((value, index) => (value === null ? [] : [[String(index + 1), value]])),
  )
}
