import type { BallotGroups } from '../ballot-groups.ts'
import { standing } from '../methods/single-round.ts'
import type { OptionIndex } from '../option-index.ts'
import { optionNamed } from '../option-named.ts'
import { TabulationRefusal } from '../refusals.ts'
import {
  inconsistentTotals,
  inFewestPlaces,
  type SelectionTally,
  statedTally,
  tallySelections,
} from '../selection-tally.ts'
import type { TabulationInput } from '../tabulation.ts'
import type { OptionTotals } from '../totals.ts'
import type { ListRules } from './list-rules.ts'

/** A list of the ballot. */
export interface PartyList {
  readonly option: OptionIndex
  /** In the order of the list, without the withdrawn; absent where the list names none. */
  readonly candidates?: readonly OptionIndex[]
}

export interface ListTally {
  readonly lists: readonly PartyList[]
  /** The marks of each option. */
  readonly marks: SelectionTally
  /** The votes of each list, by position of the option; 0 for candidates. */
  readonly listVotes: readonly bigint[]
}

/**
 * Adds up the votes of lists, from ballots or from totals.
 * @throws TabulationRefusal `rules-invalid` if the rules name what is not on the ballot, or a candidate twice;
 *   `totals-inconsistent`
 */
export function tallyLists(input: TabulationInput<ListRules>): ListTally {
  const { options, rules, ballots } = input
  const lists = listsOf(input)
  const listOf = new Int32Array(options.length).map((_, option) => option)
  for (const { option, candidates = [] } of lists) for (const each of candidates) listOf[each] = option
  const marks =
    rules.ballot === 'marks'
      ? tallySelections(input, rules.marks)
      : inFewestPlaces(
          ballots.kind === 'totals' ? oneListTotals(ballots, listOf) : oneListGroups(ballots, listOf),
        )
  const listVotes = options.map((_, option) => (listOf[option] === option ? marks.votes[option]! : 0n))
  if (rules.ballot === 'marks') {
    for (const [option, list] of listOf.entries())
      if (list !== option) listVotes[list]! += marks.votes[option]!
  }
  return { lists, marks, listVotes }
}

function listsOf(input: TabulationInput<ListRules>): PartyList[] {
  const { options, rules } = input
  const isStanding = new Set(standing(input))
  const seen = new Set<OptionIndex>()
  const candidates = new Map<OptionIndex, OptionIndex[]>()
  for (const [list, names] of Object.entries(rules.candidates ?? {})) {
    const positions = names.map((name) => optionNamed(name, options))
    for (const option of [optionNamed(list, options), ...positions]) {
      if (seen.has(option)) {
        throw new TabulationRefusal('rules-invalid', `${options[option]} stands on the lists twice.`)
      }
      seen.add(option)
    }
    candidates.set(
      optionNamed(list, options),
      positions.filter((option) => isStanding.has(option)),
    )
  }
  for (const { lists } of rules.exceptions) for (const name of lists) optionNamed(name, options)
  const onALists = new Set([...candidates.values()].flat())
  const lists = [...isStanding].filter(
    (option) => candidates.has(option) || !(seen.has(option) || onALists.has(option)),
  )
  return lists.map((option) => {
    const own = candidates.get(option)
    return { option, ...(own && { candidates: own }) }
  })
}

/** Ballots that mark one list, and candidates of no other. */
function oneListGroups(groups: BallotGroups, listOf: Int32Array): SelectionTally {
  const { count, starts, entries, weights } = groups
  // Sums of weights stay below 2^53 (see `BallotGroups`), so they are exact as numbers.
  const votes = new Float64Array(groups.optionCount)
  let valid = 0
  let blank = 0
  let overvotes = 0
  let unlisted = 0
  for (let group = 0; group < count; group++) {
    const weight = weights[group]!
    const ballot = entries.subarray(starts[group], starts[group + 1])
    const list = listOf[ballot[0] ?? 0]
    if (ballot.length === 0) blank += weight
    else if (ballot.some((option) => listOf[option] !== list)) overvotes += weight
    else if (!ballot.includes(list!)) unlisted += weight
    else {
      valid += weight
      for (const option of ballot) votes[option]! += weight
    }
  }
  return {
    votes: Array.from(votes, BigInt),
    valid: BigInt(valid),
    blank: BigInt(blank),
    invalid: BigInt(groups.invalid + overvotes + unlisted),
    overvotes: BigInt(overvotes),
    places: groups.weightPlaces,
  }
}

function oneListTotals(totals: OptionTotals, listOf: Int32Array): SelectionTally {
  const tally = statedTally(totals)
  const { votes, valid } = tally
  const isList = (option: OptionIndex) => listOf[option] === option
  const sum = votes.reduce((total, number, option) => (isList(option) ? total + number : total), 0n)
  if (sum !== valid || votes.some((number, option) => number > votes[listOf[option]!]!)) {
    throw inconsistentTotals(totals)
  }
  return tally
}
