/** The few functions of sodium-native that the group needs; the package brings no types. */
declare module 'sodium-native' {
  interface SodiumNative {
    crypto_core_ed25519_add(result: Uint8Array, p: Uint8Array, q: Uint8Array): void
    crypto_core_ed25519_sub(result: Uint8Array, p: Uint8Array, q: Uint8Array): void
    crypto_core_ed25519_is_valid_point(p: Uint8Array): boolean
    crypto_core_ed25519_scalar_add(result: Uint8Array, a: Uint8Array, b: Uint8Array): void
    crypto_core_ed25519_scalar_sub(result: Uint8Array, a: Uint8Array, b: Uint8Array): void
    crypto_core_ed25519_scalar_reduce(result: Uint8Array, wide: Uint8Array): void
    crypto_scalarmult_ed25519_base_noclamp(result: Uint8Array, n: Uint8Array): void
    crypto_scalarmult_ed25519_noclamp(result: Uint8Array, n: Uint8Array, p: Uint8Array): void
    crypto_hash_sha256_init(state: Uint8Array): void
    crypto_hash_sha256_update(state: Uint8Array, chunk: Uint8Array): void
    crypto_hash_sha256_final(state: Uint8Array, digest: Uint8Array): void
    readonly crypto_hash_sha256_STATEBYTES: number
    randombytes_buf(buffer: Uint8Array): void
    randombytes_uniform(bound: number): number
    sodium_memzero(buffer: Uint8Array): void
  }
  const sodium: SodiumNative
  export default sodium
}
