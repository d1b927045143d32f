import { partsMicros, readWeighedParts, type WeighedPart } from '../ballot/clear-choice.ts'
import type { ClearElection } from '../election/clear-election.ts'
import {
  anyJson,
  array,
  type Format,
  parseCanonical,
  record,
  text,
  textLike,
} from '../sealing/canonical-json.ts'
import { credentialOf, publicCredential } from '../sealing/credential.ts'
import { elementToHex, sha256Base64 } from '../sealing/encoding.ts'
import type { Group, Scalar } from '../sealing/group.ts'
import { type Proof, proofFormat, proveKnowledge, verifyKnowledge } from '../sealing/proof.ts'
import type { FormRefusal } from './form-refusal.ts'

/**
 * Ballots that are signed and not sealed. What they say can be read by whoever has them; that the voter said it, and
 * nobody else, the signature shows: it is made with the voter's token, which no officer has.
 */
export interface ClearBallot {
  readonly json: string
  readonly trackingCode: string
  /** 64 hexadecimal digits. */
  readonly credential: string
  /** For each contest what the voter chose, whatever that is. */
  readonly choices: readonly unknown[]
  readonly signature: { readonly hash: string; readonly proof: Proof }
  /** The heaviest sum of parts, in millionths of a vote, where it must not exceed the voter's weight. */
  readonly partsMicros: bigint | undefined
}

const sha256Text = textLike(/^[A-Za-z0-9+/]{43}$/)

const unsignedFields = {
  election_uuid: text,
  election_hash: sha256Text,
  credential: textLike(/^[0-9a-f]{64}$/),
  choices: array(anyJson),
}
const unsignedFormat = record(unsignedFields)
const signatureFormat: Format<ClearBallot['signature']> = record({ hash: sha256Text, proof: proofFormat })
const ballotFormat = record({ ...unsignedFields, signature: signatureFormat })

/** @param secret of the voter's credential in this election */
export function signBallot(
  group: Group,
  { election, secret, choices }: { election: ClearElection; secret: Scalar; choices: readonly unknown[] },
): { json: string; trackingCode: string } {
  const unsigned = {
    election_uuid: election.parameters.uuid,
    election_hash: election.fingerprint,
    credential: elementToHex(publicCredential(group, secret)),
    choices: [...choices],
  }
  const hash = sha256Base64(group, unsignedFormat.write(unsigned))
  const proof = proveKnowledge(group, { secret, bases: [group.base], prefix: signaturePrefix(hash) })
  const json = ballotFormat.write({ ...unsigned, signature: { hash, proof } })
  return { json, trackingCode: sha256Base64(group, json) }
}

/** The cheap half of reading a ballot: its shape, its election and the hash that is signed. */
export function openClearBallot(
  group: Group,
  { parameters, fingerprint }: ClearElection,
  json: string,
): ClearBallot | FormRefusal {
  const reading = parseCanonical(ballotFormat, json)
  if (!reading.ok) return { refused: reading.malformation.code, place: reading.malformation.place }
  const { signature, ...unsigned } = reading.value
  if (unsigned.election_uuid !== parameters.uuid) return { refused: 'other-election', place: 'election_uuid' }
  if (unsigned.election_hash !== fingerprint) return { refused: 'other-election', place: 'election_hash' }
  if (unsigned.choices.length !== parameters.contests.length) {
    return { refused: 'wrong-shape', place: 'choices' }
  }
  if (signature.hash !== sha256Base64(group, unsignedFormat.write(unsigned))) {
    return { refused: 'wrong-hash', place: 'signature.hash' }
  }
  const { credential, choices } = unsigned
  const trackingCode = sha256Base64(group, json)
  return { json, trackingCode, credential, choices, signature, partsMicros: heaviest(parameters, choices) }
}

/** Undefined where nothing is divided, or what is too heavy is taken and counts as invalid. */
function heaviest(
  { voteSplit, allowInvalid }: ClearElection['parameters'],
  choices: readonly unknown[],
): bigint | undefined {
  if (voteSplit === undefined || allowInvalid) return undefined
  return choices.map(partsMicros).reduce((most, each) => (each > most ? each : most), 0n)
}

/** What is wrong with a ballot that was opened: its signature, or, where the election wants valid ones, a choice. */
export function faultOfClearBallot(
  group: Group,
  election: ClearElection,
  { credential: hex, choices, signature }: ClearBallot,
): FormRefusal | undefined {
  const credential = credentialOf(group, hex)
  if (credential === undefined) return { refused: 'not-an-element', place: 'credential' }
  const signed = verifyKnowledge(group, {
    proof: signature.proof,
    claims: [{ base: group.base, multiple: credential }],
    prefix: signaturePrefix(signature.hash),
  })
  if (!signed) return { refused: 'wrong-signature', place: 'signature.proof' }
  if (election.parameters.allowInvalid) return undefined
  // Whether the parts of a weight are within it, whoever knows the weight sees.
  for (const [index, parts] of partsOf(election, choices, anyWeight).entries()) {
    for (const { record } of parts) {
      if (record.status !== 'invalid') continue
      return { refused: 'invalid-vote', place: `answers[${index}]`, fault: record.fault }
    }
  }
  return undefined
}

/** Beyond what any parts weigh, in millionths of a vote. */
const anyWeight = 10n ** 30n

/**
 * What a ballot says in each contest, and with how much of its weight.
 * @param weight of its voter, in millionths of a vote
 */
export function partsOf(
  { parameters }: ClearElection,
  choices: readonly unknown[],
  weight: bigint,
): WeighedPart[][] {
  const maySplit = parameters.voteSplit === true
  return parameters.contests.map(({ ballot: rules, options }, index) =>
    readWeighedParts(choices[index], { rules, optionCount: options.length }, { weight, maySplit }),
  )
}

/** Another one than that of sealed ballots: a signature is never good for both. */
function signaturePrefix(hash: string): string {
  return `clear|${hash}|`
}
