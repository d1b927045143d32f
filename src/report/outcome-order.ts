import { toCommonScale } from '../tabulation/decimal.ts'
import type { OptionIndex } from '../tabulation/option-index.ts'
import type { Round, Tabulation } from '../tabulation/tabulation.ts'

/**
 * The options as a list of results has them: the elected in their order, those left at the end with most votes
 * first, the excluded from the last to the first, and then the withdrawn.
 */
export function inOrderOfOutcome(tabulation: Tabulation): OptionIndex[] {
  const { options, winners, statuses, rounds, ranking } = tabulation
  const elected = winners.map(({ option }) => option)
  const last = rounds.at(-1)?.votes ?? []
  const votes = last.length === 0 ? options.map(() => 0n) : toCommonScale(last).units
  const place = new Map(ranking?.flatMap((equals, index) => equals.map((option) => [option, index])))
  const rank = (option: OptionIndex) => {
    const status = statuses[option]!
    if (status.kind === 'elected') return -1_000_000 + elected.indexOf(option)
    if (status.kind === 'withdrawn') return 1_000_000
    return status.kind === 'excluded' ? -status.round : -100_000
  }
  return [...options.keys()].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (place.get(a) ?? 0) - (place.get(b) ?? 0) ||
      (votes[a]! === votes[b]! ? a - b : votes[a]! > votes[b]! ? -1 : 1),
  )
}

/** Whether in every round the votes, the exhausted and the lost ones add up to the valid votes. */
export function addsUp({ rounds, statistics }: Tabulation): boolean {
  return rounds.every((round) => sumOfRound(round, statistics.valid))
}

function sumOfRound({ votes, exhausted, loss }: Round, valid: string): boolean {
  if (votes.length === 0) return false
  const { units } = toCommonScale([valid, exhausted, loss, ...votes])
  const [all, ...parts] = units as [bigint, ...bigint[]]
  return parts.reduce((sum, part) => sum + part, 0n) === all
}
