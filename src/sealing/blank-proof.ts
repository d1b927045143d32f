import type { Ciphertext } from './ciphertext.ts'
import { proveDisjunction, verifyDisjunction } from './disjunction.ts'
import type { Element, Group } from './group.ts'
import { claimsOf, type Interval, integersOf } from './interval-proof.ts'
import { branchFor, type Opening } from './opening.ts'
import type { Proof } from './proof.ts'

/**
 * The specification's "Proofs of possibly-blank votes". The first proof says "not blank, or nothing chosen";
 * the second "blank, or as many chosen as allowed".
 */
export interface BlankProofs {
  readonly blankProof: readonly Proof[]
  readonly overallProof: readonly Proof[]
}

/**
 * @param blank the opening of the flag, 1 for a blank vote.
 * @param total the sum of the other choices.
 * @param binding the specification's S.
 * @throws RangeError if a blank vote has choices, or another has too many or too few
 */
export function proveBlank(
  group: Group,
  {
    blank,
    total,
    interval,
    publicKey,
    binding,
  }: { blank: Opening; total: Opening; interval: Interval; publicKey: Element; binding: string },
): BlankProofs {
  const inInterval = total.value >= interval.from && total.value <= interval.to
  if (blank.value === 1 ? total.value !== 0 : !inInterval) {
    throw new RangeError(`neither blank nor from ${interval.from} to ${interval.to} choices`)
  }
  return {
    blankProof: proveDisjunction(group, {
      publicKey,
      branches: [branchFor(group, blank, 0), branchFor(group, total, 0)],
      trueBranch: blank.value,
      prefix: `bproof0|${binding}|`,
    }),
    overallProof: proveDisjunction(group, {
      publicKey,
      branches: [
        branchFor(group, blank, 1),
        ...integersOf(interval).map((value) => branchFor(group, total, value)),
      ],
      trueBranch: (1 - blank.value) * (total.value - interval.from + 1),
      prefix: `bproof1|${binding}|`,
    }),
  }
}

/** @returns the name of the proof that fails, or undefined. */
export function findWrongBlankProof(
  group: Group,
  {
    blank,
    total,
    interval,
    proofs,
    publicKey,
    binding,
  }: {
    blank: Ciphertext
    total: Ciphertext
    interval: Interval
    proofs: BlankProofs
    publicKey: Element
    binding: string
  },
): 'blank_proof' | 'overall_proof' | undefined {
  const blankHolds = verifyDisjunction(group, {
    publicKey,
    claims: [
      { ciphertext: blank, value: 0 },
      { ciphertext: total, value: 0 },
    ],
    proofs: proofs.blankProof,
    prefix: `bproof0|${binding}|`,
  })
  if (!blankHolds) return 'blank_proof'
  const overallHolds = verifyDisjunction(group, {
    publicKey,
    claims: [{ ciphertext: blank, value: 1 }, ...claimsOf(total, interval)],
    proofs: proofs.overallProof,
    prefix: `bproof1|${binding}|`,
  })
  return overallHolds ? undefined : 'overall_proof'
}
