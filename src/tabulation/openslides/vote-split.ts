import { maxWeightPlaces } from '../ballot-groups.ts'
import { addDecimals, type Decimal, formatDecimal, parseDecimal, toCommonScale } from '../decimal.ts'
import {
  type OpenSlidesBallotFault,
  type OpenSlidesSelections,
  readBallotNode,
  readOpenSlidesBallot,
} from './ballot.ts'
import type { OpenSlidesPoll } from './poll.ts'
import { type JsonNode, readStrictJson } from './strict-json.ts'

/** A ballot as it is cast. */
export interface CastBallot {
  /** JSON. */
  readonly value: string
  /** The weight of the voter; `0` is no vote. */
  readonly weight: Decimal
  /** Whether the weight is divided: `{"0.3": …, "0.7": …}`, or `[{"weight": "0.5", "value": …}, …]`. */
  readonly split: boolean
}

interface BallotPart {
  readonly selections: OpenSlidesSelections
  readonly weight: Decimal
}

type BallotParts =
  | { readonly kind: 'valid'; readonly parts: readonly BallotPart[] }
  | { readonly kind: 'invalid'; readonly fault: BallotPartsFault }

type BallotPartsFault =
  | OpenSlidesBallotFault
  | 'no vote'
  | 'weight out of range'
  | 'split not allowed'
  | 'no parts'
  | 'repeated part'
  | 'parts exceed the weight'

/**
 * What a ballot says, part by part; a ballot that isn't split is one part. Every part of a split has a
 * weight above 0, all together at most the weight of the voter, and one that doesn't stand lets none stand.
 */
export function readBallotParts(poll: OpenSlidesPoll, ballot: CastBallot): BallotParts {
  if (!isWeight(ballot.weight)) return fault('weight out of range')
  if (isZero(ballot.weight)) return fault('no vote')
  if (!ballot.split) {
    const read = readOpenSlidesBallot(poll, ballot.value)
    if (read.kind === 'invalid') return read
    return { kind: 'valid', parts: [{ selections: read.selections, weight: canonical(ballot.weight) }] }
  }
  if (!poll.allow_vote_split) return fault('split not allowed')
  const node = readStrictJson(ballot.value)
  const parts = node && partsOf(node)
  if (node === undefined || parts === undefined) return fault('wrong form')
  if (namesPartTwice(node)) return fault('repeated part')
  return readParts(poll, parts, ballot.weight)
}

/**
 * Why a ballot is refused when it is cast; `undefined` if it is taken. A poll that allows invalid ballots
 * takes any value, but no weight that the voter doesn't have.
 */
export function castFault(poll: OpenSlidesPoll, ballot: CastBallot): BallotPartsFault | undefined {
  const read = readBallotParts(poll, ballot)
  if (read.kind === 'valid') return undefined
  return poll.allow_invalid && !isNeverTaken(read.fault) ? undefined : read.fault
}

function isNeverTaken(reason: BallotPartsFault): boolean {
  return reason === 'no vote' || reason === 'weight out of range' || reason === 'split not allowed'
}

interface Part {
  readonly weight: string
  readonly value: JsonNode
}

function partsOf(node: JsonNode): readonly Part[] | undefined {
  if (node.kind === 'object') return node.members.map(([weight, value]) => ({ weight, value }))
  if (node.kind !== 'array') return undefined
  const parts = node.items.map((item) => {
    const members = item.kind === 'object' ? Object.fromEntries(item.members) : {}
    const { weight, value, ...others } = members as Readonly<Record<string, JsonNode | undefined>>
    if (weight?.kind !== 'string' || value === undefined || Object.keys(others).length > 0) return undefined
    return { weight: weight.text, value }
  })
  return parts.every((part) => part !== undefined) ? parts : undefined
}

/** The object form names a part by its weight: `0.5` and `0.50` are one name for two parts. */
function namesPartTwice(node: JsonNode): boolean {
  if (node.kind !== 'object') return false
  const weights = node.members.map(([weight]) => (isWeight(weight) ? canonical(weight) : weight))
  return new Set(weights).size < weights.length
}

function readParts(poll: OpenSlidesPoll, parts: readonly Part[], weight: Decimal): BallotParts {
  if (parts.length === 0) return fault('no parts')
  const read: BallotPart[] = []
  for (const part of parts) {
    if (!isWeight(part.weight) || isZero(part.weight)) return fault('weight out of range')
    const ballot = readBallotNode(poll, part.value)
    if (ballot.kind === 'invalid') return ballot
    read.push({ selections: ballot.selections, weight: canonical(part.weight) })
  }
  const sum = addDecimals(read.map((part) => part.weight))
  const [given, had] = toCommonScale([sum, weight]).units
  return given! > had! ? fault('parts exceed the weight') : { kind: 'valid', parts: read }
}

function fault(reason: BallotPartsFault): BallotParts {
  return { kind: 'invalid', fault: reason }
}

/** Without a sign, and with at most as many places as a weight has. */
function isWeight(text: string): boolean {
  const number = parseDecimal(text)
  return number !== undefined && number.places <= maxWeightPlaces
}

function isZero(weight: Decimal): boolean {
  return parseDecimal(weight)?.units === 0n
}

function canonical(weight: Decimal): Decimal {
  const { units, places } = parseDecimal(weight)!
  return formatDecimal(units, places)
}
