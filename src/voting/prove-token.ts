import { signChallenge } from '../sealing/challenge.ts'
import { credentialSecret, publicCredential } from '../sealing/credential.ts'
import { elementToHex } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'

export interface TokenProof {
  /** The public half of the token, 64 hexadecimal digits. */
  readonly credential: string
  /** Of the challenge. */
  readonly signature: string
}

/** Shows to a server that the voter holds the token, which stays where it is. @param uuid of the election */
export function proveToken(
  group: Group,
  { uuid, token, challenge }: { uuid: string; token: string; challenge: string },
): TokenProof {
  const secret = credentialSecret(group, { uuid, token })
  try {
    const credential = elementToHex(publicCredential(group, secret))
    return { credential, signature: signChallenge(group, { secret, challenge }) }
  } finally {
    group.wipe(secret)
  }
}
