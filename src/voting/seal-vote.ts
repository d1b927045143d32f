import type { SplitChoice } from '../ballot/clear-choice.ts'
import type { Selections } from '../ballot/selections.ts'
import { credentialSecret } from '../sealing/credential.ts'
import type { Group } from '../sealing/group.ts'
import type { PublicElection } from './public-election.ts'
import { publicHalf } from './public-half.ts'
import { TokenNotOfThisElection } from './refusals.ts'

/**
 * Makes a ballot of a voter's selections, one for each contest, with the token: sealed, so that only the trustees
 * together can open it, or signed and in the clear, as the election has it.
 * @throws SelectionsRefused, WeightUndivided
 */
export function sealVote(
  group: Group,
  {
    election,
    token,
    selections,
  }: { election: PublicElection; token: string; selections: readonly (Selections | SplitChoice)[] },
): { json: string; trackingCode: string } {
  const secret = credentialSecret(group, { uuid: election.form.uuid, token })
  try {
    return election.form.make({ secret, selections })
  } finally {
    group.wipe(secret)
  }
}

/** @throws TokenNotOfThisElection where the list of credentials is known and does not have the token's */
export function checkToken(group: Group, election: PublicElection, token: string): void {
  if (election.credentials === undefined) return
  const { uuid, name } = election.form
  const credential = publicHalf(group, { uuid, token })
  if (!election.credentials.includes(`"${credential}`)) throw new TokenNotOfThisElection(name)
}
