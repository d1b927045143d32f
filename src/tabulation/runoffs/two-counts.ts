import type { BallotGroups } from '../ballot-groups.ts'
import { CountRecord } from '../count-record.ts'
import { type Decimal, formatDecimal } from '../decimal.ts'
import type { OptionIndex } from '../option-index.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import { electedSentence, nameList, settledTieSentence } from '../sentences.ts'
import type { Round, Tabulation, TabulationInput } from '../tabulation.ts'
import type { Tie, TieQuestion, TieRule } from '../ties.ts'
import { wholeTransfer } from '../whole-transfers.ts'
import { type PreferenceReading, SharedPreferences } from './shared-preferences.ts'

/** How many places are shown of votes that are split into parts. */
export const placesShown = 6

interface TwoCountRules extends Omit<PreferenceReading, 'mostRanks'> {
  readonly ties: readonly TieRule[]
}

/**
 * First preferences, and if nobody has a majority of them all but the two with most are excluded, and the
 * ballots of the others go to those. With several seats one more option stays than there are seats.
 * @param mostRanks how many ranks of a ballot are looked at
 */
export function countTwice(
  method: string,
  input: TabulationInput<TwoCountRules>,
  mostRanks: number,
): Tabulation {
  const { options, seats, rules } = input
  const groups = input.ballots as BallotGroups
  const preferences = new SharedPreferences(groups, { ...rules, mostRanks })
  const decimal = (votes: bigint): Decimal =>
    formatDecimal((votes * 10n ** BigInt(placesShown)) / preferences.unit, placesShown + groups.weightPlaces)
  const record = new CountRecord(method, input, decimal)
  const all = flags(options.length, record.continuing())
  const first = preferences.count(all)
  const uncountable = Number(first.exhausted / preferences.unit)
  const finish = (exhausted: bigint, open?: TieQuestion) =>
    record.finish(
      rankedStatistics(groups, {
        uncountable,
        // In units of the ballots: exhausted ballots are whole, as nothing of a ballot exhausts before all of it.
        exhausted: exhausted / preferences.unit,
        places: 0,
        sharedRanks: rules.overvotes === 'split equally' ? 'allowed' : 'overvotes',
      }),
      open,
    )

  const active = sum(first.votes)
  const leader = record.continuing().find((option) => seats === 1 && first.votes[option]! * 2n > active)
  // Where nobody would be excluded, the first count elects.
  const isOnly = leader === undefined && record.continuing().length <= seats + 1
  const early = isOnly
    ? record.chooseMost(record.continuing(), first.votes, seats)
    : { chosen: leader === undefined ? [] : [leader] }
  record.elect(early.chosen)
  record.finishRound({
    action: { kind: 'count' },
    votes: first.votes,
    exhausted: 0n,
    loss: 0n,
    quota: active / 2n + 1n,
    elected: early.chosen,
    transfers: [],
    ...tracedTo(preferences, input, all),
    sentence: sentenceOf(options, 'The first preferences are counted.', early),
  })
  if (isOnly || leader !== undefined) return finish(0n, early.open)

  const runoff = record.chooseMost(record.continuing(), first.votes, seats + 1, 'enter the runoff')
  if (runoff.open) return finish(0n, runoff.open)
  const excluded = record.continuing().filter((option) => !runoff.chosen.includes(option))
  record.exclude(excluded)
  const left = flags(options.length, runoff.chosen)
  const second = preferences.count(left, all)
  const exhausted = second.exhausted - first.exhausted
  const election = record.chooseMost(runoff.chosen, second.votes, seats)
  record.elect(election.chosen)
  record.finishRound({
    action: { kind: 'exclude', options: excluded },
    votes: second.votes,
    exhausted,
    loss: 0n,
    quota: sum(second.votes) / 2n + 1n,
    elected: election.chosen,
    transfers: preferences.transfers(all, left).map((moved) => wholeTransfer(moved, decimal)),
    ...tracedTo(preferences, input, left, all),
    sentence: sentenceOf(options, runoffSentence(options, runoff, excluded), election),
  })
  return finish(exhausted, election.open)
}

export function flags(length: number, options: readonly OptionIndex[]): Uint8Array {
  const flags = new Uint8Array(length)
  for (const option of options) flags[option] = 1
  return flags
}

export function sum(votes: readonly bigint[]): bigint {
  return votes.reduce((total, number) => total + number, 0n)
}

/** Where a ballot of the traced group lies, of weight 1. */
export function tracedTo(
  preferences: SharedPreferences,
  { trace }: Pick<TabulationInput<unknown>, 'trace'>,
  continuing: Uint8Array,
  earlier?: Uint8Array,
): Pick<Round, 'traced'> {
  if (trace === undefined) return {}
  const to = preferences.of(trace, continuing, earlier)
  const part = formatDecimal(10n ** BigInt(placesShown) / BigInt(Math.max(to.length, 1)), placesShown)
  return { traced: to.map((option) => ({ option, votes: part })) }
}

export interface Chosen {
  readonly chosen: readonly OptionIndex[]
  readonly tie?: Tie
  readonly open?: TieQuestion
}

export function runoffSentence(
  names: readonly string[],
  { chosen, tie }: Chosen,
  excluded: readonly OptionIndex[],
): string {
  const named = (options: readonly OptionIndex[]) => nameList(options.map((option) => names[option]!))
  const areExcluded = `${named(excluded)} ${excluded.length === 1 ? 'is' : 'are'} excluded`
  return [
    ...(tie ? [settledTieSentence(tie, names)] : []),
    `${named(chosen)} stay. ${areExcluded}, and the votes go to those who stay.`,
  ].join(' ')
}

export function sentenceOf(names: readonly string[], what: string, { chosen, tie, open }: Chosen): string {
  return [
    what,
    ...(tie && !open ? [settledTieSentence(tie, names)] : []),
    electedSentence(chosen, names) ?? 'Nobody is elected yet.',
  ].join(' ')
}
