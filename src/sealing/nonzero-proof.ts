import { equalBytes } from './bytes.ts'
import { element, type Format, record, scalar, tuple } from './canonical-json.ts'
import type { Ciphertext } from './ciphertext.ts'
import { hashToScalar } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'
import type { Opening } from './opening.ts'
import { joinElements } from './proof.ts'

/** The specification's "Proof of encryption of non-zero". */
export interface NonzeroProof {
  /** s·M for a random s: not the identity, unless M is. */
  readonly commitment: Element
  readonly challenge: Scalar
  readonly response: readonly [Scalar, Scalar]
}

export function nonzeroProofFormat(group: Group): Format<NonzeroProof> {
  return record({
    commitment: element(group),
    challenge: scalar,
    response: tuple<readonly [Scalar, Scalar]>(scalar, scalar),
  })
}

/** @throws RangeError if it is zero */
export function proveNonzero(
  group: Group,
  { opening, publicKey, binding }: { opening: Opening; publicKey: Element; binding: string },
): NonzeroProof {
  if (opening.value === 0) throw new RangeError('nothing is chosen')
  const { alpha, beta } = opening.ciphertext
  const factor = group.randomScalar()
  const factorTimesRandomness = group.multiplyScalars(factor, opening.randomness)
  const commitment = group.subtract(
    group.multiply(beta, factor),
    group.multiply(publicKey, factorTimesRandomness),
  )
  const nonces = [group.randomScalar(), group.randomScalar()] as const
  const commitments = [
    group.add(group.multiply(alpha, nonces[0]), group.multiplyBase(nonces[1])),
    group.add(group.multiply(beta, nonces[0]), group.multiply(publicKey, nonces[1])),
  ]
  const challenge = hashToScalar(group, prefixFor(binding) + joinElements([commitment, ...commitments]))
  const response = [
    group.subtractScalars(nonces[0], group.multiplyScalars(factor, challenge)),
    group.addScalars(nonces[1], group.multiplyScalars(factorTimesRandomness, challenge)),
  ] as const
  for (const secret of [factor, factorTimesRandomness, ...nonces]) group.wipe(secret)
  return { commitment, challenge, response }
}

export function verifyNonzero(
  group: Group,
  {
    ciphertext: { alpha, beta },
    proof: { commitment, challenge, response },
    publicKey,
    binding,
  }: { ciphertext: Ciphertext; proof: NonzeroProof; publicKey: Element; binding: string },
): boolean {
  if (group.equal(commitment, group.identity)) return false
  const commitments = [
    group.add(group.multiply(alpha, response[0]), group.multiplyBase(response[1])),
    group.add(
      group.add(group.multiply(beta, response[0]), group.multiply(publicKey, response[1])),
      group.multiply(commitment, challenge),
    ),
  ]
  const hashed = hashToScalar(group, prefixFor(binding) + joinElements([commitment, ...commitments]))
  return equalBytes(challenge, hashed)
}

function prefixFor(binding: string): string {
  return `nonzero|${binding}|`
}
