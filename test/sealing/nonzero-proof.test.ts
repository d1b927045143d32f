import { expect, test } from 'vitest'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { proveNonzero, verifyNonzero } from '../../src/sealing/nonzero-proof.ts'
import { encryptBit, sumOpenings } from '../../src/sealing/opening.ts'

const group = await loadGroup()
const publicKey = group.multiplyBase(group.randomScalar())
const context = { publicKey, binding: 'election|voter|choices' }
const [zero, one, another] = [0, 1, 1].map((value) => encryptBit(group, publicKey, value))

test('one choice, and two, are something', () => {
  for (const opening of [one!, sumOpenings(group, [one!, another!, zero!])]) {
    const proof = proveNonzero(group, { opening, ...context })
    expect(verifyNonzero(group, { ciphertext: opening.ciphertext, proof, ...context })).toBe(true)
    expect(verifyNonzero(group, { ciphertext: zero!.ciphertext, proof, ...context })).toBe(false)
  }
})

test('nothing cannot be proven to be something', () => {
  expect(() => proveNonzero(group, { opening: zero!, ...context })).toThrow(RangeError)
})

test('whoever proves it of nothing all the same is found out, though all equations hold', () => {
  const proof = proveNonzero(group, { opening: { ...zero!, value: 1 }, ...context })
  expect(proof.commitment).toEqual(group.identity)
  expect(verifyNonzero(group, { ciphertext: zero!.ciphertext, proof, ...context })).toBe(false)
})
