import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { equalBytes } from '../sealing/bytes.ts'
import { bytesOfHex, hexOf } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'
import { secretOfHex } from './key-file.ts'
import { KeyWordsInvalid } from './refusals.ts'

/** A private key on paper: BIP-39's words for 256 bits, the last of which checks the others. */
export const wordsOfKey = 24

/** @param secretKey as in a key file. */
export function wordsOfSecret(secretKey: string): string[] {
  return entropyToMnemonic(bytesOfHex(secretKey)!, wordlist).split(' ')
}

/**
 * @param text the words, with whatever is between them, numbers among it.
 * @returns the key as in a key file
 * @throws KeyWordsInvalid, which says which word is none; it says no other
 */
export function secretOfWords(group: Group, text: string): string {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  if (words.length !== wordsOfKey) {
    throw new KeyWordsInvalid(`There are ${words.length} words, and a key has ${wordsOfKey}.`)
  }
  const strange = words.findIndex((word) => !wordlist.includes(word))
  if (strange >= 0) throw new KeyWordsInvalid(`Word ${strange + 1} is none of the list: is it spelt right?`)
  const bytes = entropyOf(words)
  if (bytes === undefined) {
    throw new KeyWordsInvalid('The words do not belong together: one is another, or two changed places.')
  }
  const secretKey = hexOf(bytes)
  const secret = secretOfHex(group, secretKey)
  const isKey = equalBytes(secret, bytes)
  group.wipe(secret)
  group.wipe(bytes)
  if (!isKey) throw new KeyWordsInvalid('The words belong together, and are no key of a trustee.')
  return secretKey
}

function entropyOf(words: readonly string[]): Uint8Array | undefined {
  try {
    return mnemonicToEntropy(words.join(' '), wordlist)
  } catch {
    return undefined
  }
}
