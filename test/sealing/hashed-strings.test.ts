import { describe, expect, test } from 'vitest'
import { createAnswer, type PlainAnswer } from '../../src/sealing/answer.ts'
import { sealBallot } from '../../src/sealing/ballot.ts'
import { ceremonyKeys } from '../../src/sealing/ceremony-keys.ts'
import { makeCertificate } from '../../src/sealing/certificate.ts'
import { neutralCiphertext } from '../../src/sealing/ciphertext.ts'
import { credentialSecret } from '../../src/sealing/credential.ts'
import { crewOfOne } from '../../src/sealing/crew.ts'
import { partialDecryption } from '../../src/sealing/decryption.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import type { Group, Sha256 } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { makePolynomial } from '../../src/sealing/polynomial.ts'
import type { Question } from '../../src/sealing/question.ts'
import { rehearseDecryption } from '../../src/sealing/rehearsal.ts'
import { sealFor } from '../../src/sealing/sealed-message.ts'
import { generateTrusteeKey } from '../../src/sealing/trustee-key.ts'
import { electionWith, homomorphic, lists, newVoter, nonHomomorphic } from '../support/election-fixture.ts'

const group = await loadGroup()

/** A group that keeps every text that is hashed. */
function listeningGroup(): { group: Group; hashed: string[] } {
  const hashed: string[] = []
  const sha256 = (): Sha256 => {
    const hash = group.sha256()
    let text = ''
    const listening: Sha256 = {
      update(chunk) {
        text += chunk
        hash.update(chunk)
        return listening
      },
      digest() {
        hashed.push(text)
        return hash.digest()
      },
    }
    return listening
  }
  return { group: { ...group, sha256 }, hashed }
}

/** The text with every point, hash and large number of it replaced by a letter. */
function shapeOf(text: string): string {
  return text
    .replaceAll(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g, 'P')
    .replaceAll(/[A-Za-z0-9+/]{43}(?=\|)/g, 'H')
    .replaceAll(/[0-9]{60,}/g, 'N')
}

/** n points, joined by commas. */
const points = (count: number) => Array(count).fill('P').join()

describe('what is hashed is what the specification says', () => {
  const list: PlainAnswer = [
    [1, 0, 1],
    [0, 0],
  ]
  const bit = `prove|φ|c|P,P|${points(4)}`

  test.each<[string, Question, PlainAnswer, string[]]>([
    [
      'of two choices',
      homomorphic(2, { min: 0, max: 2 }),
      [1, 0],
      [bit, bit, `prove|φ|c|${points(4)}|P,P|${points(6)}`],
    ],
    [
      'of a choice or none',
      homomorphic(1, { min: 1, max: 1, blank: true }),
      [0, 1],
      [bit, bit, `bproof0|φ|c|${points(4)}|${points(4)}`, `bproof1|φ|c|${points(4)}|${points(4)}`],
    ],
    ['of a ranking', nonHomomorphic(2), [1, 2], ['raweg|φ|c|P,P,P|P']],
    [
      'of a list',
      lists(2, 1),
      list,
      [
        `prove|φ|c|${points(10)}|P,P|P,P`,
        ...Array<string>(5).fill(bit),
        ...Array<string>(2).fill(`lproof|φ|c|${points(10)}|${points(4)}`),
        `nonzero|φ|c|${points(10)}|P,P,P`,
      ],
    ],
  ])('in the proofs %s', (_, question, choices, expected) => {
    const { publicKey } = electionWith(group, question).election
    const { group: listening, hashed } = listeningGroup()
    createAnswer(listening, { question, choices, publicKey, binding: 'φ|c' })
    expect(hashed.map(shapeOf)).toEqual(expected)
  })

  test('in the signature of a ballot', () => {
    const { election } = electionWith(group, nonHomomorphic(1))
    const { group: listening, hashed } = listeningGroup()
    sealBallot(listening, { election, secret: newVoter(group, election), choices: [[1]] })
    const [plaintext, unsigned, signature, whole] = hashed
    expect(plaintext).toContain(`raweg|${election.fingerprint}|`)
    expect(unsigned).toMatch(/^\{"election_uuid":.*\]\}$/)
    expect(shapeOf(signature!)).toBe('sig|H|P')
    expect(whole).toContain('"signature":{"hash":')
  })

  test('in a decryption, and in the proof of a trustee’s key', async () => {
    const { election } = electionWith(group, homomorphic(1, { min: 0, max: 1 }))
    const { group: listening, hashed } = listeningGroup()
    const { secret, publicKey } = generateTrusteeKey(listening)
    await partialDecryption(crewOfOne(listening), { election, secret, tally: [[neutralCiphertext(group)]] })
    const key = elementToHex(publicKey.public_key)
    expect(hashed.map((text) => text.replaceAll(key, 'X')).map(shapeOf)).toEqual([
      'pok|Ed25519|X|P',
      'decrypt|H|X|P,P',
    ])
  })

  test('in a rehearsal', () => {
    const { group: listening, hashed } = listeningGroup()
    rehearseDecryption(listening, { uuid: 'uuid', secret: group.randomScalar() })
    expect(hashed.map(shapeOf)).toEqual(['rehearsal-alpha|uuid|P', 'rehearsal|uuid|P|P,P'])
  })

  test('for the secret of a token', () => {
    const { group: listening, hashed } = listeningGroup()
    const token = '11111-222222-33333-444444'
    credentialSecret(listening, { uuid: 'uuid', token })
    expect(hashed).toEqual([`derive_credential|uuid|0|${token}`, `derive_credential|uuid|1|${token}`])
  })

  test('for the keys and the messages of a key ceremony', async () => {
    const { group: listening, hashed } = listeningGroup()
    const keys = ceremonyKeys(listening, 'seed')
    await sealFor(listening, keys.encryption, 'text')
    expect(hashed.map(shapeOf)).toEqual(['sk|seed', 'dk|seed', 'key|P', 'iv|P'])

    hashed.length = 0
    const certs = [makeCertificate(listening, { keys, place: { size: 1, threshold: 1, index: 1 } })]
    expect(shapeOf(hashed[0]!)).toBe(
      'sigmsg|{"context":{"group":"Ed25519","size":1,"threshold":1,"index":1},"verification":"P","encryption":"P"}|P',
    )
    hashed.length = 0
    await makePolynomial(listening, { keys, certs })
    const signed = hashed.map(shapeOf).filter((text) => text.startsWith('sigmsg|'))
    expect(signed).toEqual([
      'sigmsg|{"recipient":"P","message":"{\\"secret\\":\\"N\\"}"}|P',
      'sigmsg|{"recipient":"P","message":"{\\"polynomial\\":[\\"N\\"]}"}|P',
      'sigmsg|{"coefexps":["P"]}|P',
      expect.stringMatching(/^sigmsg\|certs_sig\|\{"certs":\[\{"message":.*\}\],"coefexps":\["P"\]\}\|P$/),
    ])
  })
})
