import { maxScore } from '../ballot-groups.ts'
import type { OpenSlidesPoll } from './poll.ts'
import { type JsonNode, readStrictJson } from './strict-json.ts'

/** What a ballot says, once it stands. */
export type OpenSlidesSelections =
  /** approval: the answer; in `entries` as the ballots of `approval` hold it. Others: packed as their method's. */
  | { readonly kind: 'selections'; readonly entries: readonly number[] }
  /** selection: none of the above. */
  | { readonly kind: 'nota' }

export type OpenSlidesBallotFault =
  | 'no JSON'
  | 'wrong form'
  | 'unknown answer'
  | 'unknown option'
  | 'repeated option'
  | 'too few options'
  | 'too many options'
  | 'score out of range'
  | 'too few points'
  | 'too many points'

type ReadBallot =
  | { readonly kind: 'valid'; readonly selections: OpenSlidesSelections }
  | { readonly kind: 'invalid'; readonly fault: OpenSlidesBallotFault }

/** A whole number as JSON writes it, without a sign, a fraction or leading zeros; so is the id of an option. */
const wholeNumber = /^(?:0|[1-9]\d*)$/

/** The positions of the answers in the options of `approval`, and their grades in `rating-approval`. */
const motionAnswers: Readonly<Record<string, number>> = { yes: 0, no: 1, abstain: 2 }
const gradeAnswers: Readonly<Record<string, number>> = { no: 0, abstain: 1, yes: 2 }

/**
 * Reads the JSON text of a ballot under the rules of its poll. An empty list or object abstains, unless the
 * poll asks for a fewest number of options or points.
 */
export function readOpenSlidesBallot(poll: OpenSlidesPoll, text: string): ReadBallot {
  const ballot = readStrictJson(text)
  return ballot === undefined ? invalid('no JSON') : readBallotNode(poll, ballot)
}

export function readBallotNode(poll: OpenSlidesPoll, ballot: JsonNode): ReadBallot {
  switch (poll.method) {
    case 'approval': {
      const answer = answerOf(ballot, poll.config, motionAnswers)
      return answer === undefined ? invalid('unknown answer') : valid([answer])
    }
    case 'selection':
      return readSelection(poll, ballot)
    case 'rating_score':
      return readScores(poll, ballot)
    case 'rating_approval':
      return readAnswers(poll, ballot)
  }
}

function readSelection(poll: Extract<OpenSlidesPoll, { method: 'selection' }>, ballot: JsonNode): ReadBallot {
  if (poll.config.allow_nota && ballot.kind === 'string' && ballot.text.toLowerCase() === 'nota') {
    return { kind: 'valid', selections: { kind: 'nota' } }
  }
  if (ballot.kind !== 'array') return invalid('wrong form')
  const selected: number[] = []
  for (const item of ballot.items) {
    const option = item.kind === 'number' ? positionOf(poll.options, item.text) : -1
    if (option === -1) return invalid('unknown option')
    if (selected.includes(option)) return invalid('repeated option')
    selected.push(option)
  }
  return outOfLimits(poll.config, selected.length) ?? valid(selected)
}

function readScores(poll: Extract<OpenSlidesPoll, { method: 'rating_score' }>, ballot: JsonNode): ReadBallot {
  const { max_votes_per_option: mostOfOne = maxScore, min_vote_sum: fewest = 0 } = poll.config
  const most = poll.config.max_vote_sum ?? Number.POSITIVE_INFINITY
  const read = readMembers(poll, ballot, (value) => {
    const isScore = value.kind === 'number' && wholeNumber.test(value.text)
    return isScore && Number(value.text) <= mostOfOne && Number(value.text) <= maxScore
      ? Number(value.text)
      : undefined
  })
  if (read.kind === 'invalid') {
    return read.fault === 'unknown answer' ? invalid('score out of range') : read
  }
  if (read.selections.kind === 'nota') return read
  const sum = read.selections.entries.reduce((total, entry, at) => (at % 2 === 1 ? total + entry : total), 0)
  if (sum > most) return invalid('too many points')
  return sum < fewest ? invalid('too few points') : read
}

function readAnswers(
  poll: Extract<OpenSlidesPoll, { method: 'rating_approval' }>,
  ballot: JsonNode,
): ReadBallot {
  return readMembers(poll, ballot, (value) => answerOf(value, poll.config, gradeAnswers))
}

/** Options with something for each, as pairs of a position and what `entryOf` makes of the rest. */
function readMembers(
  poll: Extract<OpenSlidesPoll, { method: 'rating_score' | 'rating_approval' }>,
  ballot: JsonNode,
  entryOf: (value: JsonNode) => number | undefined,
): ReadBallot {
  if (ballot.kind !== 'object') return invalid('wrong form')
  const entries: number[] = []
  for (const [key, value] of ballot.members) {
    const option = positionOf(poll.options, key)
    if (option === -1) return invalid('unknown option')
    const entry = entryOf(value)
    if (entry === undefined) return invalid('unknown answer')
    entries.push(option, entry)
  }
  return outOfLimits(poll.config, ballot.members.length) ?? valid(entries)
}

function answerOf(
  value: JsonNode,
  { allow_abstain: mayAbstain }: { readonly allow_abstain: boolean },
  codes: Readonly<Record<string, number>>,
): number | undefined {
  const answer = value.kind === 'string' ? value.text.toLowerCase() : ''
  if (!Object.hasOwn(codes, answer) || (answer === 'abstain' && !mayAbstain)) return undefined
  return codes[answer]
}

/** -1 for an id that isn't there, or that is written otherwise than the service writes it. */
function positionOf(options: readonly number[], id: string): number {
  return wholeNumber.test(id) ? options.indexOf(Number(id)) : -1
}

function outOfLimits(
  config: {
    readonly min_options_amount?: number | undefined
    readonly max_options_amount?: number | undefined
  },
  options: number,
): ReadBallot | undefined {
  if (options < (config.min_options_amount ?? 0)) return invalid('too few options')
  if (options > (config.max_options_amount ?? options)) return invalid('too many options')
  return undefined
}

function valid(entries: readonly number[]): ReadBallot {
  return { kind: 'valid', selections: { kind: 'selections', entries } }
}

function invalid(fault: OpenSlidesBallotFault): ReadBallot {
  return { kind: 'invalid', fault }
}
