import { arrayOf, type Format, record, tuple } from './canonical-json.ts'
import { type Ciphertext, ciphertextFormat, sumCiphertexts } from './ciphertext.ts'
import { proveDisjunction, verifyDisjunction } from './disjunction.ts'
import type { Group } from './group.ts'
import { proveInterval, verifyInterval } from './interval-proof.ts'
import { type NonzeroProof, nonzeroProofFormat, proveNonzero, verifyNonzero } from './nonzero-proof.ts'
import { branchFor, encryptBit, type Opening, sumOpenings, wipeOpenings } from './opening.ts'
import { type Proof, proofFormat } from './proof.ts'
import type { ListsQuestion } from './question.ts'
import { type AnswerContext, bindingWith } from './transcript.ts'

/** For each list, a ciphertext of 0 or 1 for the list itself, then one for each candidate. */
export interface ListAnswer {
  readonly choices: readonly (readonly Ciphertext[])[]
  /** For each choice, that it is 0 or 1. */
  readonly individual_proofs: readonly (readonly (readonly Proof[])[])[]
  /** That exactly one list is chosen. */
  readonly overall_proof: Proof
  /** For each list, that it is chosen or none of its candidates is. */
  readonly list_proofs: readonly (readonly Proof[])[]
  /** That some candidate is chosen. */
  readonly nonzero_proof: NonzeroProof
}

const bit = { from: 0, to: 1 }
const exactlyOne = { from: 1, to: 1 }

export function listAnswerFormat(group: Group, question: ListsQuestion): Format<ListAnswer> {
  const forEachChoice = <T>(item: Format<T>): Format<T[][]> =>
    tuple<T[][]>(...question.answers.map((list) => arrayOf(list.length, item)))
  return record({
    choices: forEachChoice(ciphertextFormat(group)),
    individual_proofs: forEachChoice(arrayOf(2, proofFormat)),
    overall_proof: proofFormat,
    list_proofs: arrayOf(question.answers.length, arrayOf(2, proofFormat)),
    nonzero_proof: nonzeroProofFormat(group),
  })
}

/**
 * @param choices in the shape of the question's answers, 0 or 1 each.
 * @throws RangeError unless one list is chosen and, in it alone, at least one candidate
 */
export function createListAnswer(
  group: Group,
  {
    question,
    choices,
    publicKey,
    binding,
  }: { question: ListsQuestion; choices: readonly (readonly number[])[] } & AnswerContext,
): ListAnswer {
  const fits = question.answers.every((list, index) => list.length === choices[index]?.length)
  if (!fits || choices.length !== question.answers.length) {
    throw new RangeError('one choice for each list and for each of its candidates')
  }
  const openings = choices.map((list) => list.map((choice) => encryptBit(group, publicKey, choice)))
  const ciphertexts = openings.map((list) => list.map(({ ciphertext }) => ciphertext))
  const fullBinding = bindingWith(binding, ciphertexts.flat())
  const lists = openings.map(([list]) => list!)
  const candidates = openings.map(([, ...inside]) => sumOpenings(group, inside))
  const numberOfLists = sumOpenings(group, lists)
  const numberOfCandidates = sumOpenings(group, candidates)
  const context = { publicKey, binding: fullBinding }

  const [overall_proof] = proveInterval(group, { opening: numberOfLists, interval: exactlyOne, ...context })
  const answer = {
    choices: ciphertexts,
    individual_proofs: openings.map((list) =>
      list.map((opening) => proveInterval(group, { opening, interval: bit, publicKey, binding })),
    ),
    overall_proof: overall_proof!,
    list_proofs: lists.map((list, index) =>
      proveList(group, { list, candidates: candidates[index]!, ...context }),
    ),
    nonzero_proof: proveNonzero(group, { opening: numberOfCandidates, ...context }),
  }
  wipeOpenings(group, [...openings.flat(), ...candidates, numberOfLists, numberOfCandidates])
  return answer
}

function proveList(
  group: Group,
  { list, candidates, publicKey, binding }: { list: Opening; candidates: Opening } & AnswerContext,
): Proof[] {
  if (list.value === 0 && candidates.value !== 0) throw new RangeError('a candidate of another list')
  return proveDisjunction(group, {
    publicKey,
    branches: [branchFor(group, list, 1), branchFor(group, candidates, 0)],
    trueBranch: 1 - list.value,
    prefix: `lproof|${binding}|`,
  })
}

/** @returns where the first proof is that fails, such as `list_proofs[2]`, or undefined. */
export function findWrongListProof(
  group: Group,
  { answer, publicKey, binding }: { answer: ListAnswer } & AnswerContext,
): string | undefined {
  const context = { publicKey, binding: bindingWith(binding, answer.choices.flat()) }
  const lists = answer.choices.map(([list]) => list!)
  const candidates = answer.choices.map(([, ...inside]) => sumCiphertexts(group, inside))

  const oneList = verifyInterval(group, {
    ciphertext: sumCiphertexts(group, lists),
    interval: exactlyOne,
    proofs: [answer.overall_proof],
    ...context,
  })
  if (!oneList) return 'overall_proof'

  const ciphertext = sumCiphertexts(group, candidates)
  if (!verifyNonzero(group, { ciphertext, proof: answer.nonzero_proof, ...context })) return 'nonzero_proof'

  const wrongList = lists.findIndex(
    (list, index) =>
      !verifyDisjunction(group, {
        publicKey,
        claims: [
          { ciphertext: list, value: 1 },
          { ciphertext: candidates[index]!, value: 0 },
        ],
        proofs: answer.list_proofs[index]!,
        prefix: `lproof|${context.binding}|`,
      }),
  )
  if (wrongList >= 0) return `list_proofs[${wrongList}]`
  return findWrongChoice(group, { answer, publicKey, binding })
}

function findWrongChoice(
  group: Group,
  { answer, publicKey, binding }: { answer: ListAnswer } & AnswerContext,
): string | undefined {
  for (const [index, list] of answer.choices.entries()) {
    const wrong = list.findIndex((ciphertext, position) => {
      const proofs = answer.individual_proofs[index]![position]!
      return !verifyInterval(group, { ciphertext, interval: bit, proofs, publicKey, binding })
    })
    if (wrong >= 0) return `individual_proofs[${index}][${wrong}]`
  }
  return undefined
}
