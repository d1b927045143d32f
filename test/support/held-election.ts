import type { PlainAnswer } from '../../src/sealing/answer.ts'
import { archiveBytes } from '../../src/sealing/archive.ts'
import { parseBallot, sealBallot } from '../../src/sealing/ballot.ts'
import {
  type BoardHead,
  type BoardStep,
  ballotRecords,
  encryptedTallyRecords,
  endBallots,
  endShuffles,
  partialDecryptionRecords,
  resultRecords,
  setupRecords,
  shuffleRecords,
} from '../../src/sealing/board.ts'
import { combineDecryptions } from '../../src/sealing/combination.ts'
import {
  credentialSecret,
  generateToken,
  generateUuid,
  publicCredential,
  serializePublicCredentials,
} from '../../src/sealing/credential.ts'
import { crewOfOne } from '../../src/sealing/crew.ts'
import { partialDecryption, serializePartialDecryption } from '../../src/sealing/decryption.ts'
import { parseElection, type SealedElection, serializeElection } from '../../src/sealing/election.ts'
import { shuffleElection, shuffleFormat } from '../../src/sealing/election-shuffle.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import {
  ciphertextsToShuffle,
  type EncryptedTally,
  serializeEncryptedTally,
  tallyBallots,
  withShuffled,
} from '../../src/sealing/encrypted-tally.ts'
import type { Group, Scalar } from '../../src/sealing/group.ts'
import type { Question } from '../../src/sealing/question.ts'
import { readResult, serializeResult } from '../../src/sealing/result.ts'
import { electionPublicKey, serializeTrustees, type Trustees } from '../../src/sealing/trustee.ts'
import { generateTrusteeKey } from '../../src/sealing/trustee-key.ts'
import { lastBallots } from './last-ballots.ts'
import { holdCeremony } from './threshold-fixture.ts'

export const approval: Question = {
  type: 'Homomorphic',
  value: { answers: ['Ada', 'Grace', 'Alan'], min: 0, max: 2, question: 'Whom do you approve?' },
}

export const ranking: Question = {
  type: 'NonHomomorphic',
  value: { answers: ['Ada', 'Grace', 'Alan'], question: 'In which order?' },
}

/** All that goes on the board of an election, as text: to be put there, or tampered with first. */
export interface BoardTexts {
  readonly election: string
  readonly trustees: string
  readonly credentials: string
  readonly ballots: readonly string[]
  readonly tallied: { readonly tally: string; readonly num_tallied: number; readonly total_weight: bigint }
  readonly shuffles: readonly { readonly owner: number; readonly shuffle: string }[]
  readonly decryptions: readonly { readonly owner: number; readonly partialDecryption: string }[]
  readonly result: string
}

/** An election with its secrets. */
export interface HeldElection {
  readonly sealed: SealedElection
  readonly trustees: Trustees
  readonly trusteeSecrets: readonly Scalar[]
  readonly voterSecrets: readonly Scalar[]
  /** Who (from 0) cast each ballot. */
  readonly voters: readonly number[]
  /** The tally before the shuffles. */
  readonly tally: EncryptedTally
  readonly texts: BoardTexts
}

export interface ElectionPlan {
  readonly questions: readonly Question[]
  readonly trustees: number
  /** Besides them, a group of trustees of whom some suffice. All of them decrypt. */
  readonly thresholdGroup?: { readonly size: number; readonly threshold: number }
  /** One for each voter. */
  readonly weights: readonly bigint[]
  /** The voter (from 0) and, question by question, the numbers of each ballot, in the order of casting. */
  readonly ballots: readonly (readonly [voter: number, choices: readonly PlainAnswer[]])[]
}

/** Holds an election from the setup to the result; each trustee shuffles if there is anything to shuffle. */
export async function holdElection(group: Group, plan: ElectionPlan): Promise<HeldElection> {
  const keys = Array.from({ length: plan.trustees }, () => generateTrusteeKey(group))
  const ceremony = plan.thresholdGroup && holdCeremony(group, plan.thresholdGroup)
  const trustees: Trustees = [
    ...keys.map(({ publicKey }) => ['Single', publicKey] as const),
    ...(ceremony ? [['Pedersen', ceremony.parameters] as const] : []),
  ]
  const secrets = [...keys.map(({ secret }) => secret), ...(ceremony?.secrets ?? [])]
  const json = serializeElection({
    version: 1,
    description: 'Held for a test.',
    name: 'Élection d’essai',
    group: 'Ed25519',
    public_key: elementToHex(electionPublicKey(group, trustees)),
    questions: plan.questions,
    uuid: generateUuid(group),
  })
  const sealed = valid(parseElection(group, json))
  const { uuid } = sealed.parameters
  const voterSecrets = plan.weights.map(() => credentialSecret(group, { uuid, token: generateToken(group) }))
  const credentials = voterSecrets.map((secret, i) => ({
    credential: publicCredential(group, secret),
    weight: plan.weights[i]!,
  }))
  const weights = new Map(credentials.map(({ credential, weight }) => [elementToHex(credential), weight]))
  const ballots = plan.ballots.map(
    ([voter, choices]) => sealBallot(group, { election: sealed, secret: voterSecrets[voter]!, choices }).json,
  )
  const last = lastBallots(ballots.map((ballot) => valid(parseBallot(group, sealed, ballot))))
  const { tally, num_tallied, total_weight } = tallyBallots(
    group,
    sealed,
    last.map((ballot) => ({ ballot, weight: weights.get(elementToHex(ballot.credential))! })),
  )
  const opened = await openTally(group, { sealed, trustees, tally, secrets, totalWeight: total_weight })
  return {
    sealed,
    trustees,
    trusteeSecrets: secrets,
    voterSecrets,
    voters: plan.ballots.map(([voter]) => voter),
    tally,
    texts: {
      election: json,
      trustees: serializeTrustees(group, trustees),
      credentials: serializePublicCredentials(credentials),
      ballots,
      tallied: { tally: serializeEncryptedTally(group, sealed, tally), num_tallied, total_weight },
      ...opened,
    },
  }
}

/** The trustees' work: shuffles, partial decryptions and the result. */
export async function openTally(
  group: Group,
  election: {
    sealed: SealedElection
    trustees: Trustees
    tally: EncryptedTally
    secrets: readonly Scalar[]
    totalWeight: bigint
  },
): Promise<Pick<BoardTexts, 'shuffles' | 'decryptions' | 'result'>> {
  const { sealed, trustees, secrets, totalWeight } = election
  const { publicKey, fingerprint } = sealed
  let { tally } = election
  const shuffles: { owner: number; shuffle: string }[] = []
  for (const owner of ciphertextsToShuffle(sealed, tally).length > 0 ? secrets.map((_, i) => i + 1) : []) {
    const questions = ciphertextsToShuffle(sealed, tally)
    const shuffle = await shuffleElection(crewOfOne(group), { publicKey, fingerprint, questions })
    tally = withShuffled(sealed, tally, shuffle.ciphertexts)
    shuffles.push({ owner, shuffle: shuffleFormat(group).write(shuffle) })
  }
  const decryptions = await Promise.all(
    secrets.map(async (secret, i) => ({
      owner: i + 1,
      decryption: await partialDecryption(crewOfOne(group), { election: sealed, secret, tally }),
    })),
  )
  const combined = combineDecryptions(group, { trustees, tally, decryptions })
  if ('missing' in combined) throw new Error('a decryption is missing')
  const read = readResult(group, {
    election: sealed,
    plaintexts: combined.plaintexts,
    totalWeight,
  })
  if ('unreadable' in read) throw new Error('the result is unreadable')
  return {
    shuffles,
    decryptions: decryptions.map(({ owner, decryption }) => ({
      owner,
      partialDecryption: serializePartialDecryption(group, decryption),
    })),
    result: serializeResult(sealed, read.result),
  }
}

/** The board with these texts on it, in their order, honestly chained whatever they say. */
export function boardSteps(group: Group, texts: BoardTexts): BoardStep[] {
  const steps = [setupRecords(group, texts)]
  const add = (build: (head: BoardHead) => BoardStep) => steps.push(build(steps.at(-1)!.head))
  for (const ballot of texts.ballots) add((head) => ballotRecords(group, head, ballot))
  add((head) => endBallots(group, head))
  add((head) => encryptedTallyRecords(group, head, texts.tallied))
  for (const shuffle of texts.shuffles) add((head) => shuffleRecords(group, head, shuffle))
  if (texts.shuffles.length > 0) add((head) => endShuffles(group, head))
  for (const decryption of texts.decryptions) {
    add((head) => partialDecryptionRecords(group, head, decryption))
  }
  add((head) => resultRecords(group, head, texts.result))
  return steps
}

export function archiveOf(steps: readonly BoardStep[]): Buffer {
  const records = steps.flatMap((step) => step.records)
  return Buffer.concat([...archiveBytes({ timestamp: 1_795_252_448, records })])
}

function valid<T extends object>(parsed: T): Exclude<T, { readonly refused: unknown }> {
  if ('refused' in parsed) throw new Error(`refused: ${JSON.stringify(parsed.refused)}`)
  return parsed as Exclude<T, { readonly refused: unknown }>
}
