import {
  type Answer,
  createAnswer,
  findWrongProof,
  type PlainAnswer,
  parseAnswer,
  serializeAnswer,
} from './answer.ts'
import {
  anyJson,
  array,
  type Format,
  type Malformation,
  parseCanonical,
  record,
  textLike,
} from './canonical-json.ts'
import { publicCredential } from './credential.ts'
import { type SealedElection, uuidFormat } from './election.ts'
import { elementFromHex, elementToHex, sha256Base64 } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'
import { type Proof, proofFormat, proveKnowledge, verifyKnowledge } from './proof.ts'

/** Why a ballot is refused, and where in it the reason lies. */
export interface BallotRefusal {
  readonly refused:
    | Malformation['code']
    /** Made for another election, or for another text of this one. */
    | 'other-election'
    /** The signed hash isn't that of the ballot. */
    | 'wrong-hash'
    | 'wrong-signature'
    | 'wrong-proof'
  /** Such as `answers[0].overall_proof`; empty for the whole. */
  readonly place: string
}

interface Signature {
  /** Of the ballot without its signature: SHA-256, unpadded Base64. */
  readonly hash: string
  readonly proof: Proof
}

/** A ballot read from outside, as far as that costs nothing: no point of it has been looked at. */
export interface BallotEnvelope {
  readonly json: string
  readonly trackingCode: string
  /** The public credential that it claims, 64 hexadecimal digits. */
  readonly credential: string
  /** The canonical JSON of each answer. */
  readonly answers: readonly string[]
  readonly signature: Signature
}

/** A ballot whose points are all valid elements. Its signature and proofs are still to be verified. */
export interface ParsedBallot {
  readonly json: string
  readonly trackingCode: string
  readonly credential: Element
  readonly answers: readonly Answer[]
  readonly signature: Signature
}

const sha256Text = textLike(/^[A-Za-z0-9+/]{43}$/)

const unsignedFields = {
  election_uuid: uuidFormat,
  election_hash: sha256Text,
  credential: textLike(/^[0-9a-f]{64}$/),
  answers: array(anyJson),
}
const unsignedFormat = record(unsignedFields)
const signatureFormat: Format<Signature> = record({ hash: sha256Text, proof: proofFormat })
const envelopeFormat = record({ ...unsignedFields, signature: signatureFormat })

/** What the voter keeps and finds on the board: the SHA-256 of the ballot's JSON, in unpadded Base64. */
export function trackingCodeOf(group: Group, json: string): string {
  return sha256Base64(group, json)
}

/**
 * Seals a voter's choices.
 *
 * @param secret of the voter's credential in this election, from `credentialSecret`.
 * @param choices for each question, one number for each answer, after the blank flag where a blank vote is
 * allowed; nested for a question of lists.
 * @throws RangeError if a question doesn't allow its choices
 */
export function sealBallot(
  group: Group,
  {
    election,
    secret,
    choices,
  }: { election: SealedElection; secret: Scalar; choices: readonly PlainAnswer[] },
): { json: string; trackingCode: string } {
  const { questions, uuid } = election.parameters
  if (choices.length !== questions.length) throw new RangeError('one answer for each question')
  const credential = elementToHex(publicCredential(group, secret))
  const context = contextOf(election, credential)
  const answers = questions.map((question, index) =>
    createAnswer(group, { question, choices: choices[index]!, ...context }),
  )
  const unsigned = {
    election_uuid: uuid,
    election_hash: election.fingerprint,
    credential,
    answers: answers.map((answer): unknown => JSON.parse(serializeAnswer(group, answer))),
  }
  const hash = sha256Base64(group, unsignedFormat.write(unsigned))
  const proof = proveKnowledge(group, { secret, bases: [group.base], prefix: signaturePrefix(hash) })
  const json = envelopeFormat.write({ ...unsigned, signature: { hash, proof } })
  return { json, trackingCode: trackingCodeOf(group, json) }
}

/**
 * The cheap half of reading a ballot: shape, canonical text, election and signed hash, in microseconds.
 * Whoever takes ballots from the network looks up the credential next.
 */
export function openBallotEnvelope(
  group: Group,
  election: SealedElection,
  json: string,
): BallotEnvelope | BallotRefusal {
  const reading = parseCanonical(envelopeFormat, json)
  if (!reading.ok) return { refused: reading.malformation.code, place: reading.malformation.place }
  const { signature, ...unsigned } = reading.value
  if (unsigned.election_uuid !== election.parameters.uuid) {
    return { refused: 'other-election', place: 'election_uuid' }
  }
  if (unsigned.election_hash !== election.fingerprint) {
    return { refused: 'other-election', place: 'election_hash' }
  }
  if (unsigned.answers.length !== election.parameters.questions.length) {
    return { refused: 'wrong-shape', place: 'answers' }
  }
  if (signature.hash !== sha256Base64(group, unsignedFormat.write(unsigned))) {
    return { refused: 'wrong-hash', place: 'signature.hash' }
  }
  return {
    json,
    trackingCode: trackingCodeOf(group, json),
    credential: unsigned.credential,
    answers: unsigned.answers.map(anyJson.write),
    signature,
  }
}

/** Reads a ballot: everything that `openBallotEnvelope` refuses, then its answers, each point checked. */
export function parseBallot(
  group: Group,
  election: SealedElection,
  json: string,
): ParsedBallot | BallotRefusal {
  const envelope = openBallotEnvelope(group, election, json)
  if ('refused' in envelope) return envelope
  const credential = elementFromHex(group, envelope.credential)
  if (credential === undefined) return { refused: 'not-an-element', place: 'credential' }

  const answers: Answer[] = []
  for (const [index, question] of election.parameters.questions.entries()) {
    const reading = parseAnswer(group, question, envelope.answers[index]!)
    if (!reading.ok) {
      const { code, place } = reading.malformation
      return { refused: code, place: inAnswer(index, place) }
    }
    answers.push(reading.value)
  }
  return { json, trackingCode: envelope.trackingCode, credential, answers, signature: envelope.signature }
}

/**
 * Verifies the signature, which is cheap, then every proof.
 *
 * @returns why the ballot is refused, or undefined. Whether the credential may vote is the caller's to say.
 */
export function verifyBallot(
  group: Group,
  election: SealedElection,
  { credential, answers, signature }: ParsedBallot,
): BallotRefusal | undefined {
  const signed = verifyKnowledge(group, {
    proof: signature.proof,
    claims: [{ base: group.base, multiple: credential }],
    prefix: signaturePrefix(signature.hash),
  })
  if (!signed) return { refused: 'wrong-signature', place: 'signature.proof' }

  const context = contextOf(election, elementToHex(credential))
  for (const [index, answer] of answers.entries()) {
    const wrong = findWrongProof(group, answer, context)
    if (wrong !== undefined) return { refused: 'wrong-proof', place: inAnswer(index, wrong) }
  }
  return undefined
}

function contextOf({ fingerprint, publicKey }: SealedElection, credential: string) {
  return { publicKey, binding: `${fingerprint}|${credential}` }
}

function signaturePrefix(hash: string): string {
  return `sig|${hash}|`
}

function inAnswer(index: number, place: string): string {
  return place === '' ? `answers[${index}]` : `answers[${index}].${place}`
}
