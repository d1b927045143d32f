import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { keyBackupPdf } from '../report/key-backup.ts'
import { requireFree, writeNewFile } from '../report/output-file.ts'
import type { Group } from '../sealing/group.ts'
import { fileNameOf } from './generate-trustee.ts'
import { privateDocumentText, publicKeyOf, readPrivateDocument } from './key-file.ts'
import { secretOfWords, wordsOfSecret } from './key-words.ts'
import { KeyIncomplete, KeyWordsInvalid } from './refusals.ts'

export interface BackedUpKey {
  file: string
  name: string
  publicKey: string
}

/** What whoever restores a key reads off its sheet. */
export interface KeySheet {
  readonly words: string
  /** How the public key begins, or all of it: `keyStartSchema`. */
  readonly publicKey: string
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
  const { name, secretKey } = await readPrivateDocument(group, keyFile)
  if (secretKey === undefined) throw new KeyIncomplete(keyFile)
  const file = out ?? keyFile.replace(/(\.private)?\.json$/, '.backup.pdf')
  const publicKey = publicKeyOf(group, secretKey)
  const madeAt = clock.now().toISOString()
  const words = wordsOfSecret(secretKey)
  await writeNewFile(file, await keyBackupPdf({ name, publicKey, words, madeAt }), 0o600)
  return { file, name, publicKey }
}

/**
 * Makes a key file of the words of a backup. One word in 256 that is wrong still fits the others, so the public key of
 * the sheet has to fit, too.
 *
 * @param input.readSheet asked once the file is known to be free.
 * @throws KeyWordsInvalid, OutputExists, OutputUnwritable
 */
export async function restoreKey(
  group: Group,
  { name, folder, readSheet }: { name: string; folder: string; readSheet: () => Promise<KeySheet> },
): Promise<BackedUpKey> {
  const file = join(folder, `${fileNameOf(name)}.private.json`)
  await requireFree(file)
  const sheet = await readSheet()
  const secretKey = secretOfWords(group, sheet.words)
  const publicKey = publicKeyOf(group, secretKey)
  if (!publicKey.startsWith(sheet.publicKey)) {
    throw new KeyWordsInvalid('The words belong together, and are not the key whose public half was given.')
  }
  await writeNewFile(file, privateDocumentText(group, { name, secretKey }), 0o600)
  return { file, name, publicKey }
}
