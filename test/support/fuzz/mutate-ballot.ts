import {
  elementFromHex,
  elementToHex,
  scalarFromDecimal,
  scalarToDecimal,
  sha256Base64,
} from '../../../src/sealing/encoding.ts'
import type { Element, Group, Scalar } from '../../../src/sealing/group.ts'
import { proofFormat, proveKnowledge } from '../../../src/sealing/proof.ts'
import type { Chance } from './chance.ts'
import { mutateJson } from './mutate-json.ts'

/** A ballot that is in the box, and the secret of its credential: a forger may be a voter. */
export interface CastBallot {
  readonly json: string
  readonly secret: Scalar
}

export interface MutatedBallot {
  readonly kind:
    | 'written in another way'
    | 'of other elements or scalars'
    | 'signed again'
    | 'answers of another ballot'
  readonly json: string
  /** Whether only the signature is another: the voter has cast these answers before. */
  readonly mayHold: boolean
}

/** The ballot with one thing changed. @param others of the same election, this one among them */
export function mutateBallot(
  group: Group,
  { json, secret }: CastBallot,
  { others, chance }: { others: readonly CastBallot[]; chance: Chance },
): MutatedBallot {
  const kind = chance.below(100)
  if (kind < 80) return { kind: 'written in another way', json: mutateJson(json, chance), mayHold: false }
  const changed =
    kind < 97 ? changeOne(group, json, chance) : withAnswerOf(chance.pick(others).json, json, chance)
  if (kind < 90) return { kind: 'of other elements or scalars', json: changed, mayHold: false }
  return {
    kind: kind < 97 ? 'signed again' : 'answers of another ballot',
    json: signed(group, changed, secret),
    mayHold: others.some((other) => unsignedText(other.json) === unsignedText(changed)),
  }
}

function withAnswerOf(other: string, json: string, chance: Chance): string {
  const [taken, ballot] = [JSON.parse(other), JSON.parse(json)]
  const answer = chance.below(ballot.answers.length)
  if (chance.below(2) === 0) ballot.answers[answer] = taken.answers[answer]
  else {
    const part = chance.pick(Object.keys(ballot.answers[answer]))
    ballot.answers[answer][part] = taken.answers[answer][part]
  }
  return JSON.stringify(ballot)
}

/** The ballot without its signature, as text. */
function unsignedText(json: string): string {
  const { signature, ...unsigned } = JSON.parse(json)
  return JSON.stringify(unsigned)
}

function signed(group: Group, json: string, secret: Scalar): string {
  const unsigned = unsignedText(json)
  const hash = sha256Base64(group, unsigned)
  const proof = proveKnowledge(group, { secret, bases: [group.base], prefix: `sig|${hash}|` })
  return `${unsigned.slice(0, -1)},"signature":{"hash":"${hash}","proof":${proofFormat.write(proof)}}}`
}

/** Another element or scalar in the place of one; the shape stays, and mostly it is a valid one. */
function changeOne(group: Group, json: string, chance: Chance): string {
  const values = [...json.matchAll(/"([0-9a-f]{64}|[0-9]{70,76})"/g)]
  const { index, 1: value } = chance.pick(values)
  const same = values
    .map((each) => each[1]!)
    .filter((each) => (each.length === 64) === (value!.length === 64))
  const changed =
    value!.length === 64
      ? otherElement(group, value!, same, chance)
      : otherScalar(group, value!, same, chance)
  return `${json.slice(0, index + 1)}${changed}${json.slice(index + 1 + value!.length)}`
}

/** Of order 8: added to an element, it leaves the group. */
const torsion = '05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826'

function otherElement(group: Group, hex: string, others: readonly string[], chance: Chance): string {
  const element = elementFromHex(group, hex)
  if (element === undefined) return chance.pick(others)
  const small = Buffer.from(torsion, 'hex').reverse() as Uint8Array as Element
  return chance.pick([
    () => chance.pick(others),
    () => elementToHex(group.add(element, group.base)),
    () => elementToHex(group.subtract(group.identity, element)),
    () => elementToHex(group.identity),
    () => elementToHex(group.add(element, small)),
  ])()
}

function otherScalar(group: Group, decimal: string, others: readonly string[], chance: Chance): string {
  const scalar = scalarFromDecimal(decimal)
  if (scalar === undefined) return chance.pick(others)
  return chance.pick([
    () => chance.pick(others),
    () => scalarToDecimal(group.addScalars(scalar, group.one)),
    () => scalarToDecimal(group.subtractScalars(group.zero, scalar)),
    () => '0',
  ])()
}
