import { join } from 'node:path'
import { requireFree, writeNewFile } from '../report/output-file.ts'
import type { Group, Scalar } from '../sealing/group.ts'
import { proveTrusteeKey } from '../sealing/trustee-key.ts'
import { keyFingerprint, privateKeyText, publicKeyText, readPrivateKeyFile } from './key-file.ts'

export interface GeneratedTrustee {
  name: string
  privateFile: string
  publicFile: string
  publicKey: string
}

/**
 * Makes the key pair of a trustee, on the trustee's own machine. Both files are new; where a crash left the private
 * one alone, its public half is made.
 *
 * @throws OutputExists, OutputUnwritable
 */
export async function generateTrustee(
  group: Group,
  { name, folder }: { name: string; folder: string },
): Promise<GeneratedTrustee> {
  const base = join(folder, fileNameOf(name))
  const [privateFile, publicFile] = [`${base}.private.json`, `${base}.public.json`]
  await requireFree(publicFile)
  const leftOver = await leftOverSecret(group, privateFile, name)
  const secret = leftOver ?? group.randomScalar()
  try {
    const publicKey = proveTrusteeKey(group, secret)
    if (leftOver === undefined)
      await writeNewFile(privateFile, privateKeyText(group, { name, secret }), 0o600)
    await writeNewFile(publicFile, publicKeyText(group, { name, publicKey }), 0o644)
    return { name, privateFile, publicFile, publicKey: keyFingerprint(publicKey) }
  } finally {
    group.wipe(secret)
  }
}

/** Of a key of this name whose public half was never written; undefined if there is none. */
async function leftOverSecret(group: Group, path: string, name: string): Promise<Scalar | undefined> {
  const file = await readPrivateKeyFile(group, path).catch(() => undefined)
  if (file === undefined) return undefined
  if (file.name === name) return file.secret
  group.wipe(file.secret)
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
