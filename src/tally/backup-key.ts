import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { keyBackupPdf } from '../report/key-backup.ts'
import { writeNewFile } from '../report/output-file.ts'
import { elementToHex } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'
import { fileNameOf } from './generate-trustee.ts'
import { privateDocumentText, readPrivateDocument, secretOfHex } from './key-file.ts'
import { secretOfWords, wordsOfSecret } from './key-words.ts'
import { KeyIncomplete } from './refusals.ts'

export interface BackedUpKey {
  file: string
  name: string
  publicKey: string
}

/**
 * Writes a sheet with a trustee's private key in words.
 *
 * @param input.out undefined for `NAME.backup.pdf` beside the key.
 * @throws KeyIncomplete, TrusteeKeyInvalid, InputUnreadable, OutputExists, OutputUnwritable
 */
export async function backUpKey(
  { group, clock }: { group: Group; clock: Clock },
  { keyFile, out }: { keyFile: string; out: string | undefined },
): Promise<BackedUpKey> {
  const { name, secretKey } = await readPrivateDocument(keyFile)
  if (secretKey === undefined) throw new KeyIncomplete(keyFile)
  const file = out ?? keyFile.replace(/(\.private)?\.json$/, '.backup.pdf')
  const publicKey = publicKeyOf(group, secretKey)
  const madeAt = clock.now().toISOString()
  const words = wordsOfSecret(secretKey)
  await writeNewFile(file, await keyBackupPdf({ name, publicKey, words, madeAt }), 0o600)
  return { file, name, publicKey }
}

/** Makes a key file of the words of a backup. @throws KeyWordsInvalid, OutputExists, OutputUnwritable */
export async function restoreKey(
  group: Group,
  { words, name, folder }: { words: string; name: string; folder: string },
): Promise<BackedUpKey> {
  const secretKey = secretOfWords(group, words)
  const file = join(folder, `${fileNameOf(name)}.private.json`)
  await writeNewFile(file, privateDocumentText({ name, secretKey }), 0o600)
  return { file, name, publicKey: publicKeyOf(group, secretKey) }
}

function publicKeyOf(group: Group, secretKey: string): string {
  const secret = secretOfHex(group, secretKey)
  const publicKey = elementToHex(group.multiplyBase(secret))
  group.wipe(secret)
  return publicKey
}
