import { describe, expect, test } from 'vitest'
import { findWrongProof, type PlainAnswer, parseAnswer } from '../../src/sealing/answer.ts'
import {
  openBallotEnvelope,
  parseBallot,
  sealBallot,
  trackingCodeOf,
  verifyBallot,
} from '../../src/sealing/ballot.ts'
import { publicCredential } from '../../src/sealing/credential.ts'
import { parseElection, type SealedElection } from '../../src/sealing/election.ts'
import { elementToHex, sha256Base64 } from '../../src/sealing/encoding.ts'
import type { Scalar } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { proofFormat, proveKnowledge } from '../../src/sealing/proof.ts'
import type { Question } from '../../src/sealing/question.ts'
import { readBoardFiles } from '../support/board-files.ts'
import { vectorsFolder } from '../support/corpus.ts'
import { electionWith, homomorphic, lists, newVoter, nonHomomorphic } from '../support/election-fixture.ts'

const group = await loadGroup()

/** What a verifier says: the refusal, or undefined. */
function judge(election: SealedElection, json: string) {
  const ballot = parseBallot(group, election, json)
  return 'refused' in ballot ? ballot : verifyBallot(group, election, ballot)
}

const everyKind: [string, Question, PlainAnswer][] = [
  ['one choice', homomorphic(3, { min: 1, max: 1 }), [0, 1, 0]],
  ['a blank vote', homomorphic(2, { min: 1, max: 1, blank: true }), [1, 0, 0]],
  ['a vote where blank is allowed', homomorphic(2, { min: 1, max: 1, blank: true }), [0, 0, 1]],
  ['approval of all', homomorphic(5, { min: 0, max: 5 }), [1, 1, 1, 1, 1]],
  ['approval of none', homomorphic(5, { min: 0, max: 5 }), [0, 0, 0, 0, 0]],
  ['a ranking', nonHomomorphic(4), [4, 1, 3, 2]],
  ['a ranking of nobody', nonHomomorphic(4), [0, 0, 0, 0]],
  ['thirty bytes', nonHomomorphic(30), Array.from({ length: 30 }, (_, index) => 7 * index)],
  [
    'a list',
    lists(2, 1),
    [
      [1, 0, 1],
      [0, 0],
    ],
  ],
]

test.each(everyKind)('%s is sealed and verified', (_, question, choices) => {
  const { election } = electionWith(group, question)
  const { json } = sealBallot(group, { election, secret: newVoter(group, election), choices: [choices] })
  expect(judge(election, json)).toBeUndefined()
})

test('one ballot answers every kind of question', () => {
  const { election } = electionWith(group, ...everyKind.map(([, question]) => question))
  const choices = everyKind.map(([, , plain]) => plain)
  const { json } = sealBallot(group, { election, secret: newVoter(group, election), choices })
  expect(judge(election, json)).toBeUndefined()
})

test('the voter keeps the hash of the ballot, and the board knows the voter by the public half', () => {
  const { election } = electionWith(group, nonHomomorphic(2))
  const secret = newVoter(group, election)
  const { json, trackingCode } = sealBallot(group, { election, secret, choices: [[1, 2]] })
  expect(trackingCode).toBe(trackingCodeOf(group, json))
  expect(trackingCode).toMatch(/^[A-Za-z0-9+/]{43}$/)
  const envelope = openBallotEnvelope(group, election, json)
  const credential = elementToHex(publicCredential(group, secret))
  expect(envelope).toMatchObject({ json, trackingCode, credential })
  expect(parseBallot(group, election, json)).toMatchObject({ json, trackingCode })
})

test('sealing the same choices twice gives two ballots that nobody can match', () => {
  const { election } = electionWith(group, homomorphic(2, { min: 0, max: 1 }))
  const secret = newVoter(group, election)
  const [first, second] = [1, 2].map(() => sealBallot(group, { election, secret, choices: [[1, 0]] }).json)
  const texts = [first, second].map((json) => new Set(json!.match(/[0-9a-f]{64}/g)))
  expect(texts[0]!.intersection(texts[1]!)).toEqual(new Set([elementToHex(publicCredential(group, secret))]))
})

test('a ballot has an answer for every question', () => {
  const { election } = electionWith(group, nonHomomorphic(2), lists(1))
  const secret = newVoter(group, election)
  expect(() => sealBallot(group, { election, secret, choices: [[1, 2]] })).toThrow(RangeError)
  expect(() => sealBallot(group, { election, secret, choices: [[[1, 2]], [[1, 1]]] })).toThrow(RangeError)
  expect(() =>
    sealBallot(group, {
      election,
      secret,
      choices: [
        [1, 2],
        [1, 1],
      ],
    }),
  ).toThrow(RangeError)
})

interface BallotJson {
  election_uuid: string
  election_hash: string
  credential: string
  answers: Record<string, unknown>[]
  signature: { hash: string; proof: unknown }
}

const sample = electionWith(
  group,
  homomorphic(2, { min: 1, max: 1, blank: true }),
  nonHomomorphic(3),
  lists(1, 2),
)
const { election } = sample
const secret = newVoter(group, election)
const { json: good } = sealBallot(group, {
  election,
  secret,
  choices: [
    [0, 1, 0],
    [1, 2, 3],
    [
      [1, 1],
      [0, 0, 0],
    ],
  ],
})

function altered(change: (ballot: BallotJson) => void): string {
  const ballot: BallotJson = JSON.parse(good)
  change(ballot)
  return JSON.stringify(ballot)
}

/** As a dishonest voter would: changed, and signed again. */
function signedAgain(change: (ballot: BallotJson) => void, signer: Scalar = secret): string {
  const { signature: _, ...unsigned }: BallotJson = JSON.parse(altered(change))
  const hash = sha256Base64(group, JSON.stringify(unsigned))
  const proof = proveKnowledge(group, { secret: signer, bases: [group.base], prefix: `sig|${hash}|` })
  return JSON.stringify({ ...unsigned, signature: { hash, proof: JSON.parse(proofFormat.write(proof)) } })
}

/** Changes the text at a path such as `answers.0.choices.1.alpha`. */
function at(path: string, change: (text: string) => unknown) {
  return (ballot: BallotJson) => {
    const names = path.split('.')
    const last = names.pop()!
    const holder = names.reduce<Record<string, unknown>>(
      (object, name) => object[name] as Record<string, unknown>,
      ballot as unknown as Record<string, unknown>,
    )
    holder[last] = change(holder[last] as string)
  }
}

const plusOne = (decimal: string) => String(BigInt(decimal) + 1n)
const anotherPoint = () => elementToHex(group.multiplyBase(group.randomScalar()))
const ofSmallOrder = () => '0'.repeat(64)

test('a ballot that its voter signed again, unchanged, is still good', () => {
  expect(
    judge(
      election,
      signedAgain(() => {}),
    ),
  ).toBeUndefined()
})

describe('a changed ballot is refused', () => {
  test.each([
    ['no JSON', good.slice(1), 'not-json', ''],
    ['a space', good.replace(':', ': '), 'not-canonical', ''],
    ['a line end', `${good}\n`, 'not-canonical', ''],
    [
      'a repeated field',
      good.replace('{"election_uuid"', '{"election_uuid":"1","election_uuid"'),
      'not-canonical',
      '',
    ],
    ['an unknown field', altered((ballot) => Object.assign(ballot, { weight: 2 })), 'wrong-shape', 'weight'],
    [
      'no signature',
      altered((ballot) => Reflect.deleteProperty(ballot, 'signature')),
      'wrong-shape',
      'signature',
    ],
    ['an answer less', signedAgain((ballot) => ballot.answers.pop()), 'wrong-shape', 'answers'],
    [
      'no answer, but a list',
      signedAgain((ballot) => ballot.answers.splice(0, 1, [] as never)),
      'wrong-shape',
      'answers[0]',
    ],
    [
      'answers in another order',
      signedAgain((ballot) => ballot.answers.reverse()),
      'wrong-shape',
      'answers[0].list_proofs',
    ],
    [
      'an unknown field in an answer',
      signedAgain((ballot) => Object.assign(ballot.answers[1]!, { note: 'from Ada' })),
      'wrong-shape',
      'answers[1].note',
    ],
    [
      'another uuid',
      signedAgain(at('election_uuid', () => '11111111111111')),
      'other-election',
      'election_uuid',
    ],
    [
      'another text of the election',
      signedAgain(at('election_hash', () => 'A'.repeat(43))),
      'other-election',
      'election_hash',
    ],
    ['another credential', altered(at('credential', anotherPoint)), 'wrong-hash', 'signature.hash'],
    [
      'an upper-case credential',
      altered(at('credential', (hex) => hex.toUpperCase())),
      'wrong-shape',
      'credential',
    ],
    [
      'another ciphertext',
      altered(at('answers.1.choices.alpha', anotherPoint)),
      'wrong-hash',
      'signature.hash',
    ],
    ['another hash', altered(at('signature.hash', () => 'A'.repeat(43))), 'wrong-hash', 'signature.hash'],
    [
      'another signature',
      altered(at('signature.proof.response', plusOne)),
      'wrong-signature',
      'signature.proof',
    ],
    [
      'another challenge',
      altered(at('signature.proof.challenge', plusOne)),
      'wrong-signature',
      'signature.proof',
    ],
    [
      'a signature with a leading zero',
      altered(at('signature.proof.response', (text) => `0${text}`)),
      'not-a-scalar',
      'signature.proof.response',
    ],
    [
      'the signature of somebody else',
      signedAgain(() => {}, newVoter(group, election)),
      'wrong-signature',
      'signature.proof',
    ],
    [
      'the credential of somebody else, who signs',
      signedAgain(
        at('credential', () => elementToHex(group.multiplyBase(group.one))),
        group.one,
      ),
      'wrong-proof',
      'answers[0].blank_proof',
    ],
  ])('for %s', (_, json, refused, place) => {
    expect(json).not.toBe(good)
    expect(judge(election, json)).toEqual({ refused, place })
  })

  test.each([
    ['answers.0.choices.0.alpha', ofSmallOrder, 'not-an-element', 'answers[0].choices[0].alpha'],
    [
      'answers.1.choices.beta',
      (hex: string) => hex.toUpperCase(),
      'not-an-element',
      'answers[1].choices.beta',
    ],
    [
      'answers.2.nonzero_proof.commitment',
      ofSmallOrder,
      'not-an-element',
      'answers[2].nonzero_proof.commitment',
    ],
    ['credential', ofSmallOrder, 'not-an-element', 'credential'],
    ['answers.1.proof.challenge', (text: string) => `0${text}`, 'not-a-scalar', 'answers[1].proof.challenge'],
    ['answers.1.proof.response', () => 7, 'not-a-scalar', 'answers[1].proof.response'],
    ['answers.0.choices.1.beta', anotherPoint, 'wrong-proof', 'answers[0].blank_proof'],
    ['answers.0.blank_proof.0.response', plusOne, 'wrong-proof', 'answers[0].blank_proof'],
    ['answers.0.overall_proof.1.challenge', plusOne, 'wrong-proof', 'answers[0].overall_proof'],
    ['answers.0.individual_proofs.2.0.response', plusOne, 'wrong-proof', 'answers[0].individual_proofs[2]'],
    ['answers.1.choices.beta', anotherPoint, 'wrong-proof', 'answers[1].proof'],
    ['answers.1.proof.response', plusOne, 'wrong-proof', 'answers[1].proof'],
    ['answers.2.overall_proof.response', plusOne, 'wrong-proof', 'answers[2].overall_proof'],
    ['answers.2.list_proofs.1.0.response', plusOne, 'wrong-proof', 'answers[2].list_proofs[1]'],
    ['answers.2.nonzero_proof.challenge', plusOne, 'wrong-proof', 'answers[2].nonzero_proof'],
    [
      'answers.2.individual_proofs.1.2.1.response',
      plusOne,
      'wrong-proof',
      'answers[2].individual_proofs[1][2]',
    ],
  ])('for a change of %s that the voter signs', (path, change, refused, place) => {
    expect(judge(election, signedAgain(at(path, change)))).toEqual({ refused, place })
  })

  test('for every single character, wherever it is', () => {
    for (let position = 0; position < good.length; position += 37) {
      const other = good[position] === '1' ? '2' : '1'
      const json = good.slice(0, position) + other + good.slice(position + 1)
      expect(judge(election, json), `at ${position}`).toBeDefined()
    }
  })
})

test('an answer copied from another voter is refused, though the copier signs it', () => {
  const copier = newVoter(group, election)
  const copy = signedAgain(
    at('credential', () => elementToHex(publicCredential(group, copier))),
    copier,
  )
  expect(judge(election, copy)).toMatchObject({ refused: 'wrong-proof' })
})

test('a ballot of one election is refused in another with the same key and questions', () => {
  const twin = parseElection(group, election.json.replace('Board 2026', 'Board 2027'))
  if ('refused' in twin) throw new Error(twin.refused.code)
  expect(judge(twin, good)).toEqual({ refused: 'other-election', place: 'election_hash' })
})

describe.skipIf(vectorsFolder() === undefined)('Belenios', () => {
  const read = (name: string) => {
    const board = readBoardFiles(name)
    const sealed = parseElection(group, board.election)
    if ('refused' in sealed) throw new Error(sealed.refused.code)
    return { election: sealed, ballots: board.ballots }
  }

  test.each([
    ['h20', 20],
    ['nh20', 20],
    ['mix20', 20],
    ['weights', 5],
    ['bytes30', 5],
    ['control', 5],
    ['demo', 8],
    ['demo-l', 8],
    ['demo-mj', 102],
    ['demo-nh', 60],
    ['demo-stv', 50],
    ['demo-threshold', 8],
  ])('every ballot of %s is good', (name, count) => {
    const { election, ballots } = read(name)
    expect(ballots).toHaveLength(count)
    for (const json of ballots) expect(judge(election, json)).toBeUndefined()
  })

  test('a ballot of 163 choices is good', () => {
    const { election, ballots } = read('demo-complex')
    expect(judge(election, ballots[0]!)).toBeUndefined()
  })

  test('the ballot with a forged signature is refused for it, and the others are good', () => {
    const { election, ballots } = read('forged-signature')
    const refusals = ballots.map((json) => judge(election, json)).filter((refusal) => refusal !== undefined)
    expect(refusals).toEqual([{ refused: 'wrong-signature', place: 'signature.proof' }])
  })

  test('the ballot with a thousand votes is refused: neither its signature nor its proofs cover them', () => {
    const { election, ballots } = read('forged-proof-1000-votes')
    const forged = ballots.filter((json) => judge(election, json) !== undefined)
    expect(forged).toHaveLength(1)
    expect(judge(election, forged[0]!)).toEqual({ refused: 'wrong-hash', place: 'signature.hash' })

    const { credential, answers }: BallotJson = JSON.parse(forged[0]!)
    const answer = parseAnswer(group, election.parameters.questions[0]!, JSON.stringify(answers[0]))
    if (!answer.ok) throw new Error(answer.malformation.code)
    const context = { publicKey: election.publicKey, binding: `${election.fingerprint}|${credential}` }
    expect(findWrongProof(group, answer.value, context)).toBe('overall_proof')
  })
})
