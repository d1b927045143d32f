import { credentialSecret, generateToken, generateUuid } from '../../src/sealing/credential.ts'
import { parseElection, type SealedElection, serializeElection } from '../../src/sealing/election.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import type { Group, Scalar } from '../../src/sealing/group.ts'
import type { Question } from '../../src/sealing/question.ts'
import { electionPublicKey, type Trustees } from '../../src/sealing/trustee.ts'
import { generateTrusteeKey } from '../../src/sealing/trustee-key.ts'

export interface ElectionFixture {
  readonly election: SealedElection
  readonly trustees: Trustees
  /** In the order of the trustees. */
  readonly trusteeSecrets: readonly Scalar[]
}

/** An election with two trustees, both needed, and these questions. */
export function electionWith(group: Group, ...questions: Question[]): ElectionFixture {
  const keys = [generateTrusteeKey(group), generateTrusteeKey(group)]
  const trustees: Trustees = keys.map(({ publicKey }) => ['Single', publicKey] as const)
  const json = serializeElection({
    version: 1,
    description: 'Of the board of the rowing club',
    name: 'Board 2026',
    group: 'Ed25519',
    public_key: elementToHex(electionPublicKey(group, trustees)),
    questions,
    uuid: generateUuid(group),
  })
  const election = parseElection(group, json)
  if ('refused' in election) throw new Error(`refused: ${election.refused.code} at ${election.refused.place}`)
  return { election, trustees, trusteeSecrets: keys.map(({ secret }) => secret) }
}

/** The secret of a new voter's credential. */
export function newVoter(group: Group, { parameters: { uuid } }: SealedElection): Scalar {
  return credentialSecret(group, { uuid, token: generateToken(group) })
}

export function homomorphic(
  answers: number,
  limits: { min: number; max: number; blank?: boolean },
): Question {
  const { blank, ...bounds } = limits
  const value = { answers: candidates(answers), ...bounds, question: 'Whom do you choose?' }
  return { type: 'Homomorphic', value: blank === undefined ? value : { ...value, blank } }
}

export function nonHomomorphic(answers: number): Question {
  return { type: 'NonHomomorphic', value: { answers: candidates(answers), question: 'In which order?' } }
}

/** @param sizes how many candidates each list has. */
export function lists(...sizes: number[]): Question {
  const answers = sizes.map((size, index) => [`List ${index + 1}`, ...candidates(size)])
  return { type: 'Lists', value: { answers, question: 'Which list, and whom of it?' } }
}

function candidates(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Candidate ${index + 1}`)
}
