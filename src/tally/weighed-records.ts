import type { ClearElection } from '../election/clear-election.ts'
import { partsOf } from '../voting/clear-ballot.ts'
import type { WeighedRecord } from './count-contest.ts'

/**
 * What a ballot says in each contest, in units of the count: several records of one that divides its weight.
 * @param units of its voter
 */
export function weighedRecords(
  clear: ClearElection,
  choices: readonly unknown[],
  units: bigint,
): WeighedRecord[][] {
  const unit = unitOf(clear)
  return partsOf(clear, choices, units * unit).map((parts) =>
    parts.map(({ record, micros }, index) => ({
      record,
      units: micros / unit,
      // It is one ballot, however many parts it has.
      ballots: index === 0 ? 1 : 0,
    })),
  )
}

/** Millionths of a vote, the same in every contest. */
export function unitOf({ parameters }: ClearElection): bigint {
  return BigInt(parameters.contests[0]!.weightUnitMicros)
}
