// Proofs of knowledge, made non-interactive by a hash (H). S binds each to its election and credential.
import { divide, equal, g, H, inverse, modulo, multiply, one, product, text } from './group.js'
import { element, record, scalar, tuple } from './shape.js'

export const proof = record({ challenge: scalar, response: scalar })
export const ciphertext = record({ alpha: element, beta: element })
export const nonzeroProof = record({
  commitment: element,
  challenge: scalar,
  response: tuple([scalar, scalar]),
})

/** The prover knows x with X = g^x: the key of a trustee, of a credential or of a signature, or a ciphertext's r. */
export function knowsLogarithm(prefix, X, { challenge, response }) {
  const A = product([g, response], [X, challenge])
  return H(prefix, text(A)) === challenge
}

/** M is signed with the key of which vk is the public half. */
export function isSigned(M, vk, signature) {
  return knowsLogarithm(`sigmsg|${M}|`, vk, signature)
}

/** One of the ciphertexts, nobody is told which, encrypts 0 for the key y. */
export function oneIsZero(prefix, y, ciphertexts, proofs) {
  const commitments = ciphertexts.flatMap(({ alpha, beta }, j) => {
    const { challenge, response } = proofs[j]
    return [product([g, response], [alpha, challenge]), product([y, response], [beta, challenge])]
  })
  const sum = proofs.reduce((total, { challenge }) => total + challenge, 0n)
  return H(prefix, commitments.map(text).join()) === modulo(sum)
}

/** The ciphertext encrypts one of the values. */
export function isOneOf(values, S, y, encrypted, proofs) {
  const prefix = `prove|${S}|${textOf(encrypted)}|`
  return oneIsZero(
    prefix,
    y,
    values.map((value) => less(encrypted, value)),
    proofs,
  )
}

/** The ciphertext encrypts anything but 0. */
export function isNotZero(S, y, { alpha, beta }, { commitment, challenge, response: [t1, t2] }) {
  const A1 = product([alpha, t1], [g, t2])
  const A2 = product([beta, t1], [y, t2], [commitment, challenge])
  return !equal(commitment, one) && H(`nonzero|${S}|`, [commitment, A1, A2].map(text).join()) === challenge
}

/** The factor is alpha^x, with the same x as in the trustee's key X = g^x. */
export function isDecryption(fingerprint, X, alpha, factor, { challenge, response }) {
  const A = product([g, response], [X, challenge])
  const B = product([alpha, response], [factor, challenge])
  return H(`decrypt|${fingerprint}|${text(X)}|`, `${text(A)},${text(B)}`) === challenge
}

/** The ciphertext of the same text less a number. */
export function less({ alpha, beta }, value) {
  return { alpha, beta: divide(beta, product([g, BigInt(value)])) }
}

/** The ciphertext of the sum. */
export function sum(ciphertexts) {
  return {
    alpha: multiply(ciphertexts.map(({ alpha }) => alpha)),
    beta: multiply(ciphertexts.map(({ beta }) => beta)),
  }
}

export function textOf({ alpha, beta }) {
  return `${text(alpha)},${text(beta)}`
}

/** λ: what the i-th share of a threshold key counts for among the shares of these indexes, from 1. */
export function lagrange(i, indexes) {
  return indexes
    .filter((k) => k !== i)
    .reduce((value, k) => modulo(value * BigInt(k) * inverse(BigInt(k - i))), 1n)
}
