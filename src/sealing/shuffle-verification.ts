import type { Ciphertext } from './ciphertext.ts'
import type { Crew } from './crew.ts'
import { generatorAt, secondaryGenerator } from './generators.ts'
import type { Element, Group, Scalar, Term } from './group.ts'
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
export async function verifyShuffleProof(
  crew: Crew,
  statement: ShuffleStatement,
  proof: ShuffleProof,
  progress?: (done: number, total: number) => void,
): Promise<ShuffleRefusal | undefined> {
  if (!sizesAgree(statement, proof)) return { code: 'wrong-size' }
  const { group } = crew
  let done = 0
  const sum: Sum = (terms) => crew.sum(terms).finally(() => progress?.(++done, sumsOfAProof))
  const u = permutationChallenges(group, statement, proof.permutationCommitment)
  const minusC = group.negateScalar(shuffleChallenge(group, statement, proof))
  if (!(await chainHolds(group, sum, { proof, minusC }))) {
    return { code: 'commitment-chain', position: findWrongLink(group, proof, minusC) }
  }
  return verifySums(group, await addUp(group, sum, { statement, proof, u }), { statement, proof, u, minusC })
}

/** A sum over all ciphertexts. */
type Sum = (terms: readonly Term[]) => Promise<Element>

const sumsOfAProof = 10

/**
 * Whether each commitment t̂ᵢ is ŝᵢ·G + s′ᵢ·ĉᵢ₋₁ − c·ĉᵢ. All are checked at once, each times a random number of 128 bits:
 * if one is wrong, the sums agree with a probability of 2^-128.
 */
async function chainHolds(
  group: Group,
  sum: Sum,
  { proof: { response, chain, commitment }, minusC }: { proof: ShuffleProof; minusC: Scalar },
): Promise<boolean> {
  const weights = chain.map(() => randomWeight(group))
  const claimed = await sum(commitment.chain.map((point, i) => ({ point, scalar: weights[i]! })))
  const { multiplyScalars, addScalars } = group
  let ofBase = group.zero
  const terms = previousLinks(group, chain).map((point, i): Term => {
    ofBase = addScalars(ofBase, multiplyScalars(weights[i]!, response.chain[i]!))
    const asPrevious = multiplyScalars(weights[i]!, response.permutation[i]!)
    const asLink = i === 0 ? group.zero : multiplyScalars(weights[i - 1]!, minusC)
    return { point, scalar: addScalars(asPrevious, asLink) }
  })
  const last = chain.length - 1
  if (last >= 0) terms.push({ point: chain[last]!, scalar: multiplyScalars(weights[last]!, minusC) })
  terms.push({ point: group.base, scalar: ofBase })
  return group.equal(claimed, await sum(terms))
}

function randomWeight(group: Group): Scalar {
  const weight = group.zero.slice()
  weight.set(group.randomBytes(16))
  return weight as Scalar
}

/** ĉᵢ₋₁ for each i. */
function previousLinks(group: Group, chain: readonly Element[]): Element[] {
  return [secondaryGenerator(group), ...chain].slice(0, chain.length)
}

function findWrongLink(group: Group, { response, chain, commitment }: ShuffleProof, minusC: Scalar): number {
  const previous = previousLinks(group, chain)
  return chain.findIndex((link, i) => {
    const terms = [
      { point: group.base, scalar: response.chain[i]! },
      { point: previous[i]!, scalar: response.permutation[i]! },
      { point: link, scalar: minusC },
    ]
    return !group.equal(commitment.chain[i]!, group.public.sum(terms))
  })
}

/** The sums over all ciphertexts that the other commitments are compared with. */
interface Sums {
  /** Σ cᵢ − Σ hᵢ */
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

async function addUp(
  group: Group,
  sum: Sum,
  {
    statement: { before, after },
    proof: { permutationCommitment, response },
    u,
  }: { statement: ShuffleStatement; proof: ShuffleProof; u: readonly Scalar[] },
): Promise<Sums> {
  const generators = u.map((_, i) => generatorAt(group, i))
  const weighted = (points: readonly Element[], scalars: readonly Scalar[]) =>
    sum(points.map((point, i) => ({ point, scalar: scalars[i]! })))
  const ones = u.map(() => group.one)
  const alphas = (ciphertexts: readonly Ciphertext[]) => ciphertexts.map(({ alpha }) => alpha)
  const betas = (ciphertexts: readonly Ciphertext[]) => ciphertexts.map(({ beta }) => beta)
  return {
    permutation: group.subtract(
      await weighted(permutationCommitment, ones),
      await weighted(generators, ones),
    ),
    weightedCommitments: await weighted(permutationCommitment, u),
    weightedGenerators: await weighted(generators, response.permutation),
    alpha: await weighted(alphas(before), u),
    beta: await weighted(betas(before), u),
    shuffledAlpha: await weighted(alphas(after), response.permutation),
    shuffledBeta: await weighted(betas(after), response.permutation),
  }
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
