import { type Format, record } from './canonical-json.ts'
import { type Ciphertext, ciphertextFormat, encrypt, joinCiphertexts } from './ciphertext.ts'
import { embedIntegers } from './embedding.ts'
import { elementToHex } from './encoding.ts'
import type { Element, Group } from './group.ts'
import { type Proof, proofFormat, proveKnowledge, verifyKnowledge } from './proof.ts'
import type { NonHomomorphicQuestion } from './question.ts'
import type { AnswerContext } from './transcript.ts'

/** All integers in one ciphertext, and a proof that whoever made it knew its randomness, hence the plaintext. */
export interface NonHomomorphicAnswer {
  readonly choices: Ciphertext
  readonly proof: Proof
}

export function nonHomomorphicAnswerFormat(group: Group): Format<NonHomomorphicAnswer> {
  return record({ choices: ciphertextFormat(group), proof: proofFormat })
}

/**
 * @param integers one for each answer, 0 … 255.
 * @throws RangeError if there are more or fewer, or one is out of range
 */
export function createNonHomomorphicAnswer(
  group: Group,
  {
    question,
    integers,
    publicKey,
    binding,
  }: { question: NonHomomorphicQuestion; integers: readonly number[] } & AnswerContext,
): NonHomomorphicAnswer {
  if (integers.length !== question.answers.length) throw new RangeError('one integer for each answer')
  const randomness = group.randomScalar()
  const choices = encrypt(group, { publicKey, plaintext: embedIntegers(group, integers), randomness })
  const prefix = plaintextKnownPrefix(binding, publicKey, choices)
  const proof = proveKnowledge(group, { secret: randomness, bases: [group.base], prefix })
  group.wipe(randomness)
  return { choices, proof }
}

export function verifyNonHomomorphicAnswer(
  group: Group,
  { answer: { choices, proof }, publicKey, binding }: { answer: NonHomomorphicAnswer } & AnswerContext,
): boolean {
  return verifyKnowledge(group, {
    proof,
    claims: [{ base: group.base, multiple: choices.alpha }],
    prefix: plaintextKnownPrefix(binding, publicKey, choices),
  })
}

function plaintextKnownPrefix(binding: string, publicKey: Element, choices: Ciphertext): string {
  return `raweg|${binding}|${elementToHex(publicKey)},${joinCiphertexts([choices])}|`
}
