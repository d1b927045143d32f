import { equalBytes } from './bytes.ts'
import type { Element, Group, PublicSums, Scalar, Sha256 } from './group.ts'
import { loadPublicSums } from './public-sums.ts'
import type { Sodium } from './sodium.ts'
import { loadAddon } from './sodium-addon.ts'
import { loadSumo } from './sodium-sumo.ts'

/**
 * The group on libsodium: the native addon where it loads, the WebAssembly build elsewhere.
 *
 * @param options.backend only this one.
 * @throws Error if the backend that was asked for doesn't load
 */
export async function loadGroup(options: { backend?: Group['backend'] } = {}): Promise<Group> {
  const [sumo, sums] = await Promise.all([loadSumo(), loadPublicSums()])
  if (options.backend === 'libsodium-sumo') return groupOn(sumo, sums)
  if (options.backend === 'sodium-native') return groupOn(await loadAddon(sumo), sums)
  return groupOn(await loadAddon(sumo).catch(() => sumo), sums)
}

function groupOn(sodium: Sodium, sums: PublicSums): Group {
  const zero = new Uint8Array(32) as Scalar
  const one = Uint8Array.of(1, ...new Uint8Array(31)) as Scalar
  // y = 1 and x = 0, whose encoding looks like that of the number one.
  const identity = Uint8Array.of(1, ...new Uint8Array(31)) as Element

  function multiplyBase(s: Scalar): Element {
    return toElement(sodium.multiplyBase(s) ?? zeroTimes(s))
  }

  function multiply(p: Element, s: Scalar): Element {
    const product = sodium.multiply(p, s)
    return toElement(product ?? (equalBytes(p, identity) ? identity.slice() : zeroTimes(s)))
  }

  /** Of valid elements libsodium refuses only the identity, and only zero of scalars. */
  function zeroTimes(s: Scalar): Uint8Array {
    if (!equalBytes(s, zero)) throw new RangeError('multiply: not an element of the group')
    return identity.slice()
  }

  const addUnchecked = (p: Uint8Array, q: Uint8Array) => sodium.add(p, q)

  return {
    backend: sodium.name,
    identity,
    base: multiplyBase(one),
    multiplyBase,
    multiply,
    add: (p, q) => toElement(sodium.add(p, q)),
    subtract: (p, q) => toElement(sodium.subtract(p, q)),
    equal: equalBytes,
    isElement: (bytes): bytes is Element =>
      bytes.length === 32 && (sodium.isValidPoint(bytes) || equalBytes(bytes, identity)),
    addUnchecked,
    public: sums,
    zero,
    one,
    randomScalar: () => toScalar(sodium.reduce(sodium.randomBytes(64))),
    randomBelow: (bound) => randomBelow(sodium, bound),
    reduce: (bytes) => toScalar(sodium.reduce(bytes)),
    addScalars: (a, b) => toScalar(sodium.addScalars(a, b)),
    subtractScalars: (a, b) => toScalar(sodium.subtractScalars(a, b)),
    multiplyScalars: (a, b) => toScalar(sodium.multiplyScalars(a, b)),
    negateScalar: (a) => toScalar(sodium.subtractScalars(zero, a)),
    randomBytes: sodium.randomBytes,
    sha256: () => sha256On(sodium),
    wipe: sodium.wipe,
  }
}

function toElement(bytes: Uint8Array | undefined): Element {
  if (bytes === undefined) throw new RangeError('not a point of the curve')
  return bytes as Element
}

function toScalar(bytes: Uint8Array): Scalar {
  return bytes as Scalar
}

function randomBelow(sodium: Sodium, bound: number): number {
  if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
    throw new RangeError('randomBelow: the bound is an integer from 1 to 2^32')
  }
  if (bound === 1) return 0
  if (bound < 2 ** 32) return sodium.randomBelow(bound)
  return new DataView(sodium.randomBytes(4).buffer).getUint32(0)
}

/** A call into libsodium costs as much as hashing a few hundred bytes: short texts are gathered first. */
const gatheredCharacters = 8192

function sha256On(sodium: Sodium): Sha256 {
  const encoder = new TextEncoder()
  const state = sodium.startSha256()
  let gathered = ''
  const flush = () => {
    if (gathered.length > 0) state.update(encoder.encode(gathered))
    gathered = ''
  }
  const hash: Sha256 = {
    update(chunk) {
      if (typeof chunk === 'string') {
        gathered += chunk
        if (gathered.length >= gatheredCharacters) flush()
      } else {
        flush()
        state.update(chunk)
      }
      return hash
    },
    digest() {
      flush()
      return state.digest()
    },
  }
  return hash
}
