import { expect, test } from 'vitest'
import { type Ciphertext, encrypt } from '../../src/sealing/ciphertext.ts'
import { type Claim, proveDisjunction, select, verifyDisjunction } from '../../src/sealing/disjunction.ts'
import { scalarFromInteger } from '../../src/sealing/encoding.ts'
import type { Scalar } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'

const group = await loadGroup()
const publicKey = group.multiplyBase(group.randomScalar())
const prefix = 'test|'

function sealed(value: bigint): { randomness: Scalar; encrypted: Scalar; ciphertext: Ciphertext } {
  const randomness = group.randomScalar()
  const encrypted = scalarFromInteger(value)
  const plaintext = group.multiplyBase(encrypted)
  return { randomness, encrypted, ciphertext: encrypt(group, { publicKey, plaintext, randomness }) }
}

function isZero({ ciphertext }: { ciphertext: Ciphertext }): Claim {
  return { ciphertext, value: 0 }
}

function proveAndVerify(trueBranch: number, ...values: bigint[]): boolean {
  const branches = values.map(sealed)
  const proofs = proveDisjunction(group, { publicKey, branches, trueBranch, prefix })
  return verifyDisjunction(group, { publicKey, claims: branches.map(isZero), proofs, prefix })
}

test.each([
  ['the first of two', 0, [0n, 5n]],
  ['the second of two', 1, [5n, 0n]],
  ['the last of four', 3, [1n, 2n, 3n, 0n]],
  ['one of two that both do', 1, [0n, 0n]],
  ['the only one', 0, [0n]],
])('it is proven that one encrypts zero: %s', (_, trueBranch, values) => {
  expect(proveAndVerify(trueBranch, ...values)).toBe(true)
})

test.each([
  ['none does', 0, [1n, 5n]],
  ['another does', 0, [1n, 0n]],
  ['the only one does not', 0, [1n]],
])('nothing is proven where %s', (_, trueBranch, values) => {
  expect(proveAndVerify(trueBranch, ...values)).toBe(false)
})

test('a proof is bound to its prefix, its key and its ciphertexts', () => {
  const branches = [sealed(0n), sealed(1n)]
  const proofs = proveDisjunction(group, { publicKey, branches, trueBranch: 0, prefix })
  const claims = branches.map(isZero)
  const claim = { publicKey, claims, proofs, prefix }
  expect(verifyDisjunction(group, claim)).toBe(true)
  expect(verifyDisjunction(group, { ...claim, prefix: 'text|' })).toBe(false)
  expect(verifyDisjunction(group, { ...claim, publicKey: group.base })).toBe(false)
  expect(verifyDisjunction(group, { ...claim, claims: claims.toReversed() })).toBe(false)
  expect(verifyDisjunction(group, { ...claim, proofs: proofs.toReversed() })).toBe(false)
  expect(verifyDisjunction(group, { ...claim, proofs: proofs.slice(1) })).toBe(false)
  expect(verifyDisjunction(group, { ...claim, proofs: [], claims: [] })).toBe(false)
})

test('one of two texts is selected without looking which', () => {
  const [a, b] = [Uint8Array.of(0, 255, 7), Uint8Array.of(1, 2, 3)]
  expect(select(1, a, b)).toEqual(a)
  expect(select(0, a, b)).toEqual(b)
})
