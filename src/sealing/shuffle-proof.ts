import type { Ciphertext } from './ciphertext.ts'
import { elementToHex, hashToScalar, hexOf } from './encoding.ts'
import type { Element, Group, Scalar, Sha256 } from './group.ts'

/**
 * The proof that a list of ciphertexts is another one, re-encrypted and permuted, and the two challenges
 * that hash it. Names follow the tables GenShuffleProof and CheckShuffleProof of the Belenios specification
 * 3.1, whose letters are given beside them; the algorithms are those of CHVote 1.3.2.
 */
export interface ShuffleProof {
  readonly commitment: ShuffleCommitment
  readonly response: ShuffleResponse
  /** c: commits to the permutation. */
  readonly permutationCommitment: readonly Element[]
  /** ĉ: a chain of commitments to the permuted challenges. */
  readonly chain: readonly Element[]
}

/** t */
export interface ShuffleCommitment {
  readonly t1: Element
  readonly t2: Element
  readonly t3: Element
  readonly t41: Element
  readonly t42: Element
  /** t̂ */
  readonly chain: readonly Element[]
}

/** s */
export interface ShuffleResponse {
  readonly s1: Scalar
  readonly s2: Scalar
  readonly s3: Scalar
  readonly s4: Scalar
  /** ŝ */
  readonly chain: readonly Scalar[]
  /** s′ */
  readonly permutation: readonly Scalar[]
}

/** What is proved: `after` is `before` shuffled, for one non-homomorphic question of one election. */
export interface ShuffleStatement {
  readonly publicKey: Element
  /** φ, the fingerprint of the election. */
  readonly fingerprint: string
  /** e */
  readonly before: readonly Ciphertext[]
  /** e′ */
  readonly after: readonly Ciphertext[]
}

/** u: one challenge a ciphertext, that the prover can't know before committing to the permutation. */
export function permutationChallenges(
  group: Group,
  statement: ShuffleStatement,
  permutationCommitment: readonly Element[],
): Scalar[] {
  const hash = group.sha256().update(`shuffle-challenges|${statement.fingerprint}|`)
  hashCiphertexts(hash, statement.before)
  hashCiphertexts(hash, statement.after)
  hashElements(hash, permutationCommitment)
  const seed = hexOf(hash.digest())
  return statement.before.map((_, index) => {
    const position = hexOf(group.sha256().update(String(index)).digest())
    return hashToScalar(group, seed + position)
  })
}

/** c: the challenge of the whole proof. */
export function shuffleChallenge(
  group: Group,
  statement: ShuffleStatement,
  proof: Omit<ShuffleProof, 'response'>,
): Scalar {
  const { t1, t2, t3, t41, t42, chain } = proof.commitment
  const hash = group.sha256().update(`shuffle-challenge|${statement.fingerprint}|`)
  hashElements(hash, [t1, t2, t3, t41, t42])
  hashElements(hash, chain)
  hashCiphertexts(hash, statement.before)
  hashCiphertexts(hash, statement.after)
  hashElements(hash, proof.permutationCommitment)
  hashElements(hash, proof.chain)
  return hashToScalar(group, hash.update(elementToHex(statement.publicKey)))
}

/** Element by element: at a million ballots the whole text is longer than a JavaScript string can be. */
function hashElements(hash: Sha256, elements: readonly Element[]): void {
  for (const element of elements) hash.update(`${elementToHex(element)},`)
}

function hashCiphertexts(hash: Sha256, ciphertexts: readonly Ciphertext[]): void {
  for (const { alpha, beta } of ciphertexts) hash.update(`${elementToHex(alpha)},${elementToHex(beta)},`)
}
