import type { BallotGroups } from './ballot-groups.ts'
import { formatDecimal } from './decimal.ts'
import type { SelectionLimits, SelectionTally } from './selection-tally.ts'
import type { Working } from './tabulation.ts'

/** What a ballot answers for an option, as the grades that hold it, the worst first. */
const answers = ['no', 'abstain', 'yes'] as const
type Answer = (typeof answers)[number]

/** How many ballots give each answer for each option; the `votes` are those of yes. */
interface AnswerTally extends SelectionTally {
  readonly byAnswer: Readonly<Record<Answer, readonly bigint[]>>
}

/**
 * Adds up the answers that ballots give for each option. A ballot with a grade that is no answer, with an
 * abstention where none is allowed, or with answers for too few or too many options, is invalid.
 */
export function tallyAnswers(
  groups: BallotGroups,
  rules: { readonly abstain: 'allowed' | 'not allowed'; readonly limits: SelectionLimits },
): AnswerTally {
  const { count, starts, entries, weights, optionCount } = groups
  const { fewest, most } = rules.limits
  // Sums of weights stay below 2^53 (see `BallotGroups`), so they are exact as numbers.
  const byAnswer = answers.map(() => new Float64Array(optionCount))
  let valid = 0
  let blank = 0
  let invalid = groups.invalid
  let overvotes = 0
  for (let group = 0; group < count; group++) {
    const weight = weights[group]!
    const start = starts[group]!
    const end = starts[group + 1]!
    const options = (end - start) / 2
    if (options === 0) blank += weight
    else if (options > most) overvotes += weight
    else if (options < fewest || !areAnswers(groups, group, rules.abstain)) invalid += weight
    else {
      valid += weight
      for (let at = start; at < end; at += 2) byAnswer[entries[at + 1]!]![entries[at]!]! += weight
    }
  }
  const [no, abstain, yes] = byAnswer.map((sums) => Array.from(sums, BigInt)) as [
    bigint[],
    bigint[],
    bigint[],
  ]
  return {
    votes: yes,
    byAnswer: { no, abstain, yes },
    valid: BigInt(valid),
    blank: BigInt(blank),
    invalid: BigInt(invalid + overvotes),
    overvotes: BigInt(overvotes),
    places: groups.weightPlaces,
  }
}

function areAnswers(groups: BallotGroups, group: number, abstain: 'allowed' | 'not allowed'): boolean {
  for (let at = groups.starts[group]! + 1; at < groups.starts[group + 1]!; at += 2) {
    const answer = answers[groups.entries[at]!]
    if (answer === undefined || (answer === 'abstain' && abstain === 'not allowed')) return false
  }
  return true
}

export function answerWorking(names: readonly string[], { byAnswer, places }: AnswerTally): Working {
  const head = ['Option', 'Yes', 'No', 'Abstain']
  const columns = [byAnswer.yes, byAnswer.no, byAnswer.abstain]
  const rows = names.map((name, option) => [
    name,
    ...columns.map((votes) => formatDecimal(votes[option]!, places)),
  ])
  return { title: 'Answers', head, rows }
}
