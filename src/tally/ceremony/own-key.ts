import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Group } from '../../sealing/group.ts'
import { type PrivateDocument, readPrivateDocument } from '../key-file.ts'
import { TrusteeKeyInvalid } from '../refusals.ts'

export interface OwnKey {
  readonly file: string
  readonly document: PrivateDocument
}

/**
 * The private key that a message is for, among those in a folder, so that a trustee need not name it.
 *
 * @param options.keyFile the only one to look at, if the trustee names it
 * @returns undefined if none fits
 * @throws TrusteeKeyInvalid if several do
 */
export async function findOwnKey(
  group: Group,
  options: { keyFile: string | undefined; folder: string },
  fits: (document: PrivateDocument) => boolean,
): Promise<OwnKey | undefined> {
  const { keyFile, folder } = options
  if (keyFile !== undefined) {
    const document = await readPrivateDocument(group, keyFile)
    return fits(document) ? { file: keyFile, document } : undefined
  }
  const names = (await readdir(folder)).filter((name) => name.endsWith('.private.json')).sort()
  const found: OwnKey[] = []
  for (const name of names) {
    const file = join(folder, name)
    const document = await readPrivateDocument(group, file).catch(() => undefined)
    if (document !== undefined && fits(document)) found.push({ file, document })
  }
  const [own, second] = found
  if (own !== undefined && second !== undefined) {
    throw new TrusteeKeyInvalid(
      { path: folder, reason: `several of the keys in it fit: ${own.file}, ${second.file}` },
      'Say which is yours with --key FILE.',
    )
  }
  return own
}
