import { equalBytes } from './bytes.ts'
import type { Ciphertext } from './ciphertext.ts'
import { hashToScalar, scalarFromInteger } from './encoding.ts'
import type { Element, Group, Scalar, Term } from './group.ts'
import { joinElements, type Proof, respond } from './proof.ts'

/**
 * Proofs that at least one of several ciphertexts encrypts zero, without saying which: the form behind every
 * proof about a choice (0 or 1, a total within bounds, blank or nothing). "Encrypts m" is said by taking m
 * off the ciphertext first.
 *
 * The specification makes the true branch from a nonce and the others backwards from a random challenge.
 * Here all branches are made by the same operations. Write d for what a branch encrypts, r for its
 * randomness, c for its challenge and v = response + r·c. Then the commitments are A = v·G and
 * B = v·y + c·d·G, in a false branch and, d being zero, in the true one, where c therefore doesn't enter
 * and may be chosen after hashing. So: draw v and c for every branch, commit, hash, and add to the true
 * branch's c what is missing.
 */
export interface Branch {
  readonly randomness: Scalar
  /** What the ciphertext of this branch encrypts: zero in the true one. */
  readonly encrypted: Scalar
}

/**
 * @param trueBranch the index of a branch that encrypts zero. Nothing but the two selections below looks at it.
 * @param prefix the hashed string up to its last bar; the commitments follow.
 */
export function proveDisjunction(
  group: Group,
  {
    publicKey,
    branches,
    trueBranch,
    prefix,
  }: { publicKey: Element; branches: readonly Branch[]; trueBranch: number; prefix: string },
): Proof[] {
  const started = branches.map((branch) => {
    const nonce = group.randomScalar()
    const challenge = group.randomScalar()
    return {
      ...branch,
      nonce,
      challenge,
      commitments: commit(group, { publicKey, nonce, challenge, branch }),
    }
  })

  const hashed = hashToScalar(group, prefix + joinElements(started.flatMap(({ commitments }) => commitments)))
  const missing = group.subtractScalars(
    hashed,
    sumScalars(
      group,
      started.map(({ challenge }) => challenge),
    ),
  )
  return started.map(({ nonce, randomness, challenge: drawn }, index) => {
    const challenge = group.addScalars(drawn, select(isEqual(index, trueBranch), missing, group.zero))
    const response = respond(group, { nonce, secret: randomness, challenge })
    group.wipe(nonce)
    return { challenge, response }
  })
}

/** The product c·d is zero in the true branch, which libsodium refuses to multiply by: hence the detour by one. */
function commit(
  group: Group,
  {
    publicKey,
    nonce,
    challenge,
    branch,
  }: { publicKey: Element; nonce: Scalar; challenge: Scalar; branch: Branch },
): Element[] {
  const oneMore = group.addScalars(group.multiplyScalars(challenge, branch.encrypted), group.one)
  const offset = group.subtract(group.multiplyBase(oneMore), group.base)
  return [group.multiplyBase(nonce), group.add(group.multiply(publicKey, nonce), offset)]
}

/** That a ciphertext encrypts a value. */
export interface Claim {
  readonly ciphertext: Ciphertext
  /** Not negative. */
  readonly value: number
}

/** @param claims one a branch, of which at least one is claimed to be true. */
export function verifyDisjunction(
  group: Group,
  {
    publicKey,
    claims,
    proofs,
    prefix,
  }: {
    publicKey: Element
    claims: readonly Claim[]
    proofs: readonly Proof[]
    prefix: string
  },
): boolean {
  if (proofs.length !== claims.length) return false
  const commitments = group.public.sumEach({
    common: [group.base, publicKey],
    sums: claims.flatMap((claim, index) => commitmentsOf(group, { publicKey, claim, proof: proofs[index]! })),
  })
  const total = sumScalars(
    group,
    proofs.map(({ challenge }) => challenge),
  )
  return equalBytes(total, hashToScalar(group, prefix + joinElements(commitments)))
}

/** A and B, the value being taken off the ciphertext: response·G + challenge·α, and response·y + challenge·(β − value·G). */
function commitmentsOf(
  group: Group,
  {
    publicKey,
    claim: { ciphertext, value },
    proof: { challenge, response },
  }: { publicKey: Element; claim: Claim; proof: Proof },
): Term[][] {
  const { alpha, beta } = ciphertext
  const takenOff = group.negateScalar(group.multiplyScalars(challenge, scalarFromInteger(BigInt(value))))
  return [
    [
      { point: group.base, scalar: response },
      { point: alpha, scalar: challenge },
    ],
    [
      { point: publicKey, scalar: response },
      { point: beta, scalar: challenge },
      { point: group.base, scalar: takenOff },
    ],
  ]
}

export function sumScalars(group: Group, scalars: Iterable<Scalar>): Scalar {
  let sum = group.zero
  for (const scalar of scalars) sum = group.addScalars(sum, scalar)
  return sum
}

/** 1 if two small integers are equal, 0 if not, without a branch. */
function isEqual(a: number, b: number): number {
  return ((a ^ b) - 1) >>> 31
}

/** One of two byte strings of the same length, by the same operations whichever it is. @param first 1 or 0. */
export function select<T extends Uint8Array>(first: number, ifOne: T, ifZero: T): T {
  const mask = -first & 255
  return ifZero.map((byte, index) => byte ^ (mask & (byte ^ ifOne[index]!))) as T
}
