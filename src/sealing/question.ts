import {
  anyJson,
  array,
  boolean,
  constant,
  type Format,
  integer,
  largestSmallInteger,
  Malformed,
  optional,
  record,
  text,
} from './canonical-json.ts'

/** Zero or one for each answer; only the totals are ever opened. */
export interface HomomorphicQuestion {
  readonly answers: readonly string[]
  /** Whether a blank vote is allowed: every answer zero, whatever `min` says. */
  readonly blank?: boolean
  /** How many answers may be one, at least and at most. */
  readonly min: number
  readonly max: number
  readonly question: string
}

/** A number from 0 to 255 for each answer; each vote is opened on its own, after the shuffles. */
export interface NonHomomorphicQuestion {
  /** At most 30. */
  readonly answers: readonly string[]
  readonly question: string
}

/** One list and, in it, at least one candidate; only the totals are ever opened. */
export interface ListsQuestion {
  /** For each list its name, then its candidates. */
  readonly answers: readonly (readonly string[])[]
  readonly question: string
}

/** `extra` is free JSON, signed with the election and ignored by the protocol: urna keeps the counting method there. */
export type Question =
  | { readonly type: 'Homomorphic'; readonly value: HomomorphicQuestion; readonly extra?: unknown }
  | { readonly type: 'NonHomomorphic'; readonly value: NonHomomorphicQuestion; readonly extra?: unknown }
  | { readonly type: 'Lists'; readonly value: ListsQuestion; readonly extra?: unknown }

/** How many small integers a plaintext point holds. */
export const mostIntegers = 30

const homomorphic: Format<HomomorphicQuestion> = record({
  answers: array(text),
  blank: optional(boolean),
  min: integer({ from: 0, to: largestSmallInteger }),
  max: integer({ from: 0, to: largestSmallInteger }),
  question: text,
})

const formats: { readonly [T in Question['type']]: Format<Extract<Question, { type: T }>> } = {
  Homomorphic: record({
    type: constant('Homomorphic'),
    value: homomorphic,
    extra: optional(anyJson),
  }),
  NonHomomorphic: record({
    type: constant('NonHomomorphic'),
    value: record({ answers: array(text), question: text }),
    extra: optional(anyJson),
  }),
  Lists: record({
    type: constant('Lists'),
    value: record({ answers: array(array(text)), question: text }),
    extra: optional(anyJson),
  }),
}

/** A homomorphic question without `extra` is written bare, as the first versions of Belenios had it. */
export const questionFormat: Format<Question> = {
  read(json, place) {
    const question = readQuestion(json, place)
    if (!isAnswerable(question)) throw new Malformed('wrong-shape', place)
    return question
  },
  write(question) {
    switch (question.type) {
      case 'Homomorphic':
        return question.extra === undefined
          ? homomorphic.write(question.value)
          : formats.Homomorphic.write(question)
      case 'NonHomomorphic':
        return formats.NonHomomorphic.write(question)
      case 'Lists':
        return formats.Lists.write(question)
    }
  },
}

function readQuestion(json: unknown, place: string): Question {
  const type = typeof json === 'object' && json !== null && 'type' in json ? json.type : undefined
  switch (type) {
    case undefined:
      return { type: 'Homomorphic', value: homomorphic.read(json, place) }
    case 'Homomorphic':
    case 'NonHomomorphic':
    case 'Lists':
      return formats[type].read(json, place)
    default:
      throw new Malformed('wrong-shape', `${place}.type`)
  }
}

function isAnswerable({ type, value }: Question): boolean {
  switch (type) {
    case 'Homomorphic':
      return value.answers.length > 0 && value.min <= value.max
    case 'NonHomomorphic':
      return value.answers.length > 0 && value.answers.length <= mostIntegers
    case 'Lists':
      return value.answers.length > 0 && value.answers.every((list) => list.length > 0)
  }
}
