import { parseCanonical, type Reading } from './canonical-json.ts'
import type { Group } from './group.ts'
import {
  createHomomorphicAnswer,
  findWrongHomomorphicProof,
  type HomomorphicAnswer,
  homomorphicAnswerFormat,
} from './homomorphic-answer.ts'
import { createListAnswer, findWrongListProof, type ListAnswer, listAnswerFormat } from './list-answer.ts'
import {
  createNonHomomorphicAnswer,
  type NonHomomorphicAnswer,
  nonHomomorphicAnswerFormat,
  verifyNonHomomorphicAnswer,
} from './non-homomorphic-answer.ts'
import type { HomomorphicQuestion, ListsQuestion, NonHomomorphicQuestion, Question } from './question.ts'
import type { AnswerContext } from './transcript.ts'

/** An encrypted answer beside the question it answers. */
export type Answer =
  | {
      readonly type: 'Homomorphic'
      readonly question: HomomorphicQuestion
      readonly content: HomomorphicAnswer
    }
  | {
      readonly type: 'NonHomomorphic'
      readonly question: NonHomomorphicQuestion
      readonly content: NonHomomorphicAnswer
    }
  | { readonly type: 'Lists'; readonly question: ListsQuestion; readonly content: ListAnswer }

/** What a voter answers, in the order of the question's answers; nested for a question of lists. */
export type PlainAnswer = readonly number[] | readonly (readonly number[])[]

/** Reads the one canonical text of an answer to this question; every point is checked. */
export function parseAnswer(group: Group, question: Question, json: string): Reading<Answer> {
  switch (question.type) {
    case 'Homomorphic': {
      const reading = parseCanonical(homomorphicAnswerFormat(group, question.value), json)
      return reading.ok
        ? read({ type: question.type, question: question.value, content: reading.value })
        : reading
    }
    case 'NonHomomorphic': {
      const reading = parseCanonical(nonHomomorphicAnswerFormat(group), json)
      return reading.ok
        ? read({ type: question.type, question: question.value, content: reading.value })
        : reading
    }
    case 'Lists': {
      const reading = parseCanonical(listAnswerFormat(group, question.value), json)
      return reading.ok
        ? read({ type: question.type, question: question.value, content: reading.value })
        : reading
    }
  }
}

function read(value: Answer): Reading<Answer> {
  return { ok: true, value }
}

export function serializeAnswer(group: Group, { type, question, content }: Answer): string {
  switch (type) {
    case 'Homomorphic':
      return homomorphicAnswerFormat(group, question).write(content)
    case 'NonHomomorphic':
      return nonHomomorphicAnswerFormat(group).write(content)
    case 'Lists':
      return listAnswerFormat(group, question).write(content)
  }
}

/** @throws RangeError if the question doesn't allow this answer */
export function createAnswer(
  group: Group,
  { question, choices, ...context }: { question: Question; choices: PlainAnswer } & AnswerContext,
): Answer {
  const { type, value } = question
  switch (type) {
    case 'Homomorphic': {
      const content = createHomomorphicAnswer(group, { question: value, choices: flat(choices), ...context })
      return { type, question: value, content }
    }
    case 'NonHomomorphic': {
      const content = createNonHomomorphicAnswer(group, {
        question: value,
        integers: flat(choices),
        ...context,
      })
      return { type, question: value, content }
    }
    case 'Lists': {
      const content = createListAnswer(group, { question: value, choices: nested(choices), ...context })
      return { type, question: value, content }
    }
  }
}

/** @returns where in the answer the first proof is that fails, or undefined. */
export function findWrongProof(
  group: Group,
  { type, question, content: answer }: Answer,
  context: AnswerContext,
): string | undefined {
  switch (type) {
    case 'Homomorphic':
      return findWrongHomomorphicProof(group, { question, answer, ...context })
    case 'NonHomomorphic':
      return verifyNonHomomorphicAnswer(group, { answer, ...context }) ? undefined : 'proof'
    case 'Lists':
      return findWrongListProof(group, { answer, ...context })
  }
}

function flat(choices: PlainAnswer): readonly number[] {
  if (!isFlat(choices)) throw new RangeError('one number for each answer')
  return choices
}

function nested(choices: PlainAnswer): readonly (readonly number[])[] {
  if (isFlat(choices)) throw new RangeError('one list of numbers for each list')
  return choices
}

function isFlat(choices: PlainAnswer): choices is readonly number[] {
  return choices.every((choice) => typeof choice === 'number')
}
