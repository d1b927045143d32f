import { array, type Format, type Malformation, Malformed, parseCanonical } from './canonical-json.ts'
import type { Element, Group } from './group.ts'
import {
  findWrongThresholdPart,
  type ThresholdParameters,
  thresholdKey,
  thresholdParametersFormat,
} from './threshold.ts'
import { type TrusteePublicKey, unsignedPublicKeyFormat, verifyTrusteeKey } from './trustee-key.ts'

/** One trustee without whom nothing opens, or a group of whom some suffice. An election mixes them freely. */
export type TrusteeItem = readonly ['Single', TrusteePublicKey] | readonly ['Pedersen', ThresholdParameters]

export type Trustees = readonly TrusteeItem[]

function trusteesFormat(group: Group): Format<TrusteeItem[]> {
  const single = unsignedPublicKeyFormat(group)
  const pedersen = thresholdParametersFormat(group)
  return array<TrusteeItem>({
    read(json, place) {
      if (!Array.isArray(json) || json.length !== 2) throw new Malformed('wrong-shape', place)
      if (json[0] === 'Single') return ['Single', single.read(json[1], `${place}[1]`)]
      if (json[0] === 'Pedersen') return ['Pedersen', pedersen.read(json[1], `${place}[1]`)]
      throw new Malformed('wrong-shape', `${place}[0]`)
    },
    write(item) {
      return item[0] === 'Single'
        ? `["Single",${single.write(item[1])}]`
        : `["Pedersen",${pedersen.write(item[1])}]`
    },
  })
}

export function serializeTrustees(group: Group, trustees: Trustees): string {
  return trusteesFormat(group).write([...trustees])
}

/** @returns the trustees, whose keys are still to be verified, or why their text is refused. */
export function parseTrustees(group: Group, json: string): Trustees | { readonly refused: Malformation } {
  const reading = parseCanonical(trusteesFormat(group), json)
  return reading.ok ? reading.value : { refused: reading.malformation }
}

/**
 * Verifies every key, and every message of a threshold group's key ceremony.
 *
 * @returns where the first thing is that doesn't hold, such as `[1].certs[0]`, or undefined.
 */
export function findWrongTrustee(group: Group, trustees: Trustees): string | undefined {
  for (const [index, [kind, content]] of trustees.entries()) {
    if (kind === 'Single') {
      if (!verifyTrusteeKey(group, content)) return `[${index}].pok`
    } else {
      const wrong = findWrongThresholdPart(group, content)
      if (wrong !== undefined) return `[${index}].${wrong}`
    }
  }
  return undefined
}

/** How many of them are needed, together, to open anything; 1 where one could by itself. */
export function trusteesToOpen(trustees: Trustees): number {
  return trustees.reduce((sum, [kind, content]) => sum + (kind === 'Single' ? 1 : content.threshold), 0)
}

/** The key under which ballots are sealed: the sum of the trustees'. */
export function electionPublicKey(group: Group, trustees: Trustees): Element {
  return trustees.reduce<Element>(
    (sum, [kind, content]) =>
      group.add(sum, kind === 'Single' ? content.public_key : thresholdKey(group, content)),
    group.identity,
  )
}

/** Every trustee's public key; the trustee at place i is the owner i + 1 in shuffles and decryptions. */
export function trusteeKeys(trustees: Trustees): Element[] {
  return trustees.flatMap(([kind, content]) =>
    kind === 'Single' ? [content.public_key] : content.verification_keys.map(({ public_key }) => public_key),
  )
}
