import { inOrderOfVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { quotaRules } from './quotas.ts'
import type { StvRuleSet } from './rule-set.ts'
import type { StageElections } from './stage-action.ts'
import { type Standing, vacantSeats } from './standing.ts'

/** What is still under way when it is asked whom the votes elect. */
export interface UnderWay {
  /** Whether papers of an exclusion are still to move, or surpluses that go together. */
  readonly transfers: boolean
}

/**
 * Elects those who have what it takes, most votes first.
 *
 * Where more have it than there are seats, the lowest of them are tied; only their earlier votes can tell
 * them apart, or none of them is elected yet (ERS97, 5.6.2).
 */
export function electReached(standing: Standing, rules: StvRuleSet): OptionIndex[] {
  const { record, ledger, seats } = standing
  const elected: OptionIndex[] = []
  for (;;) {
    const vacant = vacantSeats(standing)
    const share = rules.alsoElects === 'nothing' ? undefined : activeVotes(standing)
    const reached = inOrderOfVotes(record.continuing(), ledger.votes).filter((option) => {
      const votes = ledger.votes[option]!
      return hasQuota(votes, ledger.quota, rules) || hasShare(votes, share, vacant)
    })
    if (vacant === 0 || reached.length === 0) return elected
    const lastSure = reached.length <= vacant ? reached : withTiesSettled(reached, vacant, standing)
    if (lastSure.length === 0) return elected
    if (rules.electedOn === 'transfer of the surplus' && record.electedCount() + reached.length < seats) {
      return elected
    }
    record.elect(lastSure)
    elected.push(...lastSure)
    if (share === undefined) return elected
  }
}

/** Elects those who need no quota: all who are left, as there are seats for them, or the last by its rule. */
export function electWithoutQuota(
  standing: Standing,
  rules: StvRuleSet,
  underWay: UnderWay,
): Pick<StageElections, 'allLeft' | 'ahead'> {
  const { record, ledger } = standing
  const vacant = vacantSeats(standing)
  const left = inOrderOfVotes(record.continuing(), ledger.votes)
  const isSettled = !underWay.transfers && ledger.surplus() === 0n
  if (vacant > 0 && left.length <= vacant && seatsForAll(rules.termination, isSettled)) {
    record.elect(left)
    return { allLeft: left, ahead: [] }
  }
  const ahead = aheadOfAll(left, standing, rules, { ...underWay, isSettled })
  record.elect(ahead)
  return { allLeft: [], ahead }
}

/** @param left most votes first */
function aheadOfAll(
  left: readonly OptionIndex[],
  standing: Standing,
  { lastSeat }: StvRuleSet,
  { transfers, isSettled }: UnderWay & { readonly isSettled: boolean },
): readonly OptionIndex[] {
  const { ledger } = standing
  const vacant = vacantSeats(standing)
  const ahead = left.slice(0, vacant)
  const last = ahead.at(-1)
  const next = left[vacant]
  if (last === undefined || next === undefined) return []
  const votes = ledger.votes[last]!
  if (votes === ledger.votes[next]!) return []
  const against = left.slice(vacant).reduce((sum, option) => sum + ledger.votes[option]!, ledger.surplus())
  switch (lastSeat) {
    case 'no rule':
      return []
    case 'as many votes as all others together':
      return vacant === 1 && !transfers && votes >= against ? ahead : []
    case 'more votes of two':
      return vacant === 1 && isSettled && left.length === 2 ? ahead : []
    case 'more votes than all lower together':
      return !transfers && votes > against ? ahead : []
  }
}

/** Whether votes elect; no votes never do, though without valid ballots a quota can be nothing. */
export function hasQuota(votes: bigint, quota: bigint, rules: StvRuleSet): boolean {
  return votes > 0n && (quotaRules[rules.quota].reachedWith === 'more' ? votes > quota : votes >= quota)
}

function hasShare(votes: bigint, active: bigint | undefined, vacant: number): boolean {
  return active !== undefined && votes > 0n && votes * BigInt(vacant + 1) >= active
}

/** Votes of those who continue and of papers that are still to be transferred. */
function activeVotes({ ledger, record }: Standing): bigint {
  return ledger.votes.reduce((sum, votes, option) => {
    if (record.roundOfElection(option) === undefined) return sum + votes
    return votes > ledger.quota ? sum + votes - ledger.quota : sum
  }, 0n)
}

function withTiesSettled(
  reached: readonly OptionIndex[],
  vacant: number,
  { ledger, record }: Standing,
): OptionIndex[] {
  const last = ledger.votes[reached[vacant - 1]!]!
  const above = reached.filter((option) => ledger.votes[option]! > last)
  const tied = reached.filter((option) => ledger.votes[option] === last)
  if (above.length + tied.length === vacant) return reached.slice(0, vacant)
  return [...above, ...record.electTied(tied, vacant - above.length)]
}

function seatsForAll(termination: StvRuleSet['termination'], isSettled: boolean): boolean {
  switch (termination) {
    case 'as many continue as seats are vacant':
    case 'an exclusion would leave as many as seats are vacant':
      return true
    case 'as many continue and nothing is to be transferred':
      return isSettled
    case 'never below the quota':
      return false
  }
}
