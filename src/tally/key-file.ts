import { z } from 'zod'
import { readTextInput } from '../interchange/read-input.ts'
import { parseCanonical } from '../sealing/canonical-json.ts'
import { bytesOfHex, elementToHex, hexOf } from '../sealing/encoding.ts'
import type { Group, Scalar } from '../sealing/group.ts'
import {
  type TrusteePublicKey,
  trusteePublicKeyFormat,
  unsignedPublicKeyFormat,
  verifyTrusteeKey,
} from '../sealing/trustee-key.ts'
import { TrusteeKeyInvalid } from './refusals.ts'

/** The two files of a trustee: the private one never leaves their machine, the public one goes to the officer. */
export const trusteeNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}]+$/u, 'a name has no control characters')

const publicFileSchema = z.strictObject({
  kind: z.literal('urna-trustee-public-key'),
  name: trusteeNameSchema,
  publicKey: z.strictObject({
    pok: z.strictObject({ challenge: z.string(), response: z.string() }),
    public_key: z.string(),
  }),
})

const privateFileSchema = z.strictObject({
  kind: z.literal('urna-trustee-private-key'),
  name: trusteeNameSchema,
  /** 64 hexadecimal digits: the 32 bytes of the scalar, little-endian. */
  secretKey: z.string().regex(/^[0-9a-f]{64}$/),
})

export interface PublicKeyFile {
  readonly name: string
  readonly publicKey: TrusteePublicKey
}

export interface PrivateKeyFile {
  readonly name: string
  /** Wipe it after use. */
  readonly secret: Scalar
}

export function publicKeyText(group: Group, { name, publicKey }: PublicKeyFile): string {
  const key: unknown = JSON.parse(trusteePublicKeyFormat(group).write(publicKey))
  return `${JSON.stringify({ kind: 'urna-trustee-public-key', name, publicKey: key }, null, 2)}\n`
}

export function privateKeyText({ name, secret }: PrivateKeyFile): string {
  return `${JSON.stringify({ kind: 'urna-trustee-private-key', name, secretKey: hexOf(secret) }, null, 2)}\n`
}

/**
 * Reads what a trustee sent, and checks that whoever made it knows the private half.
 *
 * @throws InputUnreadable, TrusteeKeyInvalid
 */
export async function readPublicKeyFile(group: Group, path: string): Promise<PublicKeyFile> {
  const content = await readJson(path)
  if (privateFileSchema.safeParse(content).success) {
    throw new TrusteeKeyInvalid(
      { path, reason: 'it is a private key, which only its trustee may have' },
      'Delete this copy, and ask the trustee for a new pair: this one is no longer secret.',
    )
  }
  const file = publicFileSchema.safeParse(content)
  if (!file.success) throw new TrusteeKeyInvalid({ path, reason: 'it is no public key of a trustee' })
  const reading = parseCanonical(unsignedPublicKeyFormat(group), JSON.stringify(file.data.publicKey))
  if (!reading.ok) throw new TrusteeKeyInvalid({ path, reason: 'its key is malformed' })
  const publicKey = reading.value
  if (!verifyTrusteeKey(group, publicKey)) {
    throw new TrusteeKeyInvalid({ path, reason: 'nothing proves that anybody knows its private half' })
  }
  return { name: file.data.name, publicKey }
}

/** @throws InputUnreadable, TrusteeKeyInvalid; no sentence holds anything of the key */
export async function readPrivateKeyFile(group: Group, path: string): Promise<PrivateKeyFile> {
  const file = privateFileSchema.safeParse(await readJson(path))
  if (!file.success) {
    throw new TrusteeKeyInvalid(
      { path, reason: 'it is no private key of a trustee' },
      'Give the file that urna trustee generate wrote: NAME.private.json',
    )
  }
  const bytes = bytesOfHex(file.data.secretKey)!
  const wide = new Uint8Array(64)
  wide.set(bytes)
  const secret = group.reduce(wide)
  group.wipe(bytes)
  group.wipe(wide)
  return { name: file.data.name, secret }
}

/** The 64 digits by which people compare keys over the telephone. */
export function keyFingerprint({ public_key }: TrusteePublicKey): string {
  return elementToHex(public_key)
}

async function readJson(path: string): Promise<unknown> {
  const text = await readTextInput(path)
  try {
    return JSON.parse(text)
  } catch {
    throw new TrusteeKeyInvalid({ path, reason: 'it can not be read as a key' })
  }
}
