import { generatorAt, secondaryGenerator } from './generators.ts'
import type { Element, Group, Scalar } from './group.ts'
import {
  permutationChallenges,
  type ShuffleProof,
  type ShuffleStatement,
  shuffleChallenge,
} from './shuffle-proof.ts'

/** Which part of a shuffle proof does not hold; the letters are the specification's. */
export type ShuffleRefusal =
  /** A list of the proof, or the shuffled ciphertexts, are more or fewer than the ciphertexts. */
  | { readonly code: 'wrong-size' }
  /** t₁: the commitments don't add up to a permutation's. */
  | { readonly code: 'permutation-sum' }
  /** t₂: the permuted challenges don't multiply to the product of the challenges. */
  | { readonly code: 'permutation-product' }
  /** t₃: the permuted challenges are not those committed to. */
  | { readonly code: 'permutation-commitment' }
  /** t₄: the shuffled ciphertexts don't re-encrypt the ones before. */
  | { readonly code: 're-encryption'; readonly half: 'alpha' | 'beta' }
  /** t̂: a link of the chain is wrong; `position` counts from 0. */
  | { readonly code: 'commitment-chain'; readonly position: number }

/**
 * Checks a shuffle proof, whose elements were each checked to be of the group when read.
 *
 * @returns why it does not hold, or undefined if it does.
 * Source: Belenios specification 3.1, table CheckShuffleProof.
 */
export function verifyShuffleProof(
  group: Group,
  statement: ShuffleStatement,
  proof: ShuffleProof,
  progress?: (done: number, total: number) => void,
): ShuffleRefusal | undefined {
  if (!sizesAgree(statement, proof)) return { code: 'wrong-size' }
  const u = permutationChallenges(group, statement, proof.permutationCommitment)
  const minusC = group.negateScalar(shuffleChallenge(group, statement, proof))
  const sums = zeroSums(group)
  for (let i = 0; i < u.length; i++) {
    const link = chainCommitment(group, proof, minusC, i)
    if (!group.equal(proof.commitment.chain[i]!, link)) return { code: 'commitment-chain', position: i }
    addUp(group, sums, { statement, proof, u: u[i]!, i })
    progress?.(i + 1, u.length)
  }
  return verifySums(group, sums, { statement, proof, u, minusC })
}

/** t̂′ᵢ, from the link of the chain and the one before. */
function chainCommitment(
  group: Group,
  { response, chain }: ShuffleProof,
  minusC: Scalar,
  i: number,
): Element {
  const previous = i === 0 ? secondaryGenerator(group) : chain[i - 1]!
  const answered = group.add(
    group.multiplyBase(response.chain[i]!),
    group.multiply(previous, response.permutation[i]!),
  )
  return group.add(answered, group.multiply(chain[i]!, minusC))
}

/** The sums over all ciphertexts that the other commitments are compared with. */
interface Sums {
  /** Σ cᵢ − hᵢ */
  permutation: Element
  /** c̃ = Σ uᵢ·cᵢ */
  weightedCommitments: Element
  /** Σ s′ᵢ·hᵢ */
  weightedGenerators: Element
  /** α′ = Σ uᵢ·αᵢ, and β′. */
  alpha: Element
  beta: Element
  /** Σ s′ᵢ·α′ᵢ, and the same of β′ᵢ. */
  shuffledAlpha: Element
  shuffledBeta: Element
}

function zeroSums({ identity }: Group): Sums {
  return {
    permutation: identity,
    weightedCommitments: identity,
    weightedGenerators: identity,
    alpha: identity,
    beta: identity,
    shuffledAlpha: identity,
    shuffledBeta: identity,
  }
}

function addUp(
  group: Group,
  sums: Sums,
  { statement, proof, u, i }: { statement: ShuffleStatement; proof: ShuffleProof; u: Scalar; i: number },
): void {
  const before = statement.before[i]!
  const after = statement.after[i]!
  const commitment = proof.permutationCommitment[i]!
  const s = proof.response.permutation[i]!
  const generator = generatorAt(group, i)
  const plus = (sum: Element, point: Element, scalar: Scalar) => group.add(sum, group.multiply(point, scalar))
  sums.permutation = group.add(sums.permutation, group.subtract(commitment, generator))
  sums.weightedCommitments = plus(sums.weightedCommitments, commitment, u)
  sums.weightedGenerators = plus(sums.weightedGenerators, generator, s)
  sums.alpha = plus(sums.alpha, before.alpha, u)
  sums.beta = plus(sums.beta, before.beta, u)
  sums.shuffledAlpha = plus(sums.shuffledAlpha, after.alpha, s)
  sums.shuffledBeta = plus(sums.shuffledBeta, after.beta, s)
}

function verifySums(
  group: Group,
  sums: Sums,
  {
    statement: { publicKey },
    proof: { commitment, response, chain },
    u,
    minusC,
  }: { statement: ShuffleStatement; proof: ShuffleProof; u: readonly Scalar[]; minusC: Scalar },
): ShuffleRefusal | undefined {
  const { s1, s2, s3, s4 } = response
  /** Whether a commitment is −c times the claim, plus what answers it. */
  const holds = (committed: Element, claim: Element, answer: Element) =>
    group.equal(committed, group.add(group.multiply(claim, minusC), answer))
  const h = secondaryGenerator(group)
  const product = u.reduce((total, factor) => group.multiplyScalars(total, factor), group.one)
  const opened = group.subtract(chain.at(-1) ?? h, group.multiply(h, product))
  const answer3 = group.add(group.multiplyBase(s3), sums.weightedGenerators)
  const answer41 = group.subtract(sums.shuffledBeta, group.multiply(publicKey, s4))
  const answer42 = group.subtract(sums.shuffledAlpha, group.multiplyBase(s4))

  if (!holds(commitment.t1, sums.permutation, group.multiplyBase(s1))) return { code: 'permutation-sum' }
  if (!holds(commitment.t2, opened, group.multiplyBase(s2))) return { code: 'permutation-product' }
  if (!holds(commitment.t3, sums.weightedCommitments, answer3)) return { code: 'permutation-commitment' }
  if (!holds(commitment.t41, sums.beta, answer41)) return { code: 're-encryption', half: 'beta' }
  if (!holds(commitment.t42, sums.alpha, answer42)) return { code: 're-encryption', half: 'alpha' }
  return undefined
}

function sizesAgree({ before, after }: ShuffleStatement, proof: ShuffleProof): boolean {
  const { commitment, response, permutationCommitment, chain } = proof
  const lists = [after, commitment.chain, response.chain, response.permutation, permutationCommitment, chain]
  return lists.every((list) => list.length === before.length)
}
