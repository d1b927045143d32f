import { DelegationRefused } from './delegation-refusals.ts'
import { chainMadeBy, type GivenVote } from './delegations.ts'

/** A vote that is to be given, with a reason and a moment that can stand. */
export interface CheckedGiving extends GivenVote {
  readonly reason: string
  /** ISO 8601 in UTC; null for no end. */
  readonly expiresAt: string | null
}

/** @throws DelegationRefused, naming the chain */
export function requireOneHop(standing: readonly GivenVote[], given: GivenVote): void {
  const chain = chainMadeBy(standing, given)
  if (chain === undefined) return
  const [first, between, last] = chain
  const cycle = first === last
  throw new DelegationRefused(
    given,
    cycle
      ? `${first} and ${between} would give their votes to each other (${chain.join(' → ')})`
      : `The vote of ${first} would be passed on: ${chain.join(' → ')}`,
    'A vote is passed on once: who casts it for another has not given away a vote.',
  )
}

/** @param represented how many the acting member represents without this one @throws DelegationRefused */
export function requireWithin(
  represented: number,
  { given, election, maxRepresented }: { given: GivenVote; election: string; maxRepresented: number },
): void {
  if (represented < maxRepresented) return
  throw new DelegationRefused(
    given,
    `${given.acting} represents ${represented} already, and in ${election} one person may represent ${maxRepresented}`,
  )
}
