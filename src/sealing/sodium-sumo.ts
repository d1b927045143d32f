import { randomBelow } from './random-below.ts'
import type { Sodium } from './sodium.ts'

/** libsodium compiled to WebAssembly: works everywhere, browsers included. */
export async function loadSumo(): Promise<Sodium> {
  const { default: sodium } = await import('libsodium-wrappers-sumo')
  await sodium.ready

  return {
    name: 'libsodium-sumo',
    multiplyBase: (s) => unlessRefused(() => sodium.crypto_scalarmult_ed25519_base_noclamp(s)),
    multiply: (p, s) => unlessRefused(() => sodium.crypto_scalarmult_ed25519_noclamp(s, p)),
    add: (p, q) => unlessRefused(() => sodium.crypto_core_ed25519_add(p, q)),
    subtract: (p, q) => unlessRefused(() => sodium.crypto_core_ed25519_sub(p, q)),
    isValidPoint: (bytes) => sodium.crypto_core_ed25519_is_valid_point(bytes),
    addScalars: (a, b) => sodium.crypto_core_ed25519_scalar_add(a, b),
    subtractScalars: (a, b) => sodium.crypto_core_ed25519_scalar_sub(a, b),
    multiplyScalars: (a, b) => sodium.crypto_core_ed25519_scalar_mul(a, b),
    reduce: (wide) => sodium.crypto_core_ed25519_scalar_reduce(wide),
    randomBytes,
    randomBelow,
    startSha256: () => {
      const state = sodium.crypto_hash_sha256_init()
      return {
        update: (chunk) => sodium.crypto_hash_sha256_update(state, chunk),
        digest: () => sodium.crypto_hash_sha256_final(state),
      }
    },
    wipe: (secret) => sodium.memzero(secret),
  }
}

function unlessRefused(compute: () => Uint8Array): Uint8Array | undefined {
  try {
    return compute()
  } catch {
    return undefined
  }
}

/** The platform's own generator, which libsodium's wrapper also asks, but one 32-bit word at a time. */
function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  const longestRequest = 65536
  for (let start = 0; start < length; start += longestRequest) {
    crypto.getRandomValues(bytes.subarray(start, start + longestRequest))
  }
  return bytes
}
