import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { z } from 'zod'
import { equalBytes } from '../sealing/bytes.ts'
import { bytesOfHex, hexOf } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'
import { secretOfHex } from './key-file.ts'
import { KeyWordsInvalid } from './refusals.ts'

/** A private key on paper: BIP-39's words for 256 bits, the last of which checks the others, to one in 256. */
export const wordsOfKey = 24

/** How the public key on a sheet begins, as people copy it; any more of it will do. Chance fits 8 digits once in 2^32. */
export const keyStartSchema = z
  .string()
  .transform((text) => text.replace(/\s/g, '').toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{8,64}$/))

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
  if (strange >= 0)
    throw new KeyWordsInvalid(`Word ${strange + 1} is none of the list. Look at its spelling.`)
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
