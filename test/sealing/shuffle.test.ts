import { beforeAll, describe, expect, test } from 'vitest'
import { type Ciphertext, encrypt } from '../../src/sealing/ciphertext.ts'
import { crewOfOne } from '../../src/sealing/crew.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import type { Element, Group, Scalar } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { shuffleCiphertexts } from '../../src/sealing/shuffle.ts'
import type { ShuffleProof, ShuffleStatement } from '../../src/sealing/shuffle-proof.ts'
import { verifyShuffleProof } from '../../src/sealing/shuffle-verification.ts'

const group = await loadGroup()
const secret = group.randomScalar()
const publicKey = group.multiplyBase(secret)
const fingerprint = 'WhXS+17a5joKpXnKLAmEqnHXUeYz1A8tQDS7/DabjNg'

function encrypted(count: number): { plaintexts: Element[]; ciphertexts: Ciphertext[] } {
  const plaintexts = Array.from({ length: count }, () => group.multiplyBase(group.randomScalar()))
  const ciphertexts = plaintexts.map((plaintext) =>
    encrypt(group, { publicKey, plaintext, randomness: group.randomScalar() }),
  )
  return { plaintexts, ciphertexts }
}

function opened({ alpha, beta }: Ciphertext): Element {
  return group.subtract(beta, group.multiply(alpha, secret))
}

async function shuffled(ciphertexts: readonly Ciphertext[]) {
  const { ciphertexts: after, proof } = await shuffleCiphertexts(crewOfOne(group), {
    publicKey,
    fingerprint,
    ciphertexts,
  })
  const statement: ShuffleStatement = { publicKey, fingerprint, before: ciphertexts, after }
  return { statement, proof }
}

describe('a shuffle', () => {
  test('keeps every vote and re-encrypts every ciphertext', async () => {
    const { plaintexts, ciphertexts } = encrypted(12)
    const { statement } = await shuffled(ciphertexts)
    const sorted = (points: readonly Element[]) => points.map(elementToHex).sort()
    expect(sorted(statement.after.map(opened))).toEqual(sorted(plaintexts))
    const halves = ({ alpha, beta }: Ciphertext) => [elementToHex(alpha), elementToHex(beta)]
    const before = new Set(ciphertexts.flatMap(halves))
    expect(statement.after.flatMap(halves).filter((half) => before.has(half))).toEqual([])
  })

  test('puts each ciphertext anywhere, in place too', async () => {
    const { plaintexts, ciphertexts } = encrypted(3)
    const orders = new Set<string>()
    for (let run = 0; run < 60; run++) {
      const { statement } = await shuffled(ciphertexts)
      const order = statement.after.map((ciphertext) =>
        plaintexts.findIndex((point) => group.equal(point, opened(ciphertext))),
      )
      orders.add(order.join())
    }
    expect([...orders].sort()).toEqual(['0,1,2', '0,2,1', '1,0,2', '1,2,0', '2,0,1', '2,1,0'])
  })

  test.each([0, 1, 2, 7])('of %d ciphertexts proves itself', async (count) => {
    const { statement, proof } = await shuffled(encrypted(count).ciphertexts)
    expect(await verifyShuffleProof(crewOfOne(group), statement, proof)).toBeUndefined()
  })

  test('made with one library proves itself to the other', async () => {
    const sumo = await loadGroup({ backend: 'libsodium-sumo' })
    const { statement, proof } = await shuffled(encrypted(4).ciphertexts)
    expect(await verifyShuffleProof(crewOfOne(sumo), statement, proof)).toBeUndefined()
  })

  test('holds with a ciphertext of the identity in it', async () => {
    const ciphertexts = [...encrypted(2).ciphertexts, { alpha: group.identity, beta: group.identity }]
    const { statement, proof } = await shuffled(ciphertexts)
    expect(await verifyShuffleProof(crewOfOne(group), statement, proof)).toBeUndefined()
  })

  test('tells how far it is', async () => {
    const steps: [number, number][] = []
    const { ciphertexts } = encrypted(3)
    const progress = (done: number, total: number) => steps.push([done, total])
    await shuffleCiphertexts(crewOfOne(group), { publicKey, fingerprint, ciphertexts, progress })
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((done) => [done, 10]))
  })

  test('leaves none of its secrets in memory that it can wipe', async () => {
    const drawn: Scalar[] = []
    const watched: Group = {
      ...group,
      randomScalar() {
        const scalar = group.randomScalar()
        drawn.push(scalar)
        return scalar
      },
    }
    await shuffleCiphertexts(crewOfOne(watched), {
      publicKey,
      fingerprint,
      ciphertexts: encrypted(3).ciphertexts,
    })
    expect(drawn).toHaveLength(5 * 3 + 4)
    expect(drawn.every((scalar) => scalar.every((byte) => byte === 0))).toBe(true)
  })
})

describe('a shuffle is refused', () => {
  let statement: ShuffleStatement
  let proof: ShuffleProof
  beforeAll(async () => {
    ;({ statement, proof } = await shuffled(encrypted(4).ciphertexts))
  })

  const verdict = (changes: { statement?: Partial<ShuffleStatement>; proof?: ShuffleProof }) =>
    verifyShuffleProof(crewOfOne(group), { ...statement, ...changes.statement }, changes.proof ?? proof)

  test('if two of its ciphertexts change places', async () => {
    const [a, b, ...rest] = statement.after
    expect(await verdict({ statement: { after: [b!, a!, ...rest] } })).toBeDefined()
  })

  test('if one vote is put in the place of another', async () => {
    const [a, , ...rest] = statement.after
    expect(await verdict({ statement: { after: [a!, a!, ...rest] } })).toBeDefined()
  })

  test('for any other ciphertexts before it', async () => {
    expect(await verdict({ statement: { before: encrypted(4).ciphertexts } })).toBeDefined()
    expect(await verdict({ statement: { before: statement.after } })).toBeDefined()
  })

  test('if it was copied from another election or made with another key', async () => {
    expect(await verdict({ statement: { fingerprint: fingerprint.replace('W', 'V') } })).toBeDefined()
    expect(
      await verdict({ statement: { publicKey: group.multiplyBase(group.randomScalar()) } }),
    ).toBeDefined()
  })

  test('if a ciphertext was left out or added', async () => {
    expect(await verdict({ statement: { after: statement.after.slice(1) } })).toEqual({ code: 'wrong-size' })
    const more = [...statement.before, ...encrypted(1).ciphertexts]
    expect(await verdict({ statement: { before: more } })).toEqual({ code: 'wrong-size' })
    expect(await verdict({ proof: { ...proof, chain: proof.chain.slice(1) } })).toEqual({
      code: 'wrong-size',
    })
  })

  test.each(['t1', 't2', 't3', 't41', 't42'] as const)(
    'if %s of its proof is another point',
    async (name) => {
      const commitment = { ...proof.commitment, [name]: another(proof.commitment[name]) }
      expect(await verdict({ proof: { ...proof, commitment } })).toBeDefined()
    },
  )

  test.each([
    ['s1', 'permutation-sum'],
    ['s2', 'permutation-product'],
    ['s3', 'permutation-commitment'],
    ['s4', 're-encryption'],
  ] as const)('if %s of its proof is another number, for the %s', async (name, code) => {
    const response = { ...proof.response, [name]: group.addScalars(proof.response[name], group.one) }
    expect(await verdict({ proof: { ...proof, response } })).toMatchObject({ code })
  })

  test.each([0, 1, 2, 3])(
    'if one of the four points or two numbers for ciphertext %d is another',
    async (i) => {
      const { commitment, response, permutationCommitment, chain } = proof
      const oneMore = (scalar: Scalar) => group.addScalars(scalar, group.one)
      const wrongChain = { code: 'commitment-chain', position: i }
      const forgeries: [ShuffleProof, unknown][] = [
        [{ ...proof, permutationCommitment: changed(permutationCommitment, i, another) }, expect.anything()],
        [{ ...proof, chain: changed(chain, i, another) }, expect.anything()],
        [
          { ...proof, commitment: { ...commitment, chain: changed(commitment.chain, i, another) } },
          expect.anything(),
        ],
        [{ ...proof, response: { ...response, chain: changed(response.chain, i, oneMore) } }, wrongChain],
        [
          { ...proof, response: { ...response, permutation: changed(response.permutation, i, oneMore) } },
          wrongChain,
        ],
      ]
      for (const [forged, expected] of forgeries) expect(await verdict({ proof: forged })).toEqual(expected)
    },
  )

  test('if its maker changed a vote on the way, though all else is honest', async () => {
    const { ciphertexts } = encrypted(3)
    const request = { publicKey, fingerprint, ciphertexts }
    for (const [half, slip] of [
      ['alpha', 'multiplyBase'],
      ['beta', 'multiply'],
    ] as const) {
      const forged = await shuffleCiphertexts(crewOfOne(slippingOnce(slip)), request)
      const forgedStatement = { publicKey, fingerprint, before: ciphertexts, after: forged.ciphertexts }
      const refusal = await verifyShuffleProof(crewOfOne(group), forgedStatement, forged.proof)
      expect(refusal).toEqual({ code: 're-encryption', half })
    }
  })

  /** A group whose first multiplication, which re-encrypts the first ciphertext, adds a point of its own. */
  function slippingOnce(slip: 'multiplyBase' | 'multiply'): Group {
    let slipped = false
    const once = (point: Element) => {
      if (slipped) return point
      slipped = true
      return another(point)
    }
    return slip === 'multiply'
      ? { ...group, multiply: (p, s) => once(group.multiply(p, s)) }
      : { ...group, multiplyBase: (s) => once(group.multiplyBase(s)) }
  }

  function another(point: Element): Element {
    return group.add(point, group.base)
  }

  function changed<T>(list: readonly T[], index: number, change: (item: T) => T): T[] {
    return list.map((item, i) => (i === index ? change(item) : item))
  }
})
