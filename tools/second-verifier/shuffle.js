// CheckShuffleProof of the Belenios specification: the same votes in another order, each sealed anew.
import { randomBytes } from 'node:crypto'
import {
  divide,
  equal,
  g,
  generator,
  H,
  modulo,
  multiply,
  product,
  productOf,
  sha256Hex,
  text,
} from './group.js'
import { ciphertext, textOf } from './proofs.js'
import { element, ensure, list, record, scalar, tuple } from './shape.js'

/** The shape of a shuffle of so many ciphertexts of each non-homomorphic question. */
export function shuffleOf(sizes) {
  const proofOf = (N) => {
    const elements = list(element, N)
    const scalars = list(scalar, N)
    return tuple([
      tuple([element, element, element, tuple([element, element]), elements]),
      tuple([scalar, scalar, scalar, scalar, scalars, scalars]),
      elements,
      elements,
    ])
  }
  return record({
    ciphertexts: tuple(sizes.map((N) => list(ciphertext, N))),
    proofs: tuple(sizes.map(proofOf)),
  })
}

/** @param e the ciphertexts before, e2 those after */
export function checkShuffle(e, e2, [t, s, c, ĉ], { public_key: pk, fingerprint }) {
  const N = e.length
  const [t1, t2, t3, [t41, t42], t̂] = t
  const [s1, s2, s3, s4, ŝ, s̃] = s
  const h = generator(-1)
  const hs = e.map((_, i) => generator(i))
  const str_t = serialize([t1, t2, t3, t41, t42], text) + serialize(t̂, text)
  const str_c = serialize([...e, ...e2], textOf) + serialize(c, text)
  const seed = sha256Hex(`shuffle-challenges|${fingerprint}|${str_c}`)
  const u = e.map((_, i) => H(seed, sha256Hex(String(i))))
  const challenge = H(`shuffle-challenge|${fingerprint}|`, str_t, str_c, serialize(ĉ, text), text(pk))
  const powers = (elements, exponents) => elements.map((each, i) => [each, exponents[i]])
  const [α, β] = [e.map(({ alpha }) => alpha), e.map(({ beta }) => beta)]
  const [α2, β2] = [e2.map(({ alpha }) => alpha), e2.map(({ beta }) => beta)]
  const times = (exponents) => exponents.map((each) => -challenge * each)

  const c̄ = divide(multiply(c), multiply(hs))
  const ĉN = N === 0 ? h : ĉ[N - 1]
  const Πu = u.reduce((value, each) => modulo(value * each), 1n)
  const c̃ = divide(ĉN, product([h, Πu]))
  const holds = (found, wanted) => ensure(equal(found, wanted), 'a shuffle changed, added or dropped a vote')
  holds(t1, product([c̄, -challenge], [g, s1]))
  holds(t2, product([c̃, -challenge], [g, s2]))
  holds(t3, productOf([[g, s3], ...powers(c, times(u)), ...powers(hs, s̃)]))
  holds(t41, productOf([[pk, -s4], ...powers(β, times(u)), ...powers(β2, s̃)]))
  holds(t42, productOf([[g, -s4], ...powers(α, times(u)), ...powers(α2, s̃)]))
  // t̂ᵢ = ĉᵢ^-challenge · g^ŝᵢ · ĉᵢ₋₁^s̃ᵢ for all i: all at once, each to the power of a number drawn now.
  const drawn = e.map(() => BigInt(`0x${randomBytes(16).toString('hex')}`))
  const chain = drawn.flatMap((ρ, i) => [
    [t̂[i], -ρ],
    [ĉ[i], -ρ * challenge],
    [i === 0 ? h : ĉ[i - 1], ρ * s̃[i]],
  ])
  const gathered = drawn.reduce((sum, ρ, i) => sum + ρ * ŝ[i], 0n)
  holds(productOf(chain), product([g, -gathered]))
}

function serialize(items, write) {
  return items.map((item) => `${write(item)},`).join('')
}
