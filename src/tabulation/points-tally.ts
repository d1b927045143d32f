import type { BallotGroups } from './ballot-groups.ts'
import { inconsistentTotals, inFewestPlaces, type SelectionTally, statedTally } from './selection-tally.ts'
import type { TabulationInput } from './tabulation.ts'
import type { OptionTotals } from './totals.ts'

/** What a ballot that isn't blank may give; ballots outside of it are not counted. */
interface PointLimits {
  readonly fewestOptions: number
  readonly mostOptions: number
  readonly mostPerOption: number
  readonly fewestPoints: number
  /** Ballots that give more in all, or to one option or too many, are overvotes. */
  readonly mostPoints: number
  /** Which ballots are blank. */
  readonly blank: 'no options' | 'no points'
}

/**
 * Adds up points that ballots give to options; the votes of the tally are points × weight.
 * @throws TabulationRefusal `totals-inconsistent`
 */
export function tallyPoints(
  { ballots }: Pick<TabulationInput<unknown>, 'ballots'>,
  limits: PointLimits,
): SelectionTally {
  return inFewestPlaces(
    ballots.kind === 'totals' ? tallyOfTotals(ballots, limits) : tallyOfGroups(ballots, limits),
  )
}

function tallyOfGroups(groups: BallotGroups, limits: PointLimits): SelectionTally {
  const { count, starts, entries, weights } = groups
  let blank = 0
  let overvotes = 0
  let undervotes = 0
  let valid = 0
  /** Weight of the counted ballots that give an option so many points: a sum of weights, so below 2^53. */
  const weightsByPoints = Array.from({ length: groups.optionCount }, () => new Map<number, number>())
  for (let group = 0; group < count; group++) {
    const start = starts[group]!
    const end = starts[group + 1]!
    let points = 0
    let highest = 0
    for (let at = start + 1; at < end; at += 2) {
      points += entries[at]!
      highest = Math.max(highest, entries[at]!)
    }
    const weight = weights[group]!
    const options = (end - start) / 2
    if (options === 0 || (points === 0 && limits.blank === 'no points')) blank += weight
    else if (options > limits.mostOptions || highest > limits.mostPerOption || points > limits.mostPoints) {
      overvotes += weight
    } else if (options < limits.fewestOptions || points < limits.fewestPoints) undervotes += weight
    else {
      valid += weight
      for (let at = start; at < end; at += 2) {
        const byPoints = weightsByPoints[entries[at]!]!
        byPoints.set(entries[at + 1]!, (byPoints.get(entries[at + 1]!) ?? 0) + weight)
      }
    }
  }
  return {
    // The products may pass 2^53.
    votes: weightsByPoints.map((byPoints) =>
      [...byPoints].reduce((sum, [points, weight]) => sum + BigInt(points) * BigInt(weight), 0n),
    ),
    valid: BigInt(valid),
    blank: BigInt(blank),
    invalid: BigInt(groups.invalid + overvotes + undervotes),
    overvotes: BigInt(overvotes),
    places: groups.weightPlaces,
  }
}

function tallyOfTotals(totals: OptionTotals, limits: PointLimits): SelectionTally {
  const tally = statedTally(totals)
  const { votes, valid } = tally
  const sum = votes.reduce((total, number) => total + number, 0n)
  const tooFew = valid < 0n || sum < valid * BigInt(limits.fewestPoints)
  const most = valid * BigInt(limits.mostPoints)
  const mostOfOne = valid * BigInt(limits.mostPerOption)
  if (tooFew || sum > most || votes.some((number) => number > mostOfOne)) throw inconsistentTotals(totals)
  return tally
}
