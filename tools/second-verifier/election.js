// What is known before the first ballot: the election, its trustees and the public halves of its tokens.
import { base64, equal, multiply, one, productOf, q, sha256Hex, text } from './group.js'
import { isSigned, knowsLogarithm, proof } from './proofs.js'
import * as shape from './shape.js'

const { anything, constant, element, ensure, integer, list, read, record, string, tuple } = shape

const homomorphic = record({
  answers: list(string),
  'blank?': shape.boolean,
  min: integer,
  max: integer,
  question: string,
})
const typed = {
  Homomorphic: record({ type: constant('Homomorphic'), value: homomorphic, extra: anything }),
  NonHomomorphic: record({
    type: constant('NonHomomorphic'),
    value: record({ answers: list(string), question: string }),
    'extra?': anything,
  }),
  Lists: record({
    type: constant('Lists'),
    value: record({ answers: list(list(string)), question: string }),
    'extra?': anything,
  }),
}
/** A homomorphic question that says nothing extra is written bare. */
function question(json, at) {
  if (json?.type === undefined) return { type: 'Homomorphic', value: homomorphic(json, at) }
  ensure(Object.hasOwn(typed, json.type), `${at} is of no known type`)
  return typed[json.type](json, at)
}

const parameters = record({
  version: constant(1),
  description: string,
  name: string,
  group: constant('Ed25519'),
  public_key: element,
  questions: list(question),
  uuid: shape.matching(/^[1-9A-HJ-NP-Za-km-z]{14,}$/),
  'administrator?': string,
  'credential_authority?': string,
  'language?': tuple([string, shape.matching(/^(ltr|rtl)$/)]),
})

const canBeAnswered = {
  Homomorphic: ({ answers, min, max }) => min <= max && max <= answers.length,
  NonHomomorphic: ({ answers }) => answers.length <= 30,
  Lists: ({ answers }) => answers.every((names) => names.length > 0),
}

/** @returns the election, with φ as `fingerprint` */
export function readElection(json) {
  const election = read(parameters, json, 'election')
  ensure(election.questions.length > 0, 'the election asks nothing')
  ensure(!equal(election.public_key, one), 'the key of the election is no secret')
  for (const { type, value } of election.questions) {
    ensure(value.answers.length > 0 && canBeAnswered[type](value), 'a question cannot be answered')
  }
  return { ...election, fingerprint: base64(sha256Hex(json)) }
}

const single = record({ pok: proof, public_key: element, 'name?': string })
const signed = record({ message: string, signature: proof })
const keyOfShare = record({ pok: proof, public_key: element, signature: proof, 'name?': string })
const pedersen = record({
  threshold: integer,
  certs: list(signed),
  coefexps: list(signed),
  signatures: list(proof),
  verification_keys: list(keyOfShare),
})
const kind = shape.either(
  (json) => json?.[0] === 'Pedersen',
  tuple([constant('Pedersen'), pedersen]),
  tuple([constant('Single'), single]),
)

/** @returns for each item its threshold, the keys of its trustees and the key that they make together */
export function readTrustees(json) {
  const items = read(list(kind), json, 'trustees')
  ensure(items.length > 0, 'there is no trustee')
  const raw = JSON.parse(json)
  return items.map(([kind, item], i) =>
    kind === 'Single' ? readSingle(item) : readPedersen(item, raw[i][1]),
  )
}

function readSingle(item) {
  checkKey(item)
  return { threshold: 1, keys: [item.public_key], key: item.public_key }
}

/** @param raw the same item as JSON, of which parts were signed */
function readPedersen(item, raw) {
  const { threshold, certs, coefexps, signatures, verification_keys } = item
  const size = certs.length
  ensure(1 <= threshold && threshold <= size, 'a threshold is out of range')
  for (const each of [coefexps, signatures, verification_keys]) {
    ensure(each.length === size, 'not all trustees of a threshold key did each step')
  }
  const vk = certs.map((cert, i) => {
    const index = i + 1
    const context = record({
      group: constant('Ed25519'),
      ...{ size: constant(size), threshold: constant(threshold), index: constant(index) },
    })
    const keys = record({ context, verification: element, encryption: element })
    const { verification } = read(keys, cert.message, `certificate ${index}`)
    ensure(isSigned(cert.message, verification, cert.signature), `certificate ${index} is not signed`)
    return verification
  })
  const A = coefexps.map(({ message, signature }, i) => {
    const Ai = read(record({ coefexps: list(element, threshold) }), message, 'polynomial').coefexps
    ensure(isSigned(message, vk[i], signature), `the polynomial of trustee ${i + 1} is not signed`)
    const certified = JSON.stringify({ certs: raw.certs, coefexps: Ai.map(text) })
    ensure(isSigned(`certs_sig|${certified}`, vk[i], signatures[i]), `trustee ${i + 1} signed other keys`)
    return Ai
  })
  for (const [i, key] of verification_keys.entries()) {
    checkKey(key)
    ensure(isSigned(text(key.public_key), vk[i], key.signature), `the key of trustee ${i + 1} is not signed`)
    const share = productOf(A.flatMap((Ai) => Ai.map((Aik, k) => [Aik, BigInt(i + 1) ** BigInt(k)])))
    ensure(equal(key.public_key, share), `the key of trustee ${i + 1} is not the share that was given out`)
  }
  const keys = verification_keys.map(({ public_key }) => public_key)
  return { threshold, keys, key: multiply(A.map(([Ai0]) => Ai0)) }
}

function checkKey({ pok, public_key: X }) {
  ensure(!equal(X, one), 'the key of a trustee is no secret')
  ensure(knowsLogarithm(`pok|Ed25519|${text(X)}|`, X, pok), 'a trustee does not prove to know their key')
}

export function checkPublicKey({ public_key }, trustees) {
  ensure(equal(public_key, multiply(trustees.map(({ key }) => key))), 'ballots are sealed with another key')
}

/** @returns the weight of each credential, by its text */
export function readCredentials(json, { questions }) {
  const entry = shape.matching(/^[0-9a-f]{64}(,[1-9][0-9]{0,75})?$/)
  const entries = read(list(entry), json, 'credentials').map((entry) => entry.split(','))
  const weighted = entries.filter(([, weight]) => weight !== undefined).length
  ensure(weighted === 0 || weighted === entries.length, 'only some credentials have a weight')
  for (const [credential] of entries) {
    ensure(!equal(element(credential, 'a credential'), one), 'a credential is no secret')
  }
  const credentials = entries.map(([credential]) => credential)
  const littleEndian = credentials.map((hex) => Buffer.from(hex, 'hex').reverse().toString('hex'))
  ensure(
    isAscending(credentials) || isAscending(littleEndian),
    'the credentials are not sorted, or one is there twice',
  )
  const weights = new Map(entries.map(([credential, weight = '1']) => [credential, BigInt(weight)]))
  const opened = questions.some(({ type }) => type === 'NonHomomorphic')
  const all = [...weights.values()]
  ensure(!opened || all.every((weight) => weight === 1n), 'a ballot that is opened alone has a weight')
  ensure(all.reduce((sum, weight) => sum + weight, 0n) < q, 'the weights are too large to be counted')
  return weights
}

function isAscending(texts) {
  return texts.every((text, i) => i === 0 || texts[i - 1] < text)
}
