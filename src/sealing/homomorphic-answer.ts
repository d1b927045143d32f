import { findWrongBlankProof, proveBlank } from './blank-proof.ts'
import { arrayOf, type Format, record } from './canonical-json.ts'
import { type Ciphertext, ciphertextFormat, sumCiphertexts } from './ciphertext.ts'
import type { Group } from './group.ts'
import { type Interval, proveInterval, verifyInterval } from './interval-proof.ts'
import { encryptBit, sumOpenings, wipeOpenings } from './opening.ts'
import { type Proof, proofFormat } from './proof.ts'
import type { HomomorphicQuestion } from './question.ts'
import { type AnswerContext, bindingWith } from './transcript.ts'

/** A ciphertext of 0 or 1 for each answer, after one for the blank flag where the question allows blank votes. */
export interface HomomorphicAnswer {
  readonly choices: readonly Ciphertext[]
  /** For each choice, that it is 0 or 1. */
  readonly individual_proofs: readonly (readonly Proof[])[]
  /** That the total is within the bounds, or the vote blank. */
  readonly overall_proof: readonly Proof[]
  /** That a blank vote chooses nothing. */
  readonly blank_proof?: readonly Proof[]
}

const bit: Interval = { from: 0, to: 1 }

/** The sizes follow from the question: an answer of any other shape is refused before its points are looked at. */
export function homomorphicAnswerFormat(
  group: Group,
  question: HomomorphicQuestion,
): Format<HomomorphicAnswer> {
  const withBlank = question.blank === true
  const choices = question.answers.length + (withBlank ? 1 : 0)
  const totals = question.max - question.min + 1
  const common = {
    choices: arrayOf(choices, ciphertextFormat(group)),
    individual_proofs: arrayOf(choices, arrayOf(2, proofFormat)),
  }
  return withBlank
    ? record({
        ...common,
        overall_proof: arrayOf(totals + 1, proofFormat),
        blank_proof: arrayOf(2, proofFormat),
      })
    : record({ ...common, overall_proof: arrayOf(totals, proofFormat) })
}

/**
 * @param choices 0 or 1 for each answer, after the blank flag where the question allows blank votes.
 * @throws RangeError if the question doesn't allow them
 */
export function createHomomorphicAnswer(
  group: Group,
  {
    question,
    choices,
    publicKey,
    binding,
  }: { question: HomomorphicQuestion; choices: readonly number[] } & AnswerContext,
): HomomorphicAnswer {
  const withBlank = question.blank === true
  if (choices.length !== question.answers.length + (withBlank ? 1 : 0)) {
    throw new RangeError('one choice for each answer, after the blank flag if there is one')
  }
  const interval = { from: question.min, to: question.max }
  const openings = choices.map((choice) => encryptBit(group, publicKey, choice))
  const ciphertexts = openings.map(({ ciphertext }) => ciphertext)
  const individual_proofs = openings.map((opening) =>
    proveInterval(group, { opening, interval: bit, publicKey, binding }),
  )

  const fullBinding = bindingWith(binding, ciphertexts)
  const total = sumOpenings(group, withBlank ? openings.slice(1) : openings)
  const common = { choices: ciphertexts, individual_proofs }
  const answer = withBlank
    ? { ...common, ...proveTotalOrBlank() }
    : {
        ...common,
        overall_proof: proveInterval(group, { opening: total, interval, publicKey, binding: fullBinding }),
      }
  wipeOpenings(group, [...openings, total])
  return answer

  function proveTotalOrBlank() {
    const proofs = proveBlank(group, {
      blank: openings[0]!,
      total,
      interval,
      publicKey,
      binding: fullBinding,
    })
    return { overall_proof: proofs.overallProof, blank_proof: proofs.blankProof }
  }
}

/**
 * @returns where the first proof is that fails, such as `individual_proofs[3]`, or undefined. The few proofs
 * of the total come first: a forged total is refused before the many others are computed.
 */
export function findWrongHomomorphicProof(
  group: Group,
  {
    question,
    answer,
    publicKey,
    binding,
  }: { question: HomomorphicQuestion; answer: HomomorphicAnswer } & AnswerContext,
): string | undefined {
  const context = { publicKey, binding: bindingWith(binding, answer.choices) }
  const wrongTotal = findWrongTotalProof(group, { question, answer, ...context })
  if (wrongTotal !== undefined) return wrongTotal

  const wrongChoice = answer.choices.findIndex((ciphertext, index) => {
    const proofs = answer.individual_proofs[index]!
    return !verifyInterval(group, { ciphertext, interval: bit, proofs, publicKey, binding })
  })
  return wrongChoice < 0 ? undefined : `individual_proofs[${wrongChoice}]`
}

function findWrongTotalProof(
  group: Group,
  {
    question,
    answer: { choices, overall_proof: overallProof, blank_proof: blankProof },
    ...context
  }: { question: HomomorphicQuestion; answer: HomomorphicAnswer } & AnswerContext,
): string | undefined {
  const interval = { from: question.min, to: question.max }
  if (blankProof !== undefined) {
    const [blank, ...others] = choices
    const total = sumCiphertexts(group, others)
    return findWrongBlankProof(group, {
      blank: blank!,
      total,
      interval,
      proofs: { blankProof, overallProof },
      ...context,
    })
  }
  const ciphertext = sumCiphertexts(group, choices)
  const holds = verifyInterval(group, { ciphertext, interval, proofs: overallProof, ...context })
  return holds ? undefined : 'overall_proof'
}
