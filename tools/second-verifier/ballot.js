// One ballot: who cast it, and that each of its answers is one that the question allows.
import { base64, sha256Hex, text } from './group.js'
import * as proofs from './proofs.js'
import { constant, element, ensure, list, matching, read, record, tuple } from './shape.js'

const { ciphertext, nonzeroProof, oneIsZero, proof } = proofs
const bitProof = tuple([proof, proof])

/** The shape of the answer to a question. */
function answerTo({ type, value: { answers, blank, min, max } }) {
  const interval = max - min + 1
  const choices = answers.length + (blank ? 1 : 0)
  switch (type) {
    case 'Homomorphic':
      return record({
        choices: list(ciphertext, choices),
        individual_proofs: list(bitProof, choices),
        overall_proof: list(proof, interval + (blank ? 1 : 0)),
        ...(blank && { blank_proof: tuple([proof, proof]) }),
      })
    case 'NonHomomorphic':
      return record({ choices: ciphertext, proof })
    case 'Lists':
      return record({
        choices: tuple(answers.map((names) => list(ciphertext, names.length))),
        individual_proofs: tuple(answers.map((names) => list(bitProof, names.length))),
        overall_proof: proof,
        list_proofs: list(tuple([proof, proof]), answers.length),
        nonzero_proof: nonzeroProof,
      })
  }
}

/** @returns a function that makes of a ballot's text its credential, as text, and its choices by question */
export function ballotReader(election, credentials) {
  const { uuid, fingerprint, questions, public_key: y } = election
  const shape = record({
    election_uuid: constant(uuid),
    election_hash: constant(fingerprint),
    credential: matching(/^[0-9a-f]{64}$/),
    answers: tuple(questions.map(answerTo)),
    signature: record({ hash: matching(/^[A-Za-z0-9+/]{43}$/), proof }),
  })
  return (json) => {
    const { credential, answers, signature } = read(shape, json, 'ballot')
    ensure(credentials.has(credential), 'a ballot is of nobody on the list of credentials')
    const { signature: _, ...unsigned } = JSON.parse(json)
    ensure(
      signature.hash === base64(sha256Hex(JSON.stringify(unsigned))),
      'a ballot is not the one that was signed',
    )
    const isSigned = proofs.knowsLogarithm(
      `sig|${signature.hash}|`,
      element(credential, 'credential'),
      signature.proof,
    )
    ensure(isSigned, 'a ballot is not signed with its credential')
    for (const [i, question] of questions.entries()) {
      check[question.type](answers[i], question.value, `${fingerprint}|${credential}`, y)
    }
    return { credential, choices: answers.map(({ choices }) => choices) }
  }
}

const check = {
  Homomorphic(answer, { blank, min, max }, S0, y) {
    const { choices, individual_proofs, overall_proof, blank_proof } = answer
    checkBits(choices, individual_proofs, S0, y)
    const S = bound(S0, choices)
    const limits = Array.from({ length: max - min + 1 }, (_, i) => min + i)
    if (!blank) {
      const total = proofs.sum(choices)
      ensure(proofs.isOneOf(limits, S, y, total, overall_proof), 'an answer has too few or too many choices')
      return
    }
    const [first, ...others] = choices
    const total = proofs.sum(others)
    ensure(oneIsZero(`bproof0|${S}|`, y, [first, total], blank_proof), 'a blank answer has choices')
    const cases = [proofs.less(first, 1), ...limits.map((limit) => proofs.less(total, limit))]
    ensure(oneIsZero(`bproof1|${S}|`, y, cases, overall_proof), 'an answer has too few or too many choices')
  },
  NonHomomorphic({ choices, proof }, _, S0, y) {
    const prefix = `raweg|${S0}|${text(y)},${proofs.textOf(choices)}|`
    ensure(proofs.knowsLogarithm(prefix, choices.alpha, proof), 'an answer was copied from another')
  },
  Lists({ choices, individual_proofs, overall_proof, list_proofs, nonzero_proof }, _, S0, y) {
    checkBits(choices.flat(), individual_proofs.flat(), S0, y)
    const S = bound(S0, choices.flat())
    const lists = proofs.sum(choices.map(([list]) => list))
    ensure(proofs.isOneOf([1], S, y, lists, [overall_proof]), 'an answer is not for one list')
    for (const [i, [list, ...candidates]] of choices.entries()) {
      const cases = [proofs.less(list, 1), proofs.sum(candidates)]
      ensure(
        oneIsZero(`lproof|${S}|`, y, cases, list_proofs[i]),
        'an answer is for candidates of another list',
      )
    }
    const candidates = proofs.sum(choices.flatMap(([, ...candidates]) => candidates))
    ensure(proofs.isNotZero(S, y, candidates, nonzero_proof), 'an answer is for no candidate')
  },
}

function checkBits(choices, bitProofs, S0, y) {
  for (const [i, choice] of choices.entries()) {
    ensure(proofs.isOneOf([0, 1], S0, y, choice, bitProofs[i]), 'a choice is neither 0 nor 1')
  }
}

/** S: what the proofs over a whole answer are bound to. */
function bound(S0, choices) {
  return `${S0}|${choices.map(proofs.textOf).join()}`
}
