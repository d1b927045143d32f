import type { Ciphertext } from './ciphertext.ts'
import { generatorAt, secondaryGenerator } from './generators.ts'
import type { Element, Group, Scalar } from './group.ts'
import {
  permutationChallenges,
  type ShuffleCommitment,
  type ShuffleProof,
  type ShuffleResponse,
  type ShuffleStatement,
  shuffleChallenge,
} from './shuffle-proof.ts'

export interface ShuffleRequest {
  readonly publicKey: Element
  /** φ, the fingerprint of the election. */
  readonly fingerprint: string
  readonly ciphertexts: readonly Ciphertext[]
  /** Told how many of `total` equal steps are done. */
  readonly progress?: ((done: number, total: number) => void) | undefined
}

/**
 * Re-encrypts and permutes the ciphertexts of one non-homomorphic question, and proves it. Nobody can tell
 * which ciphertext became which without the permutation, which is forgotten on return.
 *
 * Source: Belenios specification 3.1, tables GenShuffle and GenShuffleProof; the letters are theirs.
 */
export function shuffleCiphertexts(
  group: Group,
  { publicKey, fingerprint, ciphertexts, progress }: ShuffleRequest,
): { ciphertexts: Ciphertext[]; proof: ShuffleProof } {
  const size = ciphertexts.length
  let done = 0
  const step = () => progress?.(++done, 3 * size)

  const permutation = randomPermutation(group, size)
  const randomness = randomScalars(group, size)
  const reencrypted = ciphertexts.map((ciphertext, i) => {
    step()
    return reencrypt(group, ciphertext, publicKey, randomness[i]!)
  })
  const after = permutation.map((from) => reencrypted[from]!)
  const statement = { publicKey, fingerprint, before: ciphertexts, after }
  const proof = proveShuffle(group, statement, { permutation, randomness }, step)
  permutation.fill(0)
  wipeAll(group, randomness)
  return { ciphertexts: after, proof }
}

interface ShuffleSecrets {
  /** ψ: the ciphertext at place i after the shuffle was at permutation[i] before. */
  readonly permutation: readonly number[]
  /** r′, in the order before the shuffle. */
  readonly randomness: readonly Scalar[]
}

function proveShuffle(
  group: Group,
  statement: ShuffleStatement,
  { permutation, randomness }: ShuffleSecrets,
  step: () => void,
): ShuffleProof {
  const committed = commitToPermutation(group, permutation, step)
  const u = permutationChallenges(group, statement, committed.elements)
  const permutedU = permutation.map((from) => u[from]!)
  const masks = randomMasks(group, permutation.length)
  const { chain, chainRandomness, commitment } = commitToChain(group, statement, permutedU, masks, step)
  const commitments = { commitment, permutationCommitment: committed.elements, chain }
  const response = respond(group, {
    challenge: shuffleChallenge(group, statement, commitments),
    u,
    permutedU,
    masks,
    permutationRandomness: committed.randomness,
    chainRandomness,
    randomness,
  })
  wipeAll(group, [masks.w1, masks.w2, masks.w3, masks.w4])
  for (const list of [masks.chain, masks.permutation, committed.randomness, chainRandomness, permutedU]) {
    wipeAll(group, list)
  }
  return { ...commitments, response }
}

/** Uniform among all permutations of 0 … size − 1. Source: table GenPermutation. */
function randomPermutation(group: Group, size: number): number[] {
  const permutation = Array.from({ length: size }, (_, i) => i)
  for (let i = 0; i < size - 1; i++) {
    const chosen = i + group.randomBelow(size - i)
    const held = permutation[i]!
    permutation[i] = permutation[chosen]!
    permutation[chosen] = held
  }
  return permutation
}

/** Source: table GenReEncryption. */
function reencrypt(group: Group, { alpha, beta }: Ciphertext, publicKey: Element, r: Scalar): Ciphertext {
  return {
    alpha: group.add(alpha, group.multiplyBase(r)),
    beta: group.add(beta, group.multiply(publicKey, r)),
  }
}

/** c and its randomness r. Source: table GenPermutationCommitment. */
function commitToPermutation(group: Group, permutation: readonly number[], step: () => void) {
  const elements = new Array<Element>(permutation.length)
  const randomness = new Array<Scalar>(permutation.length)
  permutation.forEach((from, i) => {
    const r = group.randomScalar()
    randomness[from] = r
    elements[from] = group.add(group.multiplyBase(r), generatorAt(group, i))
    step()
  })
  return { elements, randomness }
}

/** ω₁ … ω₄, ω̂ and ω′. */
interface Masks {
  readonly w1: Scalar
  readonly w2: Scalar
  readonly w3: Scalar
  readonly w4: Scalar
  readonly chain: readonly Scalar[]
  readonly permutation: readonly Scalar[]
}

function randomMasks(group: Group, size: number): Masks {
  const [w1, w2, w3, w4] = [0, 1, 2, 3].map(() => group.randomScalar()) as [Scalar, Scalar, Scalar, Scalar]
  return { w1, w2, w3, w4, chain: randomScalars(group, size), permutation: randomScalars(group, size) }
}

/**
 * ĉ with its randomness r̂ (table GenCommitmentChain), and t, in one pass: t̂ᵢ needs the link before ĉᵢ.
 */
function commitToChain(
  group: Group,
  { publicKey, after }: ShuffleStatement,
  permutedU: readonly Scalar[],
  masks: Masks,
  step: () => void,
) {
  const chain: Element[] = []
  const chainRandomness: Scalar[] = []
  const masked: Element[] = []
  const w4Negated = group.negateScalar(masks.w4)
  let t3 = group.multiplyBase(masks.w3)
  let t41 = group.multiply(publicKey, w4Negated)
  let t42 = group.multiplyBase(w4Negated)
  let previous = secondaryGenerator(group)
  after.forEach(({ alpha, beta }, i) => {
    const w = masks.permutation[i]!
    t3 = group.add(t3, group.multiply(generatorAt(group, i), w))
    t41 = group.add(t41, group.multiply(beta, w))
    t42 = group.add(t42, group.multiply(alpha, w))
    masked.push(group.add(group.multiplyBase(masks.chain[i]!), group.multiply(previous, w)))
    const r = group.randomScalar()
    chainRandomness.push(r)
    previous = group.add(group.multiplyBase(r), group.multiply(previous, permutedU[i]!))
    chain.push(previous)
    step()
  })
  const commitment: ShuffleCommitment = {
    t1: group.multiplyBase(masks.w1),
    t2: group.multiplyBase(masks.w2),
    t3,
    t41,
    t42,
    chain: masked,
  }
  return { chain, chainRandomness, commitment }
}

interface ResponseInputs {
  readonly challenge: Scalar
  readonly u: readonly Scalar[]
  readonly permutedU: readonly Scalar[]
  readonly masks: Masks
  /** r */
  readonly permutationRandomness: readonly Scalar[]
  /** r̂ */
  readonly chainRandomness: readonly Scalar[]
  /** r′ */
  readonly randomness: readonly Scalar[]
}

function respond(group: Group, inputs: ResponseInputs): ShuffleResponse {
  const { challenge, u, permutedU, masks, permutationRandomness, chainRandomness, randomness } = inputs
  const answer = (mask: Scalar, secret: Scalar) =>
    group.addScalars(mask, group.multiplyScalars(challenge, secret))
  const sum = permutationRandomness.reduce((total, r) => group.addScalars(total, r), group.zero)
  return {
    s1: answer(masks.w1, sum),
    s2: answer(masks.w2, chainOpening(group, permutedU, chainRandomness)),
    s3: answer(masks.w3, scalarProduct(group, permutationRandomness, u)),
    s4: answer(masks.w4, scalarProduct(group, randomness, u)),
    chain: chainRandomness.map((r, i) => answer(masks.chain[i]!, r)),
    permutation: permutedU.map((scalar, i) => answer(masks.permutation[i]!, scalar)),
  }
}

/** r̂ such that the last link of the chain is r̂·g + (product of the challenges)·h. */
function chainOpening(
  group: Group,
  permutedU: readonly Scalar[],
  chainRandomness: readonly Scalar[],
): Scalar {
  let opening = group.zero
  let product = group.one
  for (let i = permutedU.length - 1; i >= 0; i--) {
    opening = group.addScalars(opening, group.multiplyScalars(chainRandomness[i]!, product))
    product = group.multiplyScalars(permutedU[i]!, product)
  }
  return opening
}

function scalarProduct(group: Group, a: readonly Scalar[], b: readonly Scalar[]): Scalar {
  return a.reduce((sum, x, i) => group.addScalars(sum, group.multiplyScalars(x, b[i]!)), group.zero)
}

function randomScalars(group: Group, count: number): Scalar[] {
  return Array.from({ length: count }, () => group.randomScalar())
}

function wipeAll(group: Group, secrets: readonly Scalar[]): void {
  for (const secret of secrets) group.wipe(secret)
}
