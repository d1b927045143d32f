import { formatDecimal } from '../decimal.ts'
import { type MostVotes, mostVotes, rankedByVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { outcomeOf } from '../outcome.ts'
import { type SelectionTally, statisticsOf } from '../selection-tally.ts'
import { nameList, openTieSentence } from '../sentences.ts'
import type { OptionStatus, Outcome, Tabulation, TabulationInput } from '../tabulation.ts'
import type { TieRule } from '../ties.ts'

/** Elects those with the most votes of a tally, whatever their share. */
export function electMostVotes(
  method: string,
  input: TabulationInput<{ readonly ties: readonly TieRule[] }>,
  tally: SelectionTally,
): Tabulation {
  const { options, seats, rules, tieBreaks } = input
  const { chosen, ties, open } = mostVotes({
    votes: tally.votes,
    among: standing(input),
    places: seats,
    method,
    round: 1,
    to: 'elect',
    chain: rules.ties,
    breaks: tieBreaks,
  })
  const elected = electionSentence(options, chosen, tally)
  return singleRoundTabulation({
    method,
    input,
    tally,
    elected: chosen,
    outcome: outcomeOf(open),
    ties,
    sentence: open
      ? [...(chosen.length > 0 ? [elected] : []), openTieSentence(open, options)].join(' ')
      : elected,
  })
}

/** The tabulation of a method that counts once. */
export function singleRoundTabulation(result: {
  readonly method: string
  readonly input: TabulationInput<unknown>
  readonly tally: SelectionTally
  readonly elected: readonly OptionIndex[]
  readonly outcome: Outcome
  readonly ties: MostVotes['ties']
  readonly sentence: string
  readonly quota?: bigint
}): Tabulation {
  const { method, input, tally, elected, outcome, ties, sentence, quota } = result
  const { options, seats } = input
  const { places } = tally
  return {
    method,
    options,
    seats,
    outcome,
    winners: elected.map((option) => ({ option, round: 1 })),
    statuses: options.map((_, option) => statusOf(option, input.withdrawn, elected, outcome)),
    rounds: [
      {
        number: 1,
        action: { kind: 'count' },
        votes: tally.votes.map((votes) => formatDecimal(votes, places)),
        exhausted: '0',
        loss: '0',
        ...(quota !== undefined && { quota: formatDecimal(quota, places) }),
        elected,
        transfers: [],
        sentence,
      },
    ],
    ties,
    statistics: statisticsOf(tally),
    ranking: rankedByVotes(standing(input), tally.votes),
  }
}

/** The options that were not withdrawn. */
export function standing({ options, withdrawn = [] }: TabulationInput<unknown>): OptionIndex[] {
  return [...options.keys()].filter((option) => !withdrawn.includes(option))
}

/** How a count without exclusions left an option. */
export function statusOf(
  option: OptionIndex,
  withdrawn: readonly OptionIndex[] | undefined,
  elected: readonly OptionIndex[],
  outcome: Outcome,
): OptionStatus {
  if (withdrawn?.includes(option)) return { kind: 'withdrawn' }
  if (elected.includes(option)) return { kind: 'elected', round: 1 }
  if (outcome.kind === 'tied' && outcome.tie.among.includes(option)) return { kind: 'open' }
  if (outcome.kind === 'runoff' && outcome.contenders.includes(option)) return { kind: 'contender' }
  return { kind: 'not elected' }
}

/** "Ada is elected with 12 votes." and the like. */
export function electionSentence(
  names: readonly string[],
  elected: readonly OptionIndex[],
  tally: SelectionTally,
): string {
  const withVotes = elected.map(
    (option) => `${names[option]} (${formatDecimal(tally.votes[option]!, tally.places)})`,
  )
  if (elected.length === 0) return 'Nobody is elected.'
  return `${nameList(withVotes)} ${elected.length === 1 ? 'is' : 'are'} elected with the most votes.`
}
