import type { OptionIndex } from '../option-index.ts'
import type { Tie, TieQuestion } from '../ties.ts'
import { bulkExclusion } from './bulk-exclusion.ts'
import { type Standing, vacantSeats } from './standing.ts'

/** Who is excluded, or the tie that stands in the way. */
type Exclusion =
  | { readonly options: readonly OptionIndex[]; readonly tie?: Tie }
  | { readonly open: TieQuestion }

interface ExclusionRule {
  readonly choose: (standing: Standing) => Exclusion
  /** Who is sure to lose in spite of the surpluses that are not transferred; nobody, if that can't be said. */
  readonly sureLosers: (standing: Standing) => readonly OptionIndex[]
}

export const exclusionRules = {
  lowest: {
    choose: lowest,
    sureLosers: (standing) => sureLosers(standing, isBelow).slice(0, 1),
  },
  /** Together those whose votes, with all surpluses, are fewer than those of the next. */
  'sure losers together': batchOf((standing) => sureLosers(standing, isBelow)),
  /** The same, or as many as those of the next. */
  'sure losers together up to equality': batchOf((standing) => sureLosers(standing, isNotAbove)),
  /** The same as the first, unless their papers could change the order in which others are elected. */
  'sure losers together keeping the order': batchOf((standing) =>
    sureLosers(standing, isBelow, keepsOrderOfElection),
  ),
  /** At the first exclusion all who have no votes; from then on one at a time. */
  'without votes together first': {
    choose: (standing) => {
      const { continuing, ledger, anyExcluded } = standing
      const without = continuing.filter((option) => ledger.votes[option] === 0n)
      const enoughAreLeft = continuing.length - without.length >= vacantSeats(standing)
      return anyExcluded || without.length === 0 || !enoughAreLeft ? lowest(standing) : { options: without }
    },
    sureLosers: (standing) => sureLosers(standing, isBelow).slice(0, 1),
  },
  /** The bulk exclusions of the Commonwealth Electoral Act. */
  bulk: batchOf(bulkExclusion),
} satisfies Record<string, ExclusionRule>

function batchOf(losers: (standing: Standing) => readonly OptionIndex[]): ExclusionRule {
  return {
    choose: (standing) => {
      const options = losers(standing)
      return options.length > 0 ? { options } : lowest(standing)
    },
    sureLosers: losers,
  }
}

/** The one with fewest votes. */
function lowest({ record }: Standing): Exclusion {
  const choice = record.choose(record.continuing(), 'exclude')
  if (choice.kind === 'tied') return { open: choice.question }
  return { options: [choice.option], ...(choice.tie && { tie: choice.tie }) }
}

type Comparison = (together: bigint, next: bigint) => boolean

const isBelow: Comparison = (together, next) => together < next
const isNotAbove: Comparison = (together, next) => together <= next

/**
 * As many of the lowest as can be excluded together, without parting those with equal votes: with all
 * surpluses they don't reach the next, and enough continue for the vacant seats.
 * @param allows what else is asked of such a batch
 */
function sureLosers(
  standing: Standing,
  cannotReach: Comparison,
  allows: (standing: Standing, batch: Batch) => boolean = () => true,
): OptionIndex[] {
  const { ledger, continuing } = standing
  const { votes } = ledger
  const surplus = ledger.surplus()
  const most = continuing.length - vacantSeats(standing)
  let together = 0n
  let losers = 0
  for (let size = 1; size <= most && size < continuing.length; size++) {
    const highest = votes[continuing[size - 1]!]!
    const next = votes[continuing[size]!]!
    together += highest
    if (highest === next || !cannotReach(together + surplus, next)) continue
    if (allows(standing, { size, together, highest, surplus })) losers = size
  }
  return continuing.slice(0, losers).sort((a, b) => a - b)
}

interface Batch {
  readonly size: number
  /** Votes of all in it. */
  readonly together: bigint
  /** Votes of the highest in it. */
  readonly highest: bigint
  readonly surplus: bigint
}

/** Californians for Electoral Reform, draft section 10059 (k) (3). */
function keepsOrderOfElection(standing: Standing, { size, together, highest, surplus }: Batch): boolean {
  const { continuing, ledger } = standing
  const vacant = vacantSeats(standing)
  const missingToLeader = ledger.quota - ledger.votes[continuing.at(-1)!]!
  return (
    vacant === 1 ||
    continuing.length - size === vacant ||
    together + surplus < missingToLeader ||
    (surplus === 0n && together - highest < missingToLeader)
  )
}
