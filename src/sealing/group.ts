/**
 * The group `Ed25519` of the Belenios specification, section "Elliptic curves": the prime-order subgroup
 * of the plain twisted Edwards curve, not ristretto.
 *
 * Elements and scalars are 32 bytes, little-endian, as RFC 8032 and libsodium have them; only their text
 * forms (`elementToHex`, `scalarToDecimal`) follow Belenios. They are branded: an `Element` has been
 * checked once, on entry, by `elementFromHex` (canonical, on the curve, in the subgroup, or the identity),
 * or computed from checked ones; a `Scalar` is reduced modulo q.
 */

declare const element: unique symbol
declare const scalar: unique symbol
export type Element = Uint8Array & { readonly [element]: true }
export type Scalar = Uint8Array & { readonly [scalar]: true }

/** The order of the group: 2^252 + 27742317777372353535851937790883648493. */
export const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n

export interface Sha256 {
  /** @param text ASCII or UTF-8 text, or bytes. */
  update(text: string | Uint8Array): Sha256
  /** 32 bytes. The hash can't be used afterwards. */
  digest(): Uint8Array
}

/** A multiple of a point. */
export interface Term {
  readonly point: Element
  readonly scalar: Scalar
}

/**
 * Sums of multiples of points, two to eight times faster than one multiple after the other. How long they take
 * depends on the points and on the scalars: for what is public, such as proofs that are verified, and never for a
 * secret.
 */
export interface PublicSums {
  /** The sum of all terms, the faster a term the more there are. */
  sum(terms: readonly Term[]): Element
  /**
   * Several sums over the same few points, which are recognised by being the same object.
   *
   * @param request.common points that many calls have in common, such as a public key: tables of them are kept
   */
  sumEach(request: { common: readonly Element[]; sums: readonly (readonly Term[])[] }): Element[]
}

/**
 * What the protocol needs of libsodium. Every function that takes a scalar is constant-time in it, but for those
 * of `public`; none fails for zero or the identity, which libsodium itself refuses.
 */
export interface Group {
  /** Which library does the work; for people and benches. */
  readonly backend: 'sodium-native' | 'libsodium-sumo'

  readonly identity: Element
  readonly base: Element
  /** s·G */
  multiplyBase(s: Scalar): Element
  /** s·P */
  multiply(p: Element, s: Scalar): Element
  add(p: Element, q: Element): Element
  subtract(p: Element, q: Element): Element
  equal(p: Element, q: Element): boolean

  /** True if these 32 bytes are a canonical point of the prime-order subgroup, or the identity. */
  isElement(bytes: Uint8Array): bytes is Element
  /** P + Q for any two points of the curve, in the subgroup or not; undefined if one is not on it. */
  addUnchecked(p: Uint8Array, q: Uint8Array): Uint8Array | undefined

  /** For public points and scalars alone. */
  readonly public: PublicSums

  readonly zero: Scalar
  readonly one: Scalar
  randomScalar(): Scalar
  /** Uniform in 0 … bound − 1, for permutations; bound at most 2^32. */
  randomBelow(bound: number): number
  /** @param bytes 64 bytes, little-endian, reduced modulo q. */
  reduce(bytes: Uint8Array): Scalar
  addScalars(a: Scalar, b: Scalar): Scalar
  subtractScalars(a: Scalar, b: Scalar): Scalar
  multiplyScalars(a: Scalar, b: Scalar): Scalar
  negateScalar(a: Scalar): Scalar

  randomBytes(length: number): Uint8Array
  sha256(): Sha256
  /** Overwrites a secret. Best effort: a garbage collector may have copied it before. */
  wipe(secret: Uint8Array): void
}
