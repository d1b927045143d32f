import { type BallotGrouping, scoreGroups, selectionGroups } from '../ballot-grouping.ts'
import type { BallotGroups } from '../ballot-groups.ts'
import { addDecimals, type Decimal } from '../decimal.ts'
import { methodById } from '../registry.ts'
import type { Tabulation } from '../tabulation.ts'
import type { OpenSlidesPoll } from './poll.ts'
import { type CastBallot, readBallotParts } from './vote-split.ts'

/** Votes by answer; answers without votes are left out. */
type AnswerVotes = Readonly<Record<string, Decimal>>

/**
 * The result of a poll in the form in which OpenSlides stores it: votes as decimal strings by option id, or
 * by answer, or both; `abstain` and `nota` beside the options. Whatever is zero is left out. `invalid` is
 * the number of ballots, whatever their weight.
 */
export type OpenSlidesResult = { readonly [key: string]: Decimal | AnswerVotes | number }

/**
 * Counts the ballots of a poll; those that don't stand are counted as invalid, those without a vote not at all.
 * @throws TabulationRefusal `weight-too-large`
 */
export function openSlidesResult(poll: OpenSlidesPoll, ballots: readonly CastBallot[]): OpenSlidesResult {
  const grouping = groupingFor(poll)
  const nota: Decimal[] = ['0']
  let invalid = 0
  for (const ballot of ballots) {
    const read = readBallotParts(poll, ballot)
    if (read.kind === 'invalid') {
      if (read.fault !== 'no vote') invalid++
      continue
    }
    for (const { selections, weight } of read.parts) {
      if (selections.kind === 'nota') nota.push(weight)
      else grouping.add(selections.entries, weight)
    }
  }
  return openSlidesResultOf(poll, {
    tabulation: tabulatePoll(poll, grouping.finish()),
    nota: addDecimals(nota),
    invalid,
  })
}

/**
 * A poll that is counted, in that form.
 * @param counted.tabulation whose first options are those of the poll, in its order
 * @param counted.nota votes for none of them
 * @param counted.invalid ballots
 */
export function openSlidesResultOf(
  poll: OpenSlidesPoll,
  { tabulation, nota, invalid }: { tabulation: Tabulation; nota: Decimal; invalid: number },
): OpenSlidesResult {
  const result = { ...shaped(poll, tabulation), ...present({ nota }) }
  return invalid === 0 ? result : { ...result, invalid }
}

const motionAnswers = ['yes', 'no', 'abstain'] as const

function groupingFor(poll: OpenSlidesPoll): BallotGrouping {
  switch (poll.method) {
    case 'approval':
      return selectionGroups(motionAnswers.length)
    case 'selection':
      return selectionGroups(poll.options.length)
    case 'rating_score':
    case 'rating_approval':
      return scoreGroups(poll.options.length)
  }
}

/** The ballots stand already, so the method needs none of the poll's limits. */
function tabulatePoll(poll: OpenSlidesPoll, ballots: BallotGroups): Tabulation {
  const options = poll.method === 'approval' ? motionAnswers : poll.options.map(String)
  return methodById(poll.method.replace('_', '-')).tabulate({
    options,
    seats: 1,
    ballots,
    rules: {},
    tieBreaks: {},
  })
}

function shaped(poll: OpenSlidesPoll, { rounds, statistics, workings }: Tabulation): OpenSlidesResult {
  const { votes } = rounds[0]!
  const keys = poll.method === 'approval' ? motionAnswers : poll.options.map(String)
  const byOption = Object.fromEntries(keys.map((key, position) => [key, votes[position] ?? '0']))
  switch (poll.method) {
    case 'approval':
      return present(byOption)
    case 'selection':
    case 'rating_score':
      return present({ ...byOption, abstain: statistics.blank })
    case 'rating_approval': {
      const answers = workings![0]!.rows.map(
        ([, yes, no, abstain], position) =>
          [keys[position]!, present({ yes: yes!, no: no!, abstain: abstain! })] as const,
      )
      const answered = answers.filter(([, votesByAnswer]) => Object.keys(votesByAnswer).length > 0)
      return { ...Object.fromEntries(answered), ...present({ abstain: statistics.blank }) }
    }
  }
}

function present(votes: Readonly<Record<string, Decimal>>): AnswerVotes {
  return Object.fromEntries(Object.entries(votes).filter(([, number]) => number !== '0'))
}
