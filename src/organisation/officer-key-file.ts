import { join } from 'node:path'
import { z } from 'zod'
import { slugOf } from '../election/slug.ts'
import { readTextInput } from '../interchange/read-input.ts'
import { jsonOf } from '../json-of.ts'
import { requireFree, writeNewFile } from '../report/output-file.ts'
import { bytesOfHex, hexOf } from '../sealing/encoding.ts'
import { OfficerKeyInvalid } from './refusals.ts'
import type { Signing } from './signing.ts'

/** The two files of an officer who signs: the private one stays with the officer, the public one is registered. */
const name = z.string().trim().min(1).max(200)
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`))

const publicFileSchema = z.strictObject({
  kind: z.literal('urna-officer-public-key'),
  name,
  publicKey: hex(64),
  /** Of the name and the key, by the key: whoever made the file has the private half. */
  signature: hex(128),
})

const privateFileSchema = z.strictObject({
  kind: z.literal('urna-officer-private-key'),
  name,
  /** Ed25519 seed. */
  seed: hex(64),
})

export interface GeneratedOfficerKey {
  name: string
  privateFile: string
  publicFile: string
  publicKey: string
}

/**
 * Makes the key pair with which an officer signs. Both files are new; where a crash left the private one alone, its
 * public half is made.
 * @throws OfficerKeyInvalid, OutputExists, OutputUnwritable
 */
export async function generateOfficerKey(
  signing: Signing,
  given: { name: string; folder: string },
): Promise<GeneratedOfficerKey> {
  const parsed = name.safeParse(given.name)
  if (!parsed.success) throw new OfficerKeyInvalid("An officer's name has 1 to 200 characters.")
  const base = join(given.folder, `${slugOf(parsed.data, 'officer')}.officer`)
  const [privateFile, publicFile] = [`${base}.private.json`, `${base}.public.json`]
  await requireFree(publicFile)
  const leftOver = await leftOverSeed(privateFile, parsed.data)
  const seed = leftOver ?? signing.newSeed()
  try {
    const publicKey = signing.publicKeyOf(seed)
    const text = JSON.stringify([parsed.data, publicKey])
    const signature = signing.sign(seed, { purpose: 'officer key', text })
    const open = { kind: 'urna-officer-public-key', name: parsed.data, publicKey, signature }
    const secret = { kind: 'urna-officer-private-key', name: parsed.data, seed: hexOf(seed) }
    if (leftOver === undefined) {
      await writeNewFile(privateFile, `${JSON.stringify(secret, null, 2)}\n`, 0o600)
    }
    await writeNewFile(publicFile, `${JSON.stringify(open, null, 2)}\n`, 0o644)
    return { name: parsed.data, privateFile, publicFile, publicKey }
  } finally {
    signing.wipe(seed)
  }
}

/** Of a key of this name whose public half was never written; undefined if there is none. */
async function leftOverSeed(path: string, called: string): Promise<Uint8Array | undefined> {
  const file = privateFileSchema.safeParse(await readJson(path).catch(() => undefined))
  return file.data?.name === called ? bytesOfHex(file.data.seed) : undefined
}

/** @throws InputUnreadable, OfficerKeyInvalid */
export async function readOfficerPublicKey(signing: Signing, path: string): Promise<string> {
  const content = await readJson(path)
  if (privateFileSchema.safeParse(content).success) {
    throw new OfficerKeyInvalid(
      `${path} is a private key, which only its officer may have.`,
      { path },
      'Delete this copy, and ask the officer for a new pair: this one is no longer secret.',
    )
  }
  const file = publicFileSchema.safeParse(content)
  if (!file.success) throw new OfficerKeyInvalid(`${path} is no public key of an officer.`, { path })
  const { publicKey, signature } = file.data
  const text = JSON.stringify([file.data.name, publicKey])
  if (!signing.verify({ purpose: 'officer key', text }, { publicKey, signature })) {
    throw new OfficerKeyInvalid(`${path}: nothing proves that anybody has the private half of this key.`, {
      path,
    })
  }
  return publicKey
}

/** Who holds a private key, for as long as it is lent. */
export interface OfficerSigner {
  readonly publicKey: string
  sign(message: Parameters<Signing['sign']>[1]): string
}

/**
 * Lends the key of a file to sign with, and forgets it.
 * @throws InputUnreadable, OfficerKeyInvalid; no sentence holds anything of the key
 */
export async function withOfficerKey<T>(
  signing: Signing,
  path: string,
  use: (signer: OfficerSigner) => Promise<T>,
): Promise<T> {
  const file = privateFileSchema.safeParse(await readJson(path))
  if (!file.success) {
    throw new OfficerKeyInvalid(
      `${path} is no private key of an officer.`,
      { path },
      'Give the file that urna officer generate wrote: NAME.officer.private.json',
    )
  }
  const seed = bytesOfHex(file.data.seed)!
  try {
    return await use({
      publicKey: signing.publicKeyOf(seed),
      sign: (message) => signing.sign(seed, message),
    })
  } finally {
    signing.wipe(seed)
  }
}

async function readJson(path: string): Promise<unknown> {
  const json = jsonOf(await readTextInput(path))
  if (json === undefined) throw new OfficerKeyInvalid(`${path} can't be read as a key.`, { path })
  return json
}
