import { sealBallot } from '../../src/sealing/ballot.ts'
import { crewOfOne } from '../../src/sealing/crew.ts'
import { partialDecryption, serializePartialDecryption } from '../../src/sealing/decryption.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { approval, holdElection, ranking } from './held-election.ts'

/** The elections that forgeries begin with, and what a forger needs to know. */

const group = await loadGroup()

/** Two contests, two trustees, three voters: who (from 0) cast which approvals and which ranks. */
function heldWith(ballots: readonly (readonly [voter: number, approvals: number[], ranks: number[]])[]) {
  return holdElection(group, {
    questions: [approval, ranking],
    trustees: 2,
    weights: [1n, 1n, 1n],
    ballots: ballots.map(([voter, ...choices]) => [voter, choices] as const),
  })
}

/** The first voter votes again. */
export const held = await heldWith([
  [0, [1, 0, 0], [1, 2, 3]],
  [1, [0, 1, 1], [3, 2, 1]],
  [2, [0, 0, 0], [2, 1, 3]],
  [0, [0, 1, 0], [1, 3, 2]],
])

/** One contest, with weights. */
export const weighted = await holdElection(group, {
  questions: [approval],
  trustees: 2,
  weights: [2n, 5n],
  ballots: [
    [0, [[1, 1, 0]]],
    [1, [[0, 1, 0]]],
  ],
})

/** Another election, of the same contests. */
export const stranger = await heldWith([
  [0, [1, 0, 0], [1, 2, 3]],
  [1, [1, 0, 0], [1, 2, 3]],
  [2, [1, 0, 0], [1, 2, 3]],
])

/** For each file of an archive a byte of its header, one of its content and one of its padding. */
export function oneByteOfEachPart(archive: Buffer): number[] {
  const offsets: number[] = []
  for (let start = 0; start < archive.length; ) {
    const size = Number.parseInt(archive.subarray(start + 124, start + 135).toString(), 8)
    const end = start + 512 + 512 * Math.ceil(size / 512)
    offsets.push(start + ((offsets.length * 61) % 512), start + 512 + ((offsets.length * 37) % size))
    if (start + 512 + size < end) offsets.push(start + 512 + size, end - 1)
    start = end
  }
  return offsets
}

/** The text with the last digit of the number in the pattern's first group made another. */
export function nextDigit(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found, number: string) => {
    const other = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10)
    return found.replace(number, other)
  })
}

/** The entries of a list of three in an order that is neither of the two allowed. */
export function reordered(credentials: string): string {
  const entries: string[] = JSON.parse(credentials)
  const byBytes = [...entries]
  const byText = entries.toSorted()
  const orders = [
    [0, 2, 1],
    [1, 0, 2],
    [2, 0, 1],
  ].map((order) => order.map((i) => entries[i]!))
  const wrong = orders.find((order) => String(order) !== String(byBytes) && String(order) !== String(byText))
  return JSON.stringify(wrong)
}

/** The list with the identity among its credentials, sorted as it should be. */
export function withIdentity(credentials: string): string {
  const entries: string[] = JSON.parse(credentials)
  return JSON.stringify([elementToHex(group.identity), ...entries].sort())
}

export function withoutFirstVote(json: string): string {
  const { result } = JSON.parse(json)
  return JSON.stringify({ result: [result[0], result[1].slice(1)] })
}

export function strangersBallot(): string {
  const choices = [
    [1, 0, 0],
    [1, 2, 3],
  ]
  return sealBallot(group, { election: held.sealed, secret: group.randomScalar(), choices }).json
}

async function unshuffledDecryption() {
  const { sealed: election, trusteeSecrets, tally } = held
  const decryption = await partialDecryption(crewOfOne(group), {
    election,
    secret: trusteeSecrets[0]!,
    tally,
  })
  return { owner: 1, partialDecryption: serializePartialDecryption(group, decryption) }
}

export const unshuffled = await unshuffledDecryption()
