// From the ballots to the result.
import { divide, equal, g, integersOf, product, productOf, text } from './group.js'
import { isDecryption, lagrange, proof } from './proofs.js'
import { element, ensure, integer, list, read, record, tuple, weight } from './shape.js'
import { checkShuffle, shuffleOf } from './shuffle.js'

/** The last ballot of each credential, in no order that matters. */
export function lastBallots(ballots) {
  return [...new Map(ballots.map((ballot) => [ballot.credential, ballot])).values()]
}

/** The encrypted tally: by question a sum for each answer, or all ciphertexts, sorted by bytes. */
export function tallyOf(ballots, { questions }, weights) {
  return questions.map(({ type, value: { answers, blank } }, i) => {
    const all = ballots.map(({ choices }) => choices[i])
    if (type === 'NonHomomorphic') return sorted(all)
    const powers = (pick) => all.map((choices, k) => [pick(choices), weights.get(ballots[k].credential)])
    const total = (pick) => ({
      alpha: productOf(powers((choices) => pick(choices).alpha)),
      beta: productOf(powers((choices) => pick(choices).beta)),
    })
    if (type === 'Lists') return answers.map((names, j) => names.map((_, k) => total((lists) => lists[j][k])))
    return Array.from({ length: answers.length + (blank ? 1 : 0) }, (_, j) => total((choices) => choices[j]))
  })
}

function sorted(ciphertexts) {
  const keyed = ciphertexts.map((each) => ({ key: bytesOf(each), each }))
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ each }) => each)
}

function bytesOf({ alpha, beta }) {
  return Buffer.concat([alpha, beta].map((each) => Buffer.from(text(each), 'hex').reverse()))
}

export function checkTally({ json, encrypted_tally }, tally, ballots, weights) {
  const { num_tallied, total_weight } = read(sizedTally, json, 'sized_encrypted_tally')
  const total = ballots.reduce((sum, { credential }) => sum + weights.get(credential), 0n)
  ensure(
    num_tallied === ballots.length,
    'the number of ballots is not the number of credentials that were used',
  )
  ensure(total_weight === total, 'the total weight is not that of the ballots')
  const written = JSON.stringify(deep(tally, ({ alpha, beta }) => ({ alpha: text(alpha), beta: text(beta) })))
  ensure(encrypted_tally === written, 'the encrypted tally is not that of the ballots')
  return total
}
const sizedTally = record({ num_tallied: integer, total_weight: weight, encrypted_tally: (json) => json })

/** @returns the tally after all shuffles */
export function applyShuffles(tally, events, election, trustees) {
  const open = election.questions.flatMap(({ type }, i) => (type === 'NonHomomorphic' ? [i] : []))
  const owners = readOwners(events, trustees)
  let shuffled = tally
  for (const [k, { payload }] of events.entries()) {
    const sizes = open.map((i) => shuffled[i].length)
    const { ciphertexts, proofs } = read(shuffleOf(sizes), payload, `shuffle of trustee ${owners[k]}`)
    for (const [n, i] of open.entries()) checkShuffle(shuffled[i], ciphertexts[n], proofs[n], election)
    shuffled = shuffled.map((each, i) => (open.includes(i) ? ciphertexts[open.indexOf(i)] : each))
  }
  return shuffled
}

/** @returns by trustee, from 1, the factor of each ciphertext of the tally */
export function readDecryptions(tally, events, { fingerprint }, trustees) {
  const shape = record({ decryption_factors: like(tally, element), decryption_proofs: like(tally, proof) })
  const keys = trustees.flatMap(({ keys }) => keys)
  const owners = readOwners(events, trustees)
  return new Map(
    events.map(({ payload }, k) => {
      const decryption = read(shape, payload, `decryption of trustee ${owners[k]}`)
      const [factors, proofs] = [decryption.decryption_factors, decryption.decryption_proofs].map(flat)
      for (const [j, { alpha }] of flat(tally).entries()) {
        const holds = isDecryption(fingerprint, keys[owners[k] - 1], alpha, factors[j], proofs[j])
        ensure(holds, `trustee ${owners[k]} decrypted something else, or with another key`)
      }
      return [owners[k], factors]
    }),
  )
}

/** Who did it, of all trustees from 1, and each but once. */
function readOwners(events, trustees) {
  const known = trustees.flatMap(({ keys }) => keys).length
  const owners = events.map(({ json }) => JSON.parse(json).owner)
  ensure(
    owners.every((owner) => 1 <= owner && owner <= known),
    'somebody who is no trustee took part',
  )
  ensure(new Set(owners).size === owners.length, 'a trustee took part twice')
  return owners
}

/** The published result is what the factors of all trustees, or of as many as are needed, make of the tally. */
export function checkResult(json, tally, decryptions, { questions }, trustees, totalWeight) {
  const factors = combine(decryptions, trustees)
  const opened = flat(tally).map(({ beta }, j) => divide(beta, factors[j]))
  let next = 0
  const plaintexts = deep(tally, () => opened[next++])
  const shapes = questions.map(({ type, value: { answers } }, i) =>
    type === 'NonHomomorphic' ? list(list(integer, answers.length), tally[i].length) : like(tally[i], weight),
  )
  const { result } = read(record({ result: tuple(shapes) }), json, 'result')
  for (const [i, { type, value }] of questions.entries()) {
    const holds =
      type === 'NonHomomorphic'
        ? plaintexts[i].every(
            (each, k) => String(integersOf(each, value.answers.length)) === String(result[i][k]),
          )
        : flat(plaintexts[i]).every((each, j) => isTotal(flat(result[i])[j], each, totalWeight))
    ensure(holds, `the result of question ${i + 1} is not what was opened`)
  }
  return result
}

/** A total is found by trying: g to its power is what was opened, which holds for one number only below q. */
function isTotal(total, opened, totalWeight) {
  return total <= totalWeight && equal(opened, product([g, total]))
}

/** F: for each ciphertext the product of the factors, those of a threshold key to the power of their λ. */
function combine(decryptions, trustees) {
  let before = 0
  const powers = trustees.flatMap(({ threshold, keys }) => {
    const first = before
    before += keys.length
    const indexes = keys.map((_, i) => i + 1).filter((i) => decryptions.has(first + i))
    ensure(indexes.length >= threshold, 'a trustee who is needed did not decrypt')
    const used = indexes.slice(0, threshold)
    return used.map((i) => [decryptions.get(first + i), lagrange(i, used)])
  })
  return powers[0][0].map((_, j) => productOf(powers.map(([factors, λ]) => [factors[j], λ])))
}

function flat(nested) {
  return nested.flat(2)
}

function deep(nested, change) {
  return Array.isArray(nested) ? nested.map((each) => deep(each, change)) : change(nested)
}

/** The shape of lists as deep and as long as these, of such items. */
function like(nested, item) {
  return Array.isArray(nested) ? tuple(nested.map((each) => like(each, item))) : item
}
