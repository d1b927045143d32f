import {
  array,
  constant,
  type Format,
  type Malformation,
  Malformed,
  optional,
  parseCanonical,
  record,
  text,
  textLike,
  tuple,
} from './canonical-json.ts'
import { base64Unpadded, elementFromHex, hexOf } from './encoding.ts'
import type { Element, Group } from './group.ts'
import { type Question, questionFormat } from './question.ts'

/** The public election, signed by every ballot. Fields are the specification's, section "Elections". */
export interface ElectionParameters {
  readonly version: 1
  readonly description: string
  readonly name: string
  readonly group: 'Ed25519'
  /** 64 hexadecimal digits. */
  readonly public_key: string
  readonly questions: readonly Question[]
  readonly uuid: string
  readonly administrator?: string
  readonly credential_authority?: string
  /** Belenios 3.3 and later: a language and its writing direction. */
  readonly language?: readonly [string, 'ltr' | 'rtl']
}

/** An election as its ballots refer to it. */
export interface SealedElection {
  /** The one text of it that is published and hashed. */
  readonly json: string
  readonly parameters: ElectionParameters
  readonly publicKey: Element
  /** SHA-256 of `json`, in hexadecimal. */
  readonly hash: string
  /** The specification's φ: the same hash in unpadded Base64. */
  readonly fingerprint: string
}

/** At least 14 characters of Base58. */
export const uuidFormat: Format<string> = textLike(/^[1-9A-HJ-NP-Za-km-z]{14,}$/)

const direction: Format<'ltr' | 'rtl'> = {
  read(json, place) {
    if (json !== 'ltr' && json !== 'rtl') throw new Malformed('wrong-shape', place)
    return json
  },
  write: (value) => `"${value}"`,
}

const parametersFormat: Format<ElectionParameters> = record({
  version: constant(1),
  description: text,
  name: text,
  group: constant('Ed25519'),
  public_key: textLike(/^[0-9a-f]{64}$/),
  questions: array(questionFormat),
  uuid: uuidFormat,
  administrator: optional(text),
  credential_authority: optional(text),
  language: optional(tuple<readonly [string, 'ltr' | 'rtl']>(text, direction)),
})

export function serializeElection(parameters: ElectionParameters): string {
  return parametersFormat.write(parameters)
}

/**
 * @returns the election, or why its text is refused. Only version 1 in the group Ed25519 is known.
 */
export function parseElection(
  group: Group,
  json: string,
): SealedElection | { readonly refused: Malformation } {
  const reading = parseCanonical(parametersFormat, json)
  if (!reading.ok) return { refused: reading.malformation }
  const parameters = reading.value
  if (parameters.questions.length === 0) return { refused: { code: 'wrong-shape', place: 'questions' } }
  const publicKey = elementFromHex(group, parameters.public_key)
  if (publicKey === undefined || group.equal(publicKey, group.identity)) {
    return { refused: { code: 'not-an-element', place: 'public_key' } }
  }
  const digest = group.sha256().update(json).digest()
  return { json, parameters, publicKey, hash: hexOf(digest), fingerprint: base64Unpadded(digest) }
}
