import { bytesOfHex, hexOf } from '../sealing/encoding.ts'

/** What a signature is for, so that one for one thing can't be shown as one for another. */
export type Purpose = 'officer key' | 'approval request' | 'approval decision' | 'certificate' | 'paper entry'

/** Ed25519 as libsodium has it. Keys and signatures are hexadecimal. */
export interface Signing {
  newSeed(): Uint8Array
  publicKeyOf(seed: Uint8Array): string
  sign(seed: Uint8Array, message: { purpose: Purpose; text: string }): string
  /** Whether the holder of that key signed exactly this; false too where the hexadecimal is none. */
  verify(
    message: { purpose: Purpose; text: string },
    signed: { publicKey: string; signature: string },
  ): boolean
  wipe(secret: Uint8Array): void
}

export async function loadSigning(): Promise<Signing> {
  const { default: sodium } = await import('libsodium-wrappers-sumo')
  await sodium.ready
  return {
    newSeed: () => sodium.randombytes_buf(sodium.crypto_sign_SEEDBYTES),
    publicKeyOf(seed) {
      const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(seed)
      sodium.memzero(privateKey)
      return hexOf(publicKey)
    },
    sign(seed, message) {
      const { privateKey } = sodium.crypto_sign_seed_keypair(seed)
      try {
        return hexOf(sodium.crypto_sign_detached(bytesOf(message), privateKey))
      } finally {
        sodium.memzero(privateKey)
      }
    },
    verify(message, { publicKey, signature }) {
      const [key, bytes] = [bytesOfHex(publicKey), bytesOfHex(signature)]
      if (key?.length !== 32 || bytes?.length !== 64) return false
      try {
        return sodium.crypto_sign_verify_detached(bytes, bytesOf(message), key)
      } catch {
        return false
      }
    },
    wipe: (secret) => sodium.memzero(secret),
  }
}

function bytesOf({ purpose, text }: { purpose: Purpose; text: string }): Uint8Array {
  return new TextEncoder().encode(`urna ${purpose}\n${text}`)
}
