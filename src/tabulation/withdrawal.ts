import { groupingOf } from './ballot-grouping.ts'
import { type BallotGroups, packRanking, unpackRanking } from './ballot-groups.ts'
import { addDecimals, formatDecimal } from './decimal.ts'
import type { BallotStyle, TabulationRequest } from './method.ts'
import type { OptionIndex } from './option-index.ts'
import { TabulationRefusal } from './refusals.ts'

/**
 * The request with its withdrawn options taken off the ballots. Of totals that can only be done where a
 * ballot selects one option, so that the votes of a withdrawn one are ballots that become blank.
 * @throws TabulationRefusal `totals-not-taken`
 */
export function withoutWithdrawn(
  request: TabulationRequest,
  method: { readonly id: string; readonly style: BallotStyle },
): TabulationRequest {
  const { ballots } = request
  const withdrawn = new Set(request.withdrawn)
  if (withdrawn.size === 0) return request
  if (ballots.kind !== 'totals') {
    const { groups, became } = closeUp(ballots, withdrawn)
    const { trace } = request
    return { ...request, ballots: groups, ...(trace !== undefined && { trace: became[trace]! }) }
  }
  if (method.style !== 'choice') {
    throw new TabulationRefusal(
      'totals-not-taken',
      'Totals do not say how ballots read without a withdrawn option.',
      {
        method: method.id,
        withdrawn: [...withdrawn],
      },
    )
  }
  const blank = addDecimals([ballots.blank, ...[...withdrawn].map((option) => ballots.votes[option]!)])
  const votes = ballots.votes.map((votes, option) => (withdrawn.has(option) ? '0' : votes))
  return { ...request, ballots: { ...ballots, votes, blank } }
}

/**
 * Takes options off every ballot; what is left closes up, and ballots that became alike are one group.
 * `became` says which, for each group that there was.
 */
function closeUp(
  groups: BallotGroups,
  withdrawn: ReadonlySet<OptionIndex>,
): { groups: BallotGroups; became: Uint32Array } {
  const grouping = groupingOf(groups.kind, groups.optionCount)
  const weightOf = (units: number) => formatDecimal(units, groups.weightPlaces)
  const became = new Uint32Array(groups.count)
  for (let group = 0; group < groups.count; group++) {
    became[group] = grouping.add(entriesWithout(groups, group, withdrawn), weightOf(groups.weights[group]!))
  }
  grouping.addInvalid(weightOf(groups.invalid))
  const { sequence } = groups
  return {
    groups: {
      ...grouping.finish(),
      ...(sequence && { sequence: sequence.map((group) => became[group]!) }),
    },
    became,
  }
}

function entriesWithout(
  groups: BallotGroups,
  group: number,
  withdrawn: ReadonlySet<OptionIndex>,
): ArrayLike<number> {
  const entries = groups.entries.subarray(groups.starts[group], groups.starts[group + 1])
  switch (groups.kind) {
    case 'selections':
      return entries.filter((option) => !withdrawn.has(option))
    case 'scores':
      return entries.filter((_, position) => !withdrawn.has(entries[position - (position % 2)]!))
    case 'rankings': {
      // A rank that only held withdrawn options closes up; one that the voter left empty stays skipped.
      const ranks = unpackRanking(groups, group)
        .map((rank) => ({
          left: rank.filter((option) => !withdrawn.has(option)),
          skipped: rank.length === 0,
        }))
        .filter(({ left, skipped }) => skipped || left.length > 0)
      return packRanking(ranks.map(({ left }) => left))
    }
  }
}
