import { describe, expect, test } from 'vitest'
import { combineDecryptions, type OwnedDecryption } from '../../src/sealing/combination.ts'
import { crewOfOne } from '../../src/sealing/crew.ts'
import { partialDecryption } from '../../src/sealing/decryption.ts'
import { scalarFromInteger } from '../../src/sealing/encoding.ts'
import { tallyBallots } from '../../src/sealing/encrypted-tally.ts'
import type { Element, Scalar } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import type { ThresholdParameters } from '../../src/sealing/threshold.ts'
import type { Trustees } from '../../src/sealing/trustee.ts'
import { proveTrusteeKey } from '../../src/sealing/trustee-key.ts'
import { electionWith, homomorphic } from '../support/election-fixture.ts'

const group = await loadGroup()
const { election } = electionWith(group, homomorphic(1, { min: 0, max: 1 }))

/** The values at 1 … size of a polynomial, whose value at 0 is the shared secret. */
function share(coefficients: Scalar[], size: number): Scalar[] {
  return Array.from({ length: size }, (_, index) => {
    const at = scalarFromInteger(BigInt(index + 1))
    return coefficients.reduceRight((value, coefficient) =>
      group.addScalars(group.multiplyScalars(value, at), coefficient),
    )
  })
}

/** What combining needs of a threshold group; how it came about is tested with the trustees. */
function thresholdGroup(threshold: number, secrets: Scalar[]): ThresholdParameters {
  const verification_keys = secrets.map((secret) => proveTrusteeKey(group, secret))
  return { threshold, certs: [], coefexps: [], signatures: [], verification_keys }
}

const single = group.randomScalar()
const coefficients = [group.randomScalar(), group.randomScalar(), group.randomScalar()]
const shares = share(coefficients, 5)
const last = group.randomScalar()
const trustees: Trustees = [
  ['Single', proveTrusteeKey(group, single)],
  ['Pedersen', thresholdGroup(3, shares)],
  ['Single', proveTrusteeKey(group, last)],
]
const secrets = [single, ...shares, last]
const wholeSecret = [single, coefficients[0]!, last].reduce((sum, secret) => group.addScalars(sum, secret))

const plaintext = group.multiplyBase(group.randomScalar())
const randomness = group.randomScalar()
const alpha = group.multiplyBase(randomness)
const tally = [[{ alpha, beta: group.add(group.multiply(alpha, wholeSecret), plaintext) }]]

function decryptionsOf(...owners: number[]): Promise<OwnedDecryption[]> {
  return Promise.all(
    owners.map(async (owner) => ({
      owner,
      decryption: await partialDecryption(crewOfOne(group), { election, secret: secrets[owner - 1]!, tally }),
    })),
  )
}

test.each([
  ['the first three of the group', [1, 2, 3, 4, 7]],
  ['the last three', [1, 4, 5, 6, 7]],
  ['three apart', [1, 2, 4, 6, 7]],
  ['all five', [1, 2, 3, 4, 5, 6, 7]],
  ['any order', [7, 6, 1, 2, 4]],
])('the two who must be there and %s open the tally', async (_, owners) => {
  const opened = combineDecryptions(group, { trustees, tally, decryptions: await decryptionsOf(...owners) })
  expect(opened).toEqual({ plaintexts: [[plaintext]] })
})

describe('who is missing is said', () => {
  test.each([
    [
      'nobody came',
      [],
      [
        { owners: [1], needed: 1 },
        { owners: [2, 3, 4, 5, 6], needed: 3 },
        { owners: [7], needed: 1 },
      ],
    ],
    ['two of the group came', [1, 3, 5, 7], [{ owners: [2, 4, 6], needed: 1 }]],
    ['one who must be there did not come', [1, 2, 3, 4, 5, 6], [{ owners: [7], needed: 1 }]],
  ])('where %s', async (_, owners, missing) => {
    const combined = combineDecryptions(group, {
      trustees,
      tally,
      decryptions: await decryptionsOf(...owners),
    })
    expect(combined).toEqual({ missing })
  })
})

test('a wrong decryption opens to something else: it must be verified first', async () => {
  const decryptions = await decryptionsOf(1, 2, 3, 4, 7)
  const [wrong] = decryptions
  const factors: Element[][] = [[group.base]]
  const spoilt = { ...wrong!, decryption: { ...wrong!.decryption, decryption_factors: factors } }
  const opened = combineDecryptions(group, {
    trustees,
    tally,
    decryptions: [spoilt, ...decryptions.slice(1)],
  })
  expect(opened).not.toEqual({ plaintexts: [[plaintext]] })
})

test('decryptions beyond the threshold are not used', async () => {
  const decryptions = await decryptionsOf(1, 2, 3, 4, 7)
  const superfluous = { owner: 5, decryption: decryptions[0]!.decryption }
  const opened = combineDecryptions(group, { trustees, tally, decryptions: [superfluous, ...decryptions] })
  expect(opened).toEqual({ plaintexts: [[plaintext]] })
})

test('a tally without ballots opens to nothing', async () => {
  const { election, trustees, trusteeSecrets } = electionWith(group, homomorphic(2, { min: 0, max: 1 }))
  const { tally } = tallyBallots(group, election, [])
  const decryptions = await Promise.all(
    trusteeSecrets.map(async (secret, index) => ({
      owner: index + 1,
      decryption: await partialDecryption(crewOfOne(group), { election, secret, tally }),
    })),
  )
  expect(combineDecryptions(group, { trustees, tally, decryptions })).toEqual({
    plaintexts: [[group.identity, group.identity]],
  })
})
