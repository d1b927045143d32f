import { encodeSelections } from '../ballot/encoding.ts'
import type { Selections } from '../ballot/selections.ts'
import { sealBallot } from '../sealing/ballot.ts'
import { credentialSecret } from '../sealing/credential.ts'
import type { Group } from '../sealing/group.ts'
import type { PublicElection } from './public-election.ts'
import { publicHalf } from './public-half.ts'
import { TokenNotOfThisElection } from './refusals.ts'

/**
 * Seals a voter's selections, one for each contest, with the token. Only all trustees together can open it.
 * @throws SelectionsRefused
 */
export function sealVote(
  group: Group,
  {
    election,
    token,
    selections,
  }: { election: PublicElection; token: string; selections: readonly Selections[] },
): { json: string; trackingCode: string } {
  const choices = election.contests.map(({ ballot, options }, index) =>
    encodeSelections(selections[index]!, ballot, options.length),
  )
  const secret = credentialSecret(group, { uuid: election.sealed.parameters.uuid, token })
  try {
    return sealBallot(group, { election: election.sealed, secret, choices })
  } finally {
    group.wipe(secret)
  }
}

/** @throws TokenNotOfThisElection where the list of credentials is known and does not have the token's */
export function checkToken(group: Group, election: PublicElection, token: string): void {
  if (election.credentials === undefined) return
  const { uuid, name } = election.sealed.parameters
  const credential = publicHalf(group, { uuid, token })
  if (!election.credentials.includes(`"${credential}`)) throw new TokenNotOfThisElection(name)
}
