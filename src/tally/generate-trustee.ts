import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeNewFile } from '../report/output-file.ts'
import type { Group } from '../sealing/group.ts'
import { generateTrusteeKey } from '../sealing/trustee-key.ts'
import { keyFingerprint, privateKeyText, publicKeyText } from './key-file.ts'

export interface GeneratedTrustee {
  name: string
  privateFile: string
  publicFile: string
  publicKey: string
}

/**
 * Makes the key pair of a trustee, on the trustee's own machine. Both files are new, or neither is written.
 *
 * @throws OutputExists, OutputUnwritable
 */
export async function generateTrustee(
  group: Group,
  { name, folder }: { name: string; folder: string },
): Promise<GeneratedTrustee> {
  const base = join(folder, fileNameOf(name))
  const [privateFile, publicFile] = [`${base}.private.json`, `${base}.public.json`]
  const { secret, publicKey } = generateTrusteeKey(group)
  try {
    await writeNewFile(publicFile, publicKeyText(group, { name, publicKey }), 0o644)
    try {
      await writeNewFile(privateFile, privateKeyText({ name, secret }), 0o600)
    } catch (error) {
      await rm(publicFile)
      throw error
    }
  } finally {
    group.wipe(secret)
  }
  return { name, privateFile, publicFile, publicKey: keyFingerprint(publicKey) }
}

/** Letters and digits of any script as they are; everything else becomes a dash. */
export function fileNameOf(name: string): string {
  return (
    name
      .normalize('NFC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '') || 'trustee'
  )
}
