import { type BallotRefusal, parseBallot, verifyBallot } from './ballot.ts'
import type { SealedElection } from './election.ts'
import type { Element, Group, Scalar, Term } from './group.ts'

/**
 * Does what takes long for many at once: in threads where there are some, or one after the other. What comes back is in
 * the order of what was asked.
 */
export interface Crew {
  readonly group: Group
  /** How many work at the same time. */
  readonly size: number
  /** sᵢ·G of each. Constant-time in the scalars. */
  multiplyBase(scalars: readonly Scalar[]): Promise<Element[]>
  /** sᵢ·Pᵢ of each. Constant-time in the scalars. */
  multiply(points: readonly Element[], scalars: readonly Scalar[]): Promise<Element[]>
  /** The sum of all terms, which are public. */
  sum(terms: readonly Term[]): Promise<Element>
  /** Whether all of these are elements of the group. */
  areElements(candidates: readonly Uint8Array[]): Promise<boolean>
  /** Of each ballot, in order: why it is refused, or undefined. */
  verifyBallots(election: SealedElection, ballots: readonly string[]): Promise<Faults>
}

/** Verifies the signature and the proofs of ballots, whichever way is quickest. */
export type BallotVerifier = Crew['verifyBallots']

export type Faults = readonly (BallotRefusal | undefined)[]

/** Nobody but the thread that asks. */
export function crewOfOne(group: Group): Crew {
  return {
    group,
    size: 1,
    multiplyBase: async (scalars) => scalars.map((scalar) => group.multiplyBase(scalar)),
    multiply: async (points, scalars) => points.map((point, i) => group.multiply(point, scalars[i]!)),
    sum: async (terms) => group.public.sum(terms),
    areElements: async (candidates) => candidates.every((bytes) => group.isElement(bytes)),
    verifyBallots: async (election, ballots) => ballots.map((json) => faultOfBallot(group, election, json)),
  }
}

/** All that a ballot proves of itself. @returns why it is refused, or undefined */
export function faultOfBallot(
  group: Group,
  election: SealedElection,
  json: string,
): BallotRefusal | undefined {
  const ballot = parseBallot(group, election, json)
  return 'refused' in ballot ? ballot : verifyBallot(group, election, ballot)
}

/**
 * Reads a text whose points are checked all together, after it was read. If one is no element, the text is read once
 * more, for the reader to say where.
 *
 * @param read calls nothing of the group but `isElement`.
 */
export async function readTogether<T>(crew: Crew, read: (group: Group) => T): Promise<T> {
  const candidates: Uint8Array[] = []
  const reading = read({
    ...crew.group,
    isElement: (bytes): bytes is Element => {
      candidates.push(bytes)
      return true
    },
  })
  return (await crew.areElements(candidates)) ? reading : read(crew.group)
}
