import { credentialSecret, publicCredential } from '../sealing/credential.ts'
import { elementToHex } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'

/** The public half of a token in an election, 64 hexadecimal digits. @param uuid of the election */
export function publicHalf(group: Group, { uuid, token }: { uuid: string; token: string }): string {
  const secret = credentialSecret(group, { uuid, token })
  try {
    return elementToHex(publicCredential(group, secret))
  } finally {
    group.wipe(secret)
  }
}
