import { z } from 'zod'
import { readTextInput } from '../interchange/read-input.ts'
import { jsonOf } from '../json-of.ts'
import { parseCanonical } from '../sealing/canonical-json.ts'
import { isSeed } from '../sealing/ceremony-keys.ts'
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

/** What a trustee of a threshold group keeps while the key ceremony goes on. */
const ceremonySchema = z.strictObject({
  /** Names the ceremony. */
  id: z.string(),
  threshold: z.int(),
  trustees: z.array(z.string()),
  place: z.int(),
  /** From which the keys of the ceremony follow. */
  seed: z.string().refine(isSeed),
  /** Fingerprint of the certificates that the shares were made for. */
  certificates: z.string().optional(),
  /** What was sent, to be sent again as it was. */
  answers: z.strictObject({
    certificate: z.string(),
    shares: z.string().optional(),
    public_key: z.string().optional(),
  }),
})

export type OwnCeremony = z.infer<typeof ceremonySchema>

const privateFileSchema = z.strictObject({
  kind: z.literal('urna-trustee-private-key'),
  name: trusteeNameSchema,
  /** 64 hexadecimal digits: the 32 bytes of the scalar, little-endian. Missing until the ceremony brings it. */
  secretKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Of `secretKey`, by which a digit that changed is found out. Whoever makes a key elsewhere may leave it out. */
  publicKey: z.string().optional(),
  ceremony: ceremonySchema.optional(),
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

export function privateKeyText(group: Group, { name, secret }: PrivateKeyFile): string {
  return privateDocumentText(group, { name, secretKey: hexOf(secret) })
}

/** A private key file, whole or on its way there. */
export interface PrivateDocument {
  readonly name: string
  readonly secretKey?: string | undefined
  readonly ceremony?: OwnCeremony | undefined
}

export function privateDocumentText(group: Group, { name, secretKey, ceremony }: PrivateDocument): string {
  const publicKey = secretKey === undefined ? undefined : publicKeyOf(group, secretKey)
  const document = { kind: 'urna-trustee-private-key', name, secretKey, publicKey, ceremony }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** @throws InputUnreadable, TrusteeKeyInvalid; no sentence holds anything of the key */
export async function readPrivateDocument(group: Group, path: string): Promise<PrivateDocument> {
  const file = privateFileSchema.safeParse(await readJson(path))
  if (!file.success) {
    throw new TrusteeKeyInvalid(
      { path, reason: 'it is no private key of a trustee' },
      'Give the file that urna trustee generate or urna trustee continue wrote: NAME.private.json',
    )
  }
  const { publicKey, ...document } = file.data
  const { secretKey } = document
  if (publicKey !== undefined && (secretKey === undefined || publicKey !== publicKeyOf(group, secretKey))) {
    throw new TrusteeKeyInvalid(
      { path, reason: 'its two halves do not belong together: it was damaged' },
      'Take another copy of the file, or make it again from its sheet: urna trustee restore',
    )
  }
  return document
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
  const { name, secretKey } = await readPrivateDocument(group, path)
  if (secretKey === undefined) {
    throw new TrusteeKeyInvalid(
      { path, reason: 'its key ceremony is not over' },
      'Go on with what the election officer sent: urna trustee continue FILE',
    )
  }
  return { name, secret: secretOfHex(group, secretKey) }
}

/** @param hex 64 digits, as key files have them. Wipe it after use. */
export function secretOfHex(group: Group, hex: string): Scalar {
  const bytes = bytesOfHex(hex)!
  const wide = new Uint8Array(64)
  wide.set(bytes)
  const secret = group.reduce(wide)
  group.wipe(bytes)
  group.wipe(wide)
  return secret
}

/** @param secretKey as in a key file. @returns the 64 digits of its public half */
export function publicKeyOf(group: Group, secretKey: string): string {
  const secret = secretOfHex(group, secretKey)
  const publicKey = elementToHex(group.multiplyBase(secret))
  group.wipe(secret)
  return publicKey
}

/** The 64 digits by which people compare keys over the telephone. */
export function keyFingerprint({ public_key }: TrusteePublicKey): string {
  return elementToHex(public_key)
}

async function readJson(path: string): Promise<unknown> {
  const json = jsonOf(await readTextInput(path))
  if (json === undefined) throw new TrusteeKeyInvalid({ path, reason: 'it can not be read as a key' })
  return json
}
