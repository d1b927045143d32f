import { array, element, type Format, record, scalar, tuple } from './canonical-json.ts'
import { type Ciphertext, ciphertextFormat } from './ciphertext.ts'
import type { Crew } from './crew.ts'
import type { Element, Group, Scalar } from './group.ts'
import { shuffleCiphertexts } from './shuffle.ts'
import type { ShuffleProof } from './shuffle-proof.ts'
import { type ShuffleRefusal, verifyShuffleProof } from './shuffle-verification.ts'

/** One trustee's shuffle of an election: of each non-homomorphic question, in their order. */
export interface Shuffle {
  readonly ciphertexts: readonly (readonly Ciphertext[])[]
  readonly proofs: readonly ShuffleProof[]
}

/**
 * `{"ciphertexts":[[…]…],"proofs":[[t,s,c,ĉ]…]}`, each point checked on reading. A ciphertext takes about 510
 * characters, so a text, which JavaScript ends at 2^29 characters, holds about a million.
 */
export function shuffleFormat(group: Group): Format<Shuffle> {
  return record({ ciphertexts: array(array(ciphertextFormat(group))), proofs: array(proofFormat(group)) })
}

/**
 * Shuffles an election's non-homomorphic ciphertexts, question by question.
 *
 * @param request.progress told how many of `total` equal steps are done, over all questions.
 */
export async function shuffleElection(crew: Crew, request: ElectionShuffleRequest): Promise<Shuffle> {
  const { publicKey, fingerprint, questions } = request
  const progress = acrossQuestions(questions, request.progress)
  const shuffled: Awaited<ReturnType<typeof shuffleCiphertexts>>[] = []
  for (const ciphertexts of questions) {
    shuffled.push(
      await shuffleCiphertexts(crew, { publicKey, fingerprint, ciphertexts, progress: progress() }),
    )
  }
  return {
    ciphertexts: shuffled.map((question) => question.ciphertexts),
    proofs: shuffled.map((question) => question.proof),
  }
}

export interface ElectionShuffleRequest {
  readonly publicKey: Element
  /** φ, the fingerprint of the election. */
  readonly fingerprint: string
  /** The ciphertexts of each non-homomorphic question. */
  readonly questions: readonly (readonly Ciphertext[])[]
  readonly progress?: Progress | undefined
}

type Progress = (done: number, total: number) => void

/** `question` counts the non-homomorphic questions from 0. */
export type ElectionShuffleRefusal =
  | { readonly code: 'wrong-number-of-questions' }
  | (ShuffleRefusal & { readonly question: number })

/**
 * Checks that a shuffle is one of these ciphertexts.
 *
 * @returns why it is not, or undefined if it is.
 */
export async function verifyElectionShuffle(
  crew: Crew,
  { publicKey, fingerprint, questions, progress }: ElectionShuffleRequest,
  { ciphertexts, proofs }: Shuffle,
): Promise<ElectionShuffleRefusal | undefined> {
  if (ciphertexts.length !== questions.length || proofs.length !== questions.length) {
    return { code: 'wrong-number-of-questions' }
  }
  const questionProgress = acrossQuestions(questions, progress)
  for (const [question, before] of questions.entries()) {
    const statement = { publicKey, fingerprint, before, after: ciphertexts[question]! }
    const refusal = await verifyShuffleProof(crew, statement, proofs[question]!, questionProgress())
    if (refusal !== undefined) return { ...refusal, question }
  }
  return undefined
}

/** Turns the steps of each question, of which all have the same number, into steps of the whole. */
function acrossQuestions(questions: readonly unknown[], progress: Progress | undefined) {
  let finished = 0
  return (): Progress | undefined => {
    const before = finished++
    return progress && ((done, total) => progress(before * total + done, questions.length * total))
  }
}

type Pair = readonly [Element, Element]
type Commitment = readonly [Element, Element, Element, Pair, Element[]]
type Response = readonly [Scalar, Scalar, Scalar, Scalar, Scalar[], Scalar[]]

function proofFormat(group: Group): Format<ShuffleProof> {
  const point = element(group)
  const points = array(point)
  const commitment = tuple<Commitment>(point, point, point, tuple<Pair>(point, point), points)
  const response = tuple<Response>(scalar, scalar, scalar, scalar, array(scalar), array(scalar))
  const proof = tuple<readonly [Commitment, Response, Element[], Element[]]>(
    commitment,
    response,
    points,
    points,
  )
  return {
    read(json, place) {
      const [t, s, permutationCommitment, chain] = proof.read(json, place)
      const [t1, t2, t3, [t41, t42], tChain] = t
      const [s1, s2, s3, s4, sChain, permutation] = s
      return {
        commitment: { t1, t2, t3, t41, t42, chain: tChain },
        response: { s1, s2, s3, s4, chain: sChain, permutation },
        permutationCommitment,
        chain,
      }
    },
    write({ commitment: t, response: s, permutationCommitment, chain }) {
      return proof.write([
        [t.t1, t.t2, t.t3, [t.t41, t.t42], [...t.chain]],
        [s.s1, s.s2, s.s3, s.s4, [...s.chain], [...s.permutation]],
        [...permutationCommitment],
        [...chain],
      ])
    },
  }
}
