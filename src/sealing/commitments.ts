import { array, element, type Format, record } from './canonical-json.ts'
import { scalarFromInteger } from './encoding.ts'
import type { Element, Group } from './group.ts'
import { type SignedMessage, signedMessageFormat } from './signed-message.ts'

/** A_0 … A_t: the coefficients of a trustee's secret polynomial, times the base. */
export interface Commitments {
  readonly coefexps: readonly Element[]
}

export function commitmentsContentFormat(group: Group): Format<{ readonly coefexps: Element[] }> {
  return record({ coefexps: array(element(group)) })
}

export function commitmentsFormat(group: Group): Format<SignedMessage<Commitments>> {
  return signedMessageFormat<Commitments>(commitmentsContentFormat(group) as Format<Commitments>)
}

/** The value at `index` of the polynomial that is committed to, times the base. */
export function committedValue(group: Group, coefexps: readonly Element[], index: number): Element {
  const at = scalarFromInteger(BigInt(index))
  return coefexps.reduceRight(
    (value, coefficient) => group.add(group.multiply(value, at), coefficient),
    group.identity,
  )
}

/** The commitments to the sum of the polynomials. @param all of one degree, and at least one */
export function sumOfCommitments(group: Group, all: readonly Commitments[]): Element[] {
  return all[0]!.coefexps.map((_, degree) =>
    all.reduce((sum, { coefexps }) => group.add(sum, coefexps[degree]!), group.identity),
  )
}
