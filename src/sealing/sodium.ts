/**
 * What the group needs of a build of libsodium, with its refusals kept: it won't multiply by zero, multiply
 * the identity, or take 32 bytes that are no point. `undefined` says that it refused.
 */
export interface Sodium {
  readonly name: 'sodium-native' | 'libsodium-sumo'
  multiplyBase(s: Uint8Array): Uint8Array | undefined
  multiply(p: Uint8Array, s: Uint8Array): Uint8Array | undefined
  add(p: Uint8Array, q: Uint8Array): Uint8Array | undefined
  subtract(p: Uint8Array, q: Uint8Array): Uint8Array | undefined
  isValidPoint(bytes: Uint8Array): boolean

  addScalars(a: Uint8Array, b: Uint8Array): Uint8Array
  subtractScalars(a: Uint8Array, b: Uint8Array): Uint8Array
  multiplyScalars(a: Uint8Array, b: Uint8Array): Uint8Array
  /** 64 bytes to 32. */
  reduce(wide: Uint8Array): Uint8Array

  randomBytes(length: number): Uint8Array
  /** Uniform in 0 … bound − 1; bound from 2 to 2^32 − 1. */
  randomBelow(bound: number): number
  startSha256(): { update(chunk: Uint8Array): void; digest(): Uint8Array }
  wipe(secret: Uint8Array): void
}
