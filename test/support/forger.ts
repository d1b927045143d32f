import { type ArchiveRecord, archiveBytes, recordOf } from '../../src/sealing/archive.ts'
import { sealBallot } from '../../src/sealing/ballot.ts'
import { crewOfOne } from '../../src/sealing/crew.ts'
import { partialDecryption, serializePartialDecryption } from '../../src/sealing/decryption.ts'
import { sha256Base64 } from '../../src/sealing/encoding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { proofFormat, proveKnowledge } from '../../src/sealing/proof.ts'
import { tarHeader } from '../../src/sealing/tar.ts'
import {
  approval,
  type BoardTexts,
  boardSteps,
  type HeldElection,
  holdElection,
  ranking,
} from './held-election.ts'

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

export type JsonPath = readonly (string | number)[]

/** The JSON with what is at a path of it made another; undefined takes it away. */
export function changedAt(json: string, path: JsonPath, change: (value: unknown) => unknown): string {
  const parsed = JSON.parse(json)
  const within = path.slice(0, -1).reduce((outer, step) => outer[step], parsed)
  const last = path.at(-1)!
  within[last] = change(within[last])
  return JSON.stringify(parsed)
}

/** No point of the curve has this for its y. */
export const noPoint = '2'.padStart(64, '0')

/** The element that is zero times the base. */
export const identity = '1'.padStart(64, '0')

/** Another number of as many digits. */
export function anotherNumber(decimal: unknown): string {
  const digits = String(decimal)
  return digits.slice(0, -1) + ((Number(digits.at(-1)) + 1) % 10)
}

export function zeroBefore(decimal: unknown): string {
  return `0${decimal}`
}

export function withoutFirst(list: unknown): unknown[] {
  return (list as unknown[]).slice(1)
}

/** A ballot in which something is changed, and which its voter signs after that. @param ballot from 0 */
export function resigned(
  { texts, voters, voterSecrets }: HeldElection,
  ballot: number,
  path: JsonPath,
  change: (value: unknown) => unknown,
): string {
  const { signature: _, ...unsigned } = JSON.parse(changedAt(texts.ballots[ballot]!, path, change))
  const hash = sha256Base64(group, JSON.stringify(unsigned))
  const secret = voterSecrets[voters[ballot]!]!
  const proof = proveKnowledge(group, { secret, bases: [group.base], prefix: `sig|${hash}|` })
  const signature = { hash, proof: JSON.parse(proofFormat.write(proof)) }
  return JSON.stringify({ ...unsigned, signature })
}

/** Seconds since 1970. */
export const timestamp = 1_795_252_448

export function archiveOfRecords(records: readonly ArchiveRecord[]): Buffer {
  return Buffer.concat([...archiveBytes({ timestamp, records })])
}

/** A file as tar has it, under any name and with any bytes. */
export function tarFile(name: string, content: Uint8Array, dated = timestamp): Buffer {
  const padding = Buffer.alloc(-content.length & 511)
  return Buffer.concat([tarHeader({ name, size: content.length, timestamp: dated }), content, padding])
}

/** The archive of an election of which one event adds other data, and everything is chained anew. */
export function rechained(
  texts: BoardTexts,
  height: number,
  change: (data: readonly string[]) => readonly string[],
): Buffer {
  let parent: string | undefined
  const records = boardSteps(group, texts).flatMap((step, at): ArchiveRecord[] => {
    const bodies = step.records.slice(0, -1).map(({ body }) => body)
    const data = (at === height ? change(bodies) : bodies).map((body) => recordOf(group, 'data', body))
    const { parent: _, payload: __, ...event } = JSON.parse(step.records.at(-1)!.body)
    const payload = data.at(-1)?.hash
    const chained = recordOf(group, 'event', JSON.stringify({ parent, ...event, payload }))
    parent = chained.hash
    return [...data, chained]
  })
  return archiveOfRecords(records)
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
  return JSON.stringify([identity, ...entries].sort())
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
