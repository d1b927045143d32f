import { randomText } from './credential.ts'
import { hashToScalar } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'

/** By these keys the trustees of a threshold group know one another during the key ceremony. */
export interface CeremonyKeys {
  /** Secret: signs what the trustee sends. */
  readonly signing: Scalar
  /** Secret: opens what the others send. */
  readonly decryption: Scalar
  readonly verification: Element
  readonly encryption: Element
}

const seedPattern = /^[1-9A-HJ-NP-Za-km-z]{22}$/

/** All of a trustee's secrets in a ceremony follow from it: 22 characters, 128 bits of chance. */
export function generateSeed(group: Group): string {
  return randomText(group, 22)
}

export function isSeed(text: string): boolean {
  return seedPattern.test(text)
}

/** Wipe them after use with `wipeCeremonyKeys`. */
export function ceremonyKeys(group: Group, seed: string): CeremonyKeys {
  const signing = hashToScalar(group, `sk|${seed}`)
  const decryption = hashToScalar(group, `dk|${seed}`)
  return {
    signing,
    decryption,
    verification: group.multiplyBase(signing),
    encryption: group.multiplyBase(decryption),
  }
}

export function wipeCeremonyKeys(group: Group, { signing, decryption }: CeremonyKeys): void {
  group.wipe(signing)
  group.wipe(decryption)
}
