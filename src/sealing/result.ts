import {
  array,
  arrayOf,
  type Format,
  integer,
  type Malformation,
  parseCanonical,
  record,
  tuple,
  weight,
} from './canonical-json.ts'
import { discreteLogarithm } from './discrete-logarithm.ts'
import type { SealedElection } from './election.ts'
import { extractIntegers } from './embedding.ts'
import { scalarFromInteger } from './encoding.ts'
import { type Element, type Group, groupOrder } from './group.ts'
import type { Question } from './question.ts'
import { leavesOf, type Shape } from './shape.ts'

/** The opened tally of one question. */
export type QuestionResult =
  /** The weight of each answer, after that of the blank votes where they are allowed. */
  | { readonly type: 'Homomorphic'; readonly totals: readonly bigint[] }
  /** The integers of every vote, in the order of the last shuffle. */
  | { readonly type: 'NonHomomorphic'; readonly votes: readonly (readonly number[])[] }
  /** For each list its weight, then those of its candidates. */
  | { readonly type: 'Lists'; readonly totals: readonly (readonly bigint[])[] }

export type ElectionResult = readonly QuestionResult[]

/** `{"result":[…]}` */
export function serializeResult(election: SealedElection, result: ElectionResult): string {
  return resultFormat(election).write({ result })
}

/** @returns the result as it is claimed, or why its text is refused. */
export function parseResult(
  election: SealedElection,
  json: string,
): ElectionResult | { readonly refused: Malformation } {
  const reading = parseCanonical(resultFormat(election), json)
  return reading.ok ? reading.value.result : { refused: reading.malformation }
}

function resultFormat({ parameters }: SealedElection): Format<{ readonly result: ElectionResult }> {
  return record({ result: tuple<ElectionResult>(...parameters.questions.map(questionResultFormat)) })
}

function questionResultFormat(question: Question): Format<QuestionResult> {
  return {
    read(json, place) {
      const { type, value } = question
      switch (type) {
        case 'Homomorphic': {
          const size = value.answers.length + (value.blank === true ? 1 : 0)
          return { type, totals: arrayOf(size, weight).read(json, place) }
        }
        case 'NonHomomorphic':
          return { type, votes: array(arrayOf(value.answers.length, byte)).read(json, place) }
        case 'Lists': {
          const lists = tuple<bigint[][]>(...value.answers.map(({ length }) => arrayOf(length, weight)))
          return { type, totals: lists.read(json, place) }
        }
      }
    },
    write(result) {
      switch (result.type) {
        case 'Homomorphic':
          return array(weight).write([...result.totals])
        case 'NonHomomorphic':
          return array(array(byte)).write(result.votes.map((vote) => [...vote]))
        case 'Lists':
          return array(array(weight)).write(result.totals.map((list) => [...list]))
      }
    },
  }
}

const byte = integer({ from: 0, to: 255 })

/**
 * Reads the opened points of a tally.
 *
 * @param plaintexts from `combineDecryptions`.
 * @param totalWeight of all tallied ballots: no total is larger.
 * @returns the result, or the index of a question of which a point encodes no total up to that weight
 */
export function readResult(
  group: Group,
  {
    election,
    plaintexts,
    totalWeight,
  }: { election: SealedElection; plaintexts: readonly Shape<Element>[]; totalWeight: bigint },
): { readonly result: ElectionResult } | { readonly unreadable: number } {
  const { questions } = election.parameters
  const opened = questions.map((_, index) => pointsOf(plaintexts[index]!))
  const totals = questions.reduce(
    (sum, { type }, index) => (type === 'NonHomomorphic' ? sum : sum + opened[index]!.length),
    0,
  )
  const logarithm = discreteLogarithm(group, { largest: totalWeight, expected: totals })

  const result: QuestionResult[] = []
  for (const [index, question] of questions.entries()) {
    const read = readQuestion(question, opened[index]!, logarithm)
    if (read === undefined) return { unreadable: index }
    result.push(read)
  }
  return { result }
}

function readQuestion(
  { type, value }: Question,
  points: readonly Element[],
  logarithm: (point: Element) => bigint | undefined,
): QuestionResult | undefined {
  if (type === 'NonHomomorphic') {
    return { type, votes: points.map((point) => extractIntegers(point, value.answers.length)) }
  }
  const totals = points.map(logarithm).filter((total) => total !== undefined)
  if (totals.length < points.length) return undefined
  if (type === 'Homomorphic') return { type, totals }
  return { type, totals: value.answers.map((list) => list.map(() => totals.shift()!)) }
}

/**
 * Checks a claimed result against the opened points, without searching for logarithms.
 *
 * @returns where the first difference is, such as `[0][2]`, or undefined
 */
export function findWrongResult(
  group: Group,
  { plaintexts, result }: { plaintexts: readonly Shape<Element>[]; result: ElectionResult },
): string | undefined {
  if (plaintexts.length !== result.length) return ''
  for (const [index, claimed] of result.entries()) {
    const holds = comparison(group, claimed)
    const points = pointsOf(plaintexts[index]!)
    if (points.length !== holds.length) return `[${index}]`
    const wrong = points.findIndex((point, at) => !holds[at]!(point))
    if (wrong >= 0) return `[${index}][${wrong}]`
  }
  return undefined
}

/** For each number or vote of the claim, whether a point encodes it. */
function comparison(group: Group, claimed: QuestionResult): ((point: Element) => boolean)[] {
  switch (claimed.type) {
    case 'NonHomomorphic':
      return claimed.votes.map(
        (vote) => (point) => String(extractIntegers(point, vote.length)) === String(vote),
      )
    case 'Homomorphic':
    case 'Lists':
      return claimed.totals
        .flat()
        .map((total) => (point) => total < groupOrder && group.equal(multipleOfBase(group, total), point))
  }
}

function multipleOfBase(group: Group, total: bigint): Element {
  return group.multiplyBase(scalarFromInteger(total))
}

function pointsOf(shape: Shape<Element>): Element[] {
  return Array.from(leavesOf(shape), ({ value }) => value)
}
