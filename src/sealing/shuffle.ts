import type { Ciphertext } from './ciphertext.ts'
import type { Crew } from './crew.ts'
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
  /** Told how many of `total` steps are done, which take about as long as each other. */
  readonly progress?: ((done: number, total: number) => void) | undefined
}

/**
 * Re-encrypts and permutes the ciphertexts of one non-homomorphic question, and proves it. Nobody can tell
 * which ciphertext became which without the permutation, which is forgotten on return.
 *
 * Source: Belenios specification 3.1, tables GenShuffle and GenShuffleProof; the letters are theirs.
 */
export async function shuffleCiphertexts(
  crew: Crew,
  { publicKey, fingerprint, ciphertexts, progress }: ShuffleRequest,
): Promise<{ ciphertexts: Ciphertext[]; proof: ShuffleProof }> {
  const { group } = crew
  const size = ciphertexts.length
  let done = 0
  const watched: Crew = {
    ...crew,
    multiplyBase: (scalars) => crew.multiplyBase(scalars).finally(() => progress?.(++done, rounds)),
    multiply: (points, scalars) => crew.multiply(points, scalars).finally(() => progress?.(++done, rounds)),
  }
  const permutation = randomPermutation(group, size)
  const randomness = randomScalars(group, size)
  const reencrypted = await reencrypt(watched, { ciphertexts, publicKey, randomness })
  const after = permutation.map((from) => reencrypted[from]!)
  const statement = { publicKey, fingerprint, before: ciphertexts, after }
  const proof = await proveShuffle(watched, statement, { permutation, randomness })
  permutation.fill(0)
  wipeAll(group, randomness)
  return { ciphertexts: after, proof }
}

/** How often something is multiplied for every ciphertext. */
const rounds = 10

interface ShuffleSecrets {
  /** ψ: the ciphertext at place i after the shuffle was at permutation[i] before. */
  readonly permutation: readonly number[]
  /** r′, in the order before the shuffle. */
  readonly randomness: readonly Scalar[]
}

async function proveShuffle(
  crew: Crew,
  statement: ShuffleStatement,
  { permutation, randomness }: ShuffleSecrets,
): Promise<ShuffleProof> {
  const { group } = crew
  const committed = await commitToPermutation(crew, permutation)
  const u = permutationChallenges(group, statement, committed.elements)
  const permutedU = permutation.map((from) => u[from]!)
  const masks = randomMasks(group, permutation.length)
  const { chain, chainRandomness, masked } = await commitToChain(crew, permutedU, masks)
  const commitment = { ...(await commitToMasks(crew, statement, masks)), chain: masked }
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
async function reencrypt(
  { group, multiplyBase, multiply }: Crew,
  {
    ciphertexts,
    publicKey,
    randomness,
  }: { ciphertexts: readonly Ciphertext[]; publicKey: Element; randomness: readonly Scalar[] },
): Promise<Ciphertext[]> {
  const alphas = await multiplyBase(randomness)
  const betas = await multiply(repeated(publicKey, ciphertexts.length), randomness)
  return ciphertexts.map(({ alpha, beta }, i) => ({
    alpha: group.add(alpha, alphas[i]!),
    beta: group.add(beta, betas[i]!),
  }))
}

/** c and its randomness r. Source: table GenPermutationCommitment. */
async function commitToPermutation({ group, multiplyBase }: Crew, permutation: readonly number[]) {
  const drawn = randomScalars(group, permutation.length)
  const multiples = await multiplyBase(drawn)
  const elements = new Array<Element>(permutation.length)
  const randomness = new Array<Scalar>(permutation.length)
  permutation.forEach((from, i) => {
    randomness[from] = drawn[i]!
    elements[from] = group.add(multiples[i]!, generatorAt(group, i))
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
 * ĉ with its randomness r̂ (table GenCommitmentChain), and t̂. A link is made of the one before, ĉᵢ = r̂ᵢ·G + u′ᵢ·ĉᵢ₋₁, but
 * each is also Rᵢ·G + Uᵢ·h, with Rᵢ = r̂ᵢ + u′ᵢ·Rᵢ₋₁ and Uᵢ = u′ᵢ·Uᵢ₋₁: so none has to wait for another.
 */
async function commitToChain(crew: Crew, permutedU: readonly Scalar[], masks: Masks) {
  const { group } = crew
  const chainRandomness = randomScalars(group, permutedU.length)
  const ofLinks = { base: [] as Scalar[], h: [] as Scalar[] }
  const ofMasks = { base: [] as Scalar[], h: [] as Scalar[] }
  let previous = { base: group.zero, h: group.one }
  permutedU.forEach((u, i) => {
    const w = masks.permutation[i]!
    ofMasks.base.push(group.addScalars(masks.chain[i]!, group.multiplyScalars(w, previous.base)))
    ofMasks.h.push(group.multiplyScalars(w, previous.h))
    previous = {
      base: group.addScalars(chainRandomness[i]!, group.multiplyScalars(u, previous.base)),
      h: group.multiplyScalars(u, previous.h),
    }
    ofLinks.base.push(previous.base)
    ofLinks.h.push(previous.h)
  })
  const chain = await combinations(crew, ofLinks)
  const masked = await combinations(crew, ofMasks)
  for (const list of [ofLinks.base, ofLinks.h, ofMasks.base, ofMasks.h]) wipeAll(group, list)
  return { chain, chainRandomness, masked }
}

/** Of each pair of scalars: the first times G, and the second times h. */
async function combinations(
  { group, multiplyBase, multiply }: Crew,
  scalars: { base: readonly Scalar[]; h: readonly Scalar[] },
): Promise<Element[]> {
  const ofBase = await multiplyBase(scalars.base)
  const ofH = await multiply(repeated(secondaryGenerator(group), scalars.h.length), scalars.h)
  return ofBase.map((point, i) => group.add(point, ofH[i]!))
}

/** t₁ … t₄. */
async function commitToMasks(
  { group, multiply }: Crew,
  { publicKey, after }: ShuffleStatement,
  { w1, w2, w3, w4, permutation }: Masks,
): Promise<Omit<ShuffleCommitment, 'chain'>> {
  const sum = async (first: Element, points: readonly Element[]) =>
    (await multiply(points, permutation)).reduce((total, point) => group.add(total, point), first)
  const w4Negated = group.negateScalar(w4)
  const generators = after.map((_, i) => generatorAt(group, i))
  const commitment = {
    t1: group.multiplyBase(w1),
    t2: group.multiplyBase(w2),
    t3: await sum(group.multiplyBase(w3), generators),
    t41: await sum(
      group.multiply(publicKey, w4Negated),
      after.map(({ beta }) => beta),
    ),
    t42: await sum(
      group.multiplyBase(w4Negated),
      after.map(({ alpha }) => alpha),
    ),
  }
  group.wipe(w4Negated)
  return commitment
}

function repeated(point: Element, count: number): Element[] {
  return new Array<Element>(count).fill(point)
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
