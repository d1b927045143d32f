import type { PartialDecryption } from './decryption.ts'
import { scalarFromInteger } from './encoding.ts'
import type { EncryptedTally } from './encrypted-tally.ts'
import { type Element, type Group, groupOrder } from './group.ts'
import { mapShape, type Shape, zipShapes } from './shape.ts'
import type { Trustees } from './trustee.ts'

/** A verified partial decryption, with whose it is. */
export interface OwnedDecryption {
  /** The trustee's place among all trustees, from 1. */
  readonly owner: number
  readonly decryption: PartialDecryption
}

/** Of these trustees, by their places from 1, so many more are needed. */
export interface MissingOwners {
  readonly owners: readonly number[]
  readonly needed: number
}

/** The tally cannot be opened yet. */
export interface MissingDecryptions {
  readonly missing: readonly MissingOwners[]
}

/**
 * Opens every ciphertext of a tally, as far as to the point it encrypts.
 *
 * @param decryptions verified, at most one an owner; those of a threshold group beyond its threshold are ignored.
 * @returns the plaintext points in the tally's shape, or whose decryptions are missing
 */
export function combineDecryptions(
  group: Group,
  {
    trustees,
    tally,
    decryptions,
  }: { trustees: Trustees; tally: EncryptedTally; decryptions: readonly OwnedDecryption[] },
): { readonly plaintexts: readonly Shape<Element>[] } | MissingDecryptions {
  const byOwner = new Map(decryptions.map(({ owner, decryption }) => [owner, decryption]))
  const missing = missingOwners(trustees, new Set(byOwner.keys()))
  if (missing.length > 0) return { missing }
  const shares = keyShares(trustees).map(({ owners, threshold }) => ({
    owners,
    present: owners.filter((owner) => byOwner.has(owner)).slice(0, threshold),
  }))

  const factors = shares.flatMap(({ owners, present }) => {
    const indexes = present.map((owner) => owner - owners[0]! + 1)
    return present.map((owner, position) => ({
      factors: byOwner.get(owner)!.decryption_factors,
      coefficient: lagrangeCoefficient(indexes, indexes[position]!),
    }))
  })
  let plaintexts: readonly Shape<Element>[] = tally.map((question) => mapShape(question, ({ beta }) => beta))
  for (const { factors: shape, coefficient } of factors) {
    plaintexts = plaintexts.map((question, index) =>
      zipShapes(question, shape[index]!, (point, factor) =>
        group.subtract(
          point,
          coefficient === 1n ? factor : group.multiply(factor, scalarFromInteger(coefficient)),
        ),
      ),
    )
  }
  return { plaintexts }
}

/** Who, of each item of the list of trustees, has yet to act, where `done` have. */
export function missingOwners(trustees: Trustees, done: ReadonlySet<number>): MissingOwners[] {
  return keyShares(trustees)
    .map(({ owners, threshold }) => {
      const rest = owners.filter((owner) => !done.has(owner))
      return { owners: rest, needed: threshold - (owners.length - rest.length) }
    })
    .filter(({ needed }) => needed > 0)
}

/** The owners of each item's keys, and how many of them must act. */
export function keyShares(
  trustees: Trustees,
): { readonly owners: readonly number[]; readonly threshold: number }[] {
  let next = 1
  return trustees.map(([kind, content]) => {
    const size = kind === 'Single' ? 1 : content.verification_keys.length
    const owners = Array.from({ length: size }, (_, index) => next + index)
    next += size
    return { owners, threshold: kind === 'Single' ? 1 : content.threshold }
  })
}

/** With which factor the share at `index` enters the value at zero of the polynomial through all `indexes`. */
function lagrangeCoefficient(indexes: readonly number[], index: number): bigint {
  let numerator = 1n
  let denominator = 1n
  for (const other of indexes) {
    if (other === index) continue
    numerator *= BigInt(other)
    denominator *= BigInt(other - index)
  }
  return modulo(numerator * inverse(modulo(denominator)))
}

function modulo(value: bigint): bigint {
  return ((value % groupOrder) + groupOrder) % groupOrder
}

/** By Fermat's little theorem: q is prime. */
function inverse(value: bigint): bigint {
  let result = 1n
  let power = value
  for (let exponent = groupOrder - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = modulo(result * power)
    power = modulo(power * power)
  }
  return result
}
