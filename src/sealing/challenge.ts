import { parseCanonical } from './canonical-json.ts'
import { credentialOf, publicCredential } from './credential.ts'
import { elementToHex } from './encoding.ts'
import type { Group, Scalar } from './group.ts'
import { proofFormat, proveKnowledge, verifyKnowledge } from './proof.ts'

/**
 * Signs what a server asks a voter to sign, to show that the voter holds the token: a signature like that of a
 * ballot, over a string that no ballot and no message of a trustee begins with.
 * @param secret of the voter's credential in this election, from `credentialSecret`
 * @returns `{"challenge":…,"response":…}`, at most 200 characters
 */
export function signChallenge(
  group: Group,
  { secret, challenge }: { secret: Scalar; challenge: string },
): string {
  const credential = elementToHex(publicCredential(group, secret))
  const prefix = prefixOf(credential, challenge)
  return proofFormat.write(proveKnowledge(group, { secret, bases: [group.base], prefix }))
}

/**
 * Whether the holder of the credential's token signed the challenge.
 * @param credential 64 hexadecimal digits
 */
export function verifyChallenge(
  group: Group,
  { credential, challenge, signature }: { credential: string; challenge: string; signature: string },
): boolean {
  const multiple = credentialOf(group, credential)
  const reading = parseCanonical(proofFormat, signature)
  if (multiple === undefined || !reading.ok) return false
  const claims = [{ base: group.base, multiple }]
  return verifyKnowledge(group, { proof: reading.value, claims, prefix: prefixOf(credential, challenge) })
}

/** The credential is part of it: a signature fits no other key. */
function prefixOf(credential: string, challenge: string): string {
  return `urna-challenge|${credential}|${challenge}|`
}
