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

/** As much of a ballot as enters the tally: its ciphertexts, which are small beside their proofs. */
export interface CountedBallot {
  readonly answers: readonly { readonly content: { readonly choices: Shape<Ciphertext> } }[]
}

export function withoutProofs({ answers }: CountedBallot): CountedBallot {
  return { answers: answers.map(({ content: { choices } }) => ({ content: { choices } })) }
}

export interface Tallied {
  readonly tally: EncryptedTally
  readonly num_tallied: number
  readonly total_weight: bigint
}

/** A tally on its way: ballots are added as they come, and none is kept. */
export interface RunningTally {
  /**
   * @param ballot verified; one a credential.
   * @param weight of its credential.
   * @throws RangeError if a ballot whose votes are opened one by one weighs other than 1: its weight would name it
   */
  add(ballot: CountedBallot, weight: bigint): void
  finish(): Tallied
}

export function startTally(group: Group, election: SealedElection): RunningTally {
  const sums = election.parameters.questions.map((question) => startSum(group, question))
  let num_tallied = 0
  let total_weight = 0n
  return {
    add({ answers }, weight) {
      for (const [index, { content }] of answers.entries()) sums[index]!.add(content.choices, weight)
      num_tallied += 1
      total_weight += weight
    },
    finish: () => ({ tally: sums.map((sum) => sum.finish()), num_tallied, total_weight }),
  }
}

/** Adds up ballots that are all there, as `RunningTally.add` does each. */
export function tallyBallots(
  group: Group,
  election: SealedElection,
  entries: Iterable<{ readonly ballot: CountedBallot; readonly weight: bigint }>,
): Tallied {
  const running = startTally(group, election)
  for (const { ballot, weight } of entries) running.add(ballot, weight)
  return running.finish()
}

interface RunningSum {
  add(choices: Shape<Ciphertext>, weight: bigint): void
  finish(): Shape<Ciphertext>
}

function startSum(group: Group, question: Question): RunningSum {
  return question.type === 'NonHomomorphic' ? startCollection() : startTotal(group, question)
}

function startTotal(group: Group, question: Question): RunningSum {
  const neutral = neutralCiphertext(group)
  let total: Shape<Ciphertext> = mapShape<string, Ciphertext>(choicesOf(question), () => neutral)
  return {
    add(choices, weight) {
      const weighed = mapShape<Ciphertext, Ciphertext>(choices, (choice) =>
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
    add(choices, weight) {
      if (weight !== 1n) throw new RangeError('votes that are opened one by one weigh 1')
      collected.push(...Array.from(leavesOf(choices), ({ value }) => value))
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
