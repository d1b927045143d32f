import { type Ciphertext, joinCiphertexts } from './ciphertext.ts'
import type { Element } from './group.ts'

/** What every proof of an answer is bound to. */
export interface AnswerContext {
  readonly publicKey: Element
  /** The specification's S0: the election's fingerprint, a bar, the voter's public credential. */
  readonly binding: string
}

/** The specification's S: S0, a bar, and all ciphertexts of the answer. */
export function bindingWith(binding: string, choices: Iterable<Ciphertext>): string {
  return `${binding}|${joinCiphertexts(choices)}`
}
