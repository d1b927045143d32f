import { describe, expect, test } from 'vitest'
import { crewOfOne } from '../../src/sealing/crew.ts'
import {
  type PartialDecryption,
  parsePartialDecryption,
  partialDecryption,
  serializePartialDecryption,
  verifyPartialDecryption,
} from '../../src/sealing/decryption.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { tallyBallots } from '../../src/sealing/encrypted-tally.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { trusteeKeys } from '../../src/sealing/trustee.ts'
import { electionWith, homomorphic, lists, nonHomomorphic } from '../support/election-fixture.ts'
import { accepted, cast } from '../support/tally-fixture.ts'

const group = await loadGroup()
const { election, trustees, trusteeSecrets } = electionWith(
  group,
  homomorphic(2, { min: 0, max: 1 }),
  nonHomomorphic(2),
  lists(1),
)
const ballot = cast(group, election, [1, 0], [2, 1], [[1, 1]])
const { tally } = tallyBallots(group, election, [{ ballot, weight: 1n }])
const [publicKey, otherKey] = trusteeKeys(trustees)
const decryption = await partialDecryption(crewOfOne(group), { election, secret: trusteeSecrets[0]!, tally })

function verify(changed: PartialDecryption, by = publicKey!) {
  return verifyPartialDecryption(crewOfOne(group), { election, publicKey: by, tally, decryption: changed })
}

test('a partial decryption is verified, and read as it was written', async () => {
  expect(await verify(decryption)).toBeUndefined()
  const json = serializePartialDecryption(group, decryption)
  expect(parsePartialDecryption(group, json)).toEqual(decryption)
})

test('it is refused as the decryption of another trustee, another election or another tally', async () => {
  expect(await verify(decryption, otherKey!)).toEqual({
    refused: 'wrong-proof',
    place: 'decryption_proofs[0][0]',
  })
  const claim = { election, publicKey: publicKey!, tally, decryption }
  const other = electionWith(group, homomorphic(2, { min: 0, max: 1 })).election
  expect(await verifyPartialDecryption(crewOfOne(group), { ...claim, election: other })).toMatchObject({
    refused: 'wrong-proof',
  })
  const empty = tallyBallots(group, election, []).tally
  expect(await verifyPartialDecryption(crewOfOne(group), { ...claim, tally: empty })).toMatchObject({
    refused: 'wrong-shape',
  })
})

describe('a changed partial decryption is refused', () => {
  test('for another factor, named by its place', async () => {
    const json = serializePartialDecryption(group, decryption)
    const last = json.lastIndexOf(']]]', json.indexOf('decryption_proofs'))
    const spoilt = `${json.slice(0, last - 65)}${elementToHex(group.base)}${json.slice(last - 1)}`
    expect(await verify(accepted(parsePartialDecryption(group, spoilt)))).toEqual({
      refused: 'wrong-proof',
      place: 'decryption_proofs[2][0][1]',
    })
  })

  test('for a proof too few or too many', async () => {
    const { decryption_factors, decryption_proofs } = decryption
    expect(await verify({ decryption_factors, decryption_proofs: decryption_proofs.slice(1) })).toEqual({
      refused: 'wrong-shape',
      place: 'decryption_proofs',
    })
    expect(await verify({ decryption_factors: [...decryption_factors, []], decryption_proofs })).toEqual({
      refused: 'wrong-shape',
      place: 'decryption_factors',
    })
  })

  test('for a point that is none, before anything is computed with it', () => {
    const json = serializePartialDecryption(group, decryption)
    const spoilt = json.replace(/[0-9a-f]{64}/, '0'.repeat(64))
    expect(parsePartialDecryption(group, spoilt)).toEqual({
      refused: { code: 'not-an-element', place: 'decryption_factors[0][0]' },
    })
  })
})

test('a tally without ballots is decrypted all the same', async () => {
  const { tally } = tallyBallots(group, election, [])
  const decryption = await partialDecryption(crewOfOne(group), {
    election,
    secret: trusteeSecrets[0]!,
    tally,
  })
  const claim = { election, publicKey: publicKey!, tally, decryption }
  expect(await verifyPartialDecryption(crewOfOne(group), claim)).toBeUndefined()
})
