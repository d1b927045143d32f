import type { BallotGroups } from '../ballot-groups.ts'
import { CountRecord } from '../count-record.ts'
import { formatDecimal } from '../decimal.ts'
import { inOrderOfVotes, rankedByVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import type { RoundAction, Tabulation, TabulationInput } from '../tabulation.ts'
import type { RoundVotes } from '../tie-breaking.ts'
import type { TieQuestion, TieRule } from '../ties.ts'
import { wholeTransfer } from '../whole-transfers.ts'
import { type PreferenceReading, SharedPreferences, type SharedTransfer } from './shared-preferences.ts'
import { type Chosen, flags, placesShown, runoffSentence, sentenceOf, sum, tracedTo } from './two-counts.ts'

interface RoundsRules extends Omit<PreferenceReading, 'mostRanks'> {
  readonly contenders: readonly number[]
  readonly tiedContenders: 'decide' | 'all go on'
  readonly ties: readonly TieRule[]
}

/** What begins a round after the first. */
interface Beginning {
  readonly action: RoundAction
  readonly transfers: readonly SharedTransfer[]
  readonly sentence: string
}

/**
 * Rounds of voting from one set of rankings. In each a majority of its votes elects; those with the most
 * votes among the others go on, and in the last round those with the most votes are elected.
 */
export function countRounds(method: string, input: TabulationInput<RoundsRules>): Tabulation {
  const { options, seats, rules } = input
  const groups = input.ballots as BallotGroups
  const preferences = new SharedPreferences(groups, { ...rules, mostRanks: Number.POSITIVE_INFINITY })
  const decimal = (votes: bigint) =>
    formatDecimal((votes * 10n ** BigInt(placesShown)) / preferences.unit, placesShown + groups.weightPlaces)
  const record = new CountRecord(method, input, decimal)
  const all = flags(options.length, record.continuing())
  const uncountable = preferences.count(all).exhausted
  /** Options that stood together in their last round, with the votes of it; those of the last round first. */
  const levels: OptionIndex[][] = []
  const electedEarly: OptionIndex[][] = []
  let beginning: Beginning = {
    action: { kind: 'count' },
    transfers: [],
    sentence: 'The first preferences are counted.',
  }

  for (let round = 0; ; round++) {
    const standing = record.continuing()
    const present = flags(options.length, standing)
    const { votes, exhausted } = preferences.count(present, all)
    const placesLeft = () => (rules.contenders[round] ?? 0) * (seats - record.electedCount())
    const isLast =
      round === rules.contenders.length ||
      goingOn(standing, votes, placesLeft(), rules).length === standing.length
    const election = electNow(record, votes, seats, isLast)
    record.elect(election.chosen)
    const exhaustedSoFar = exhausted - uncountable
    record.finishRound({
      action: beginning.action,
      votes,
      exhausted: exhaustedSoFar,
      loss: 0n,
      quota: sum(votes) / 2n + 1n,
      elected: election.chosen,
      transfers: beginning.transfers.map((moved) => wholeTransfer(moved, decimal)),
      ...tracedTo(preferences, input, present, all),
      sentence: sentenceOf(options, beginning.sentence, election),
    })
    const finish = (open?: TieQuestion): Tabulation => ({
      ...record.finish(
        rankedStatistics(groups, {
          uncountable: Number(uncountable / preferences.unit),
          // Ballots are exhausted whole.
          exhausted: exhaustedSoFar / preferences.unit,
          places: 0,
          sharedRanks: rules.overvotes === 'split equally' ? 'allowed' : 'overvotes',
        }),
        open,
      ),
      ranking: [...electedEarly, ...rankedByVotes(standing, votes), ...levels],
    })
    if (isLast || record.electedCount() === seats) return finish(election.open)

    electedEarly.push(...election.chosen.map((option) => [option]))
    const others = record.continuing()
    const next = chooseContenders(record, votes, placesLeft(), rules)
    if (next.open) return finish(next.open)
    const out = others.filter((option) => !next.chosen.includes(option))
    levels.unshift(...rankedByVotes(out, votes))
    record.exclude(out)
    const transfers = preferences.transfers(present, flags(options.length, next.chosen))
    beginning =
      out.length > 0
        ? {
            action: { kind: 'exclude', options: out },
            transfers,
            sentence: runoffSentence(options, next, out),
          }
        : { action: { kind: 'count' }, transfers, sentence: 'The ballots count for the others.' }
  }
}

/** A majority elects, and in the last round the most votes. */
function electNow(record: CountRecord, votes: RoundVotes, seats: number, isLast: boolean): Chosen {
  const standing = record.continuing()
  if (isLast) return record.chooseMost(standing, votes, seats - record.electedCount())
  const leader = standing.find((option) => votes[option]! * 2n > sum(votes))
  return { chosen: leader === undefined ? [] : [leader] }
}

/** Those who stand in the next round as far as votes decide; all of the tied where the rules say so. */
function goingOn(
  among: readonly OptionIndex[],
  votes: RoundVotes,
  places: number,
  { tiedContenders }: Pick<RoundsRules, 'tiedContenders'>,
): readonly OptionIndex[] {
  const byVotes = inOrderOfVotes(among, votes)
  if (tiedContenders === 'decide' || byVotes.length <= places) return byVotes.slice(0, places)
  return byVotes.filter((option) => votes[option]! >= votes[byVotes[places - 1]!]!)
}

function chooseContenders(
  record: CountRecord,
  votes: RoundVotes,
  places: number,
  rules: RoundsRules,
): Chosen {
  const among = record.continuing()
  return rules.tiedContenders === 'all go on'
    ? { chosen: goingOn(among, votes, places, rules) }
    : record.chooseMost(among, votes, places, 'enter the runoff')
}
