import type { Answer } from './answer.ts'
import type { ParsedBallot } from './ballot.ts'
import { compareBytes } from './bytes.ts'
import {
  type Format,
  hash,
  integer,
  largestSmallInteger,
  type Malformation,
  Malformed,
  parseCanonical,
  record,
  weight,
} from './canonical-json.ts'
import {
  addCiphertexts,
  type Ciphertext,
  ciphertextFormat,
  neutralCiphertext,
  weighCiphertext,
} from './ciphertext.ts'
import type { SealedElection } from './election.ts'
import { elementToHex } from './encoding.ts'
import type { Group } from './group.ts'
import type { Question } from './question.ts'
import { haveSameShape, leavesOf, mapShape, type Shape, shapesFormat, zipShapes } from './shape.ts'

/**
 * What the trustees open, question by question: for each answer the sum of all ballots, or, where each vote is
 * opened on its own, the ciphertexts of all ballots.
 */
export type EncryptedTally = readonly Shape<Ciphertext>[]

/** What the board says about the tally. */
export interface SizedEncryptedTally {
  /** How many ballots are in it. */
  readonly num_tallied: number
  readonly total_weight: bigint
  /** SHA-256 of the encrypted tally's JSON, in hexadecimal. */
  readonly encrypted_tally: string
}

export const sizedEncryptedTallyFormat: Format<SizedEncryptedTally> = record({
  num_tallied: integer({ from: 0, to: largestSmallInteger }),
  total_weight: weight,
  encrypted_tally: hash,
})

/** The last ballot of each credential, in the order they were cast. */
export function lastBallots<B extends Pick<ParsedBallot, 'credential'>>(ballots: Iterable<B>): B[] {
  const last = new Map<string, B>()
  for (const ballot of ballots) {
    const credential = elementToHex(ballot.credential)
    last.delete(credential)
    last.set(credential, ballot)
  }
  return [...last.values()]
}

/**
 * Adds up verified ballots, one a credential.
 *
 * @param entries each with the weight of its credential.
 * @throws RangeError if a ballot whose votes are opened one by one weighs other than 1: its weight would name it
 */
export function tallyBallots(
  group: Group,
  election: SealedElection,
  entries: Iterable<{ readonly ballot: Pick<ParsedBallot, 'answers'>; readonly weight: bigint }>,
): { tally: EncryptedTally; num_tallied: number; total_weight: bigint } {
  const sums = election.parameters.questions.map((question) => startSum(group, question))
  let num_tallied = 0
  let total_weight = 0n
  for (const { ballot, weight } of entries) {
    for (const [index, answer] of ballot.answers.entries()) sums[index]!.add(answer, weight)
    num_tallied += 1
    total_weight += weight
  }
  return { tally: sums.map((sum) => sum.finish()), num_tallied, total_weight }
}

interface RunningSum {
  add(answer: Answer, weight: bigint): void
  finish(): Shape<Ciphertext>
}

function startSum(group: Group, question: Question): RunningSum {
  return question.type === 'NonHomomorphic' ? startCollection() : startTotal(group, question)
}

function startTotal(group: Group, question: Question): RunningSum {
  const neutral = neutralCiphertext(group)
  let total: Shape<Ciphertext> = mapShape<string, Ciphertext>(choicesOf(question), () => neutral)
  return {
    add(answer, weight) {
      const weighed = mapShape<Ciphertext, Ciphertext>(answer.content.choices, (choice) =>
        weighCiphertext(group, choice, weight),
      )
      total = zipShapes(total, weighed, (a, b) => addCiphertexts(group, a, b))
    },
    finish: () => total,
  }
}

/** In an order that says nothing of the ballots': that of the ciphertexts' bytes. */
function startCollection(): RunningSum {
  const collected: Ciphertext[] = []
  return {
    add(answer, weight) {
      if (answer.type !== 'NonHomomorphic') throw new RangeError('an answer to another question')
      if (weight !== 1n) throw new RangeError('votes that are opened one by one weigh 1')
      collected.push(answer.content.choices)
    },
    finish: () => collected.sort((a, b) => compareBytes(a.alpha, b.alpha) || compareBytes(a.beta, b.beta)),
  }
}

/** One text for each number that a voter's answer has, in its shape. */
function choicesOf({ type, value }: Question): Shape<string> {
  if (type === 'Homomorphic' && value.blank === true) return ['', ...value.answers]
  return value.answers
}

export function serializeEncryptedTally(
  group: Group,
  election: SealedElection,
  tally: EncryptedTally,
): string {
  return encryptedTallyFormat(group, election).write(tally)
}

/** @returns the tally, or why its text is refused. How many ballots are in it is the caller's to compare. */
export function parseEncryptedTally(
  group: Group,
  election: SealedElection,
  json: string,
): EncryptedTally | { readonly refused: Malformation } {
  const reading = parseCanonical(encryptedTallyFormat(group, election), json)
  return reading.ok ? reading.value : { refused: reading.malformation }
}

function encryptedTallyFormat(group: Group, election: SealedElection): Format<EncryptedTally> {
  const shapes = shapesFormat(ciphertextFormat(group))
  return {
    read(json, place) {
      const tally = shapes.read(json, place)
      if (!fitsElection(election, tally)) throw new Malformed('wrong-shape', place)
      return tally
    },
    write: shapes.write,
  }
}

function fitsElection({ parameters: { questions } }: SealedElection, tally: EncryptedTally): boolean {
  return (
    questions.length === tally.length &&
    questions.every((question, index) =>
      question.type === 'NonHomomorphic'
        ? isList(tally[index]!)
        : haveSameShape(choicesOf(question), tally[index]!),
    )
  )
}

function isList(shape: Shape<Ciphertext>): boolean {
  return Array.isArray(shape) && !shape.some(Array.isArray)
}

/** What the trustees shuffle: the ciphertexts of each question whose votes are opened one by one. */
export function ciphertextsToShuffle(election: SealedElection, tally: EncryptedTally): Ciphertext[][] {
  return election.parameters.questions.flatMap(({ type }, index) =>
    type === 'NonHomomorphic' ? [Array.from(leavesOf(tally[index]!), ({ value }) => value)] : [],
  )
}

/**
 * The tally with shuffled ciphertexts in the place of those that `ciphertextsToShuffle` gave.
 *
 * @throws RangeError unless there are as many questions of them
 */
export function withShuffled(
  election: SealedElection,
  tally: EncryptedTally,
  shuffled: readonly (readonly Ciphertext[])[],
): EncryptedTally {
  const remaining = [...shuffled]
  const merged = election.parameters.questions.map(({ type }, index) =>
    type === 'NonHomomorphic' ? remaining.shift() : tally[index],
  )
  if (remaining.length > 0 || !merged.every((question) => question !== undefined)) {
    throw new RangeError('as many shuffled questions as the election has')
  }
  return merged
}
