import type { Sodium } from './sodium.ts'

/**
 * libsodium compiled for this machine, two to three times faster.
 *
 * @param scalars the WebAssembly build: the addon has no product of scalars.
 * @throws Error where the addon isn't installed or doesn't load
 */
export async function loadAddon(scalars: Sodium): Promise<Sodium> {
  const { default: sodium } = await import('sodium-native')

  const intoNew = (length: number, compute: (result: Uint8Array) => void): Uint8Array => {
    const result = new Uint8Array(length)
    compute(result)
    return result
  }
  const point = (compute: (result: Uint8Array) => void): Uint8Array | undefined => {
    try {
      return intoNew(32, compute)
    } catch {
      return undefined
    }
  }

  return {
    name: 'sodium-native',
    multiplyBase: (s) => point((result) => sodium.crypto_scalarmult_ed25519_base_noclamp(result, s)),
    multiply: (p, s) => point((result) => sodium.crypto_scalarmult_ed25519_noclamp(result, s, p)),
    add: (p, q) => point((result) => sodium.crypto_core_ed25519_add(result, p, q)),
    subtract: (p, q) => point((result) => sodium.crypto_core_ed25519_sub(result, p, q)),
    isValidPoint: (bytes) => sodium.crypto_core_ed25519_is_valid_point(bytes),
    addScalars: (a, b) => intoNew(32, (result) => sodium.crypto_core_ed25519_scalar_add(result, a, b)),
    subtractScalars: (a, b) => intoNew(32, (result) => sodium.crypto_core_ed25519_scalar_sub(result, a, b)),
    multiplyScalars: scalars.multiplyScalars,
    reduce: (wide) => intoNew(32, (result) => sodium.crypto_core_ed25519_scalar_reduce(result, wide)),
    randomBytes: (length) => intoNew(length, (result) => sodium.randombytes_buf(result)),
    randomBelow: (bound) => sodium.randombytes_uniform(bound),
    startSha256: () => {
      const state = new Uint8Array(sodium.crypto_hash_sha256_STATEBYTES)
      sodium.crypto_hash_sha256_init(state)
      return {
        update: (chunk) => sodium.crypto_hash_sha256_update(state, chunk),
        digest: () => intoNew(32, (result) => sodium.crypto_hash_sha256_final(state, result)),
      }
    },
    wipe: (secret) => sodium.sodium_memzero(secret),
  }
}
