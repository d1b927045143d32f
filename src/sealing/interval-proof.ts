import { type Ciphertext, joinCiphertexts } from './ciphertext.ts'
import { type Claim, proveDisjunction, verifyDisjunction } from './disjunction.ts'
import type { Element, Group } from './group.ts'
import { branchFor, type Opening } from './opening.ts'
import type { Proof } from './proof.ts'

/** Proofs that a ciphertext encrypts an integer from `from` to `to`, one after the other. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/**
 * @param binding S0 for a single choice, S for a total.
 * @throws RangeError if the value isn't in the interval
 */
export function proveInterval(
  group: Group,
  {
    opening,
    interval,
    publicKey,
    binding,
  }: { opening: Opening; interval: Interval; publicKey: Element; binding: string },
): Proof[] {
  if (opening.value < interval.from || opening.value > interval.to) {
    throw new RangeError(`not from ${interval.from} to ${interval.to}`)
  }
  return proveDisjunction(group, {
    publicKey,
    branches: integersOf(interval).map((value) => branchFor(group, opening, value)),
    trueBranch: opening.value - interval.from,
    prefix: prefixFor(binding, opening.ciphertext),
  })
}

export function verifyInterval(
  group: Group,
  {
    ciphertext,
    interval,
    proofs,
    publicKey,
    binding,
  }: {
    ciphertext: Ciphertext
    interval: Interval
    proofs: readonly Proof[]
    publicKey: Element
    binding: string
  },
): boolean {
  return verifyDisjunction(group, {
    publicKey,
    claims: claimsOf(ciphertext, interval),
    proofs,
    prefix: prefixFor(binding, ciphertext),
  })
}

/** For each integer of the interval, that the ciphertext encrypts it. */
export function claimsOf(ciphertext: Ciphertext, interval: Interval): Claim[] {
  return integersOf(interval).map((value) => ({ ciphertext, value }))
}

export function integersOf({ from, to }: Interval): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function prefixFor(binding: string, ciphertext: Ciphertext): string {
  return `prove|${binding}|${joinCiphertexts([ciphertext])}|`
}
