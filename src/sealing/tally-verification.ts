import type { BallotBox } from './ballot-box-verification.ts'
import type { BoardCursor, EntryOf } from './board-cursor.ts'
import { parseCanonical } from './canonical-json.ts'
import { combineDecryptions, type OwnedDecryption } from './combination.ts'
import { type Crew, readTogether } from './crew.ts'
import { parsePartialDecryption, verifyPartialDecryption } from './decryption.ts'
import type { SealedElection } from './election.ts'
import { shuffleFormat, verifyElectionShuffle } from './election-shuffle.ts'
import {
  ciphertextsToShuffle,
  type EncryptedTally,
  serializeEncryptedTally,
  sizedEncryptedTallyFormat,
  type Tallied,
  tallyBallots,
  withShuffled,
} from './encrypted-tally.ts'
import type { Element, Group } from './group.ts'
import { type ElectionResult, findWrongResult, parseResult } from './result.ts'
import type { VerificationContext, VerifiedSetup } from './setup-verification.ts'
import { type CheckId, checkFailed } from './verification-report.ts'

/**
 * Makes the tally again from the ballots: its text must be the same.
 *
 * @throws CheckFailed
 */
export function verifyTally(
  group: Group,
  { tally: record, sized: sizedRecord, height }: EntryOf<'EncryptedTally'>,
  { setup: { election }, findings }: VerificationContext,
  box: BallotBox,
): EncryptedTally {
  const at = { height }
  const tallied = addUp(group, election, box)
  if (tallied === undefined || serializeEncryptedTally(group, election, tallied.tally) !== record.body) {
    throw checkFailed('tally', 'not-the-sum-of-the-ballots', record, at)
  }
  const { tally, num_tallied, total_weight } = tallied
  const sized = parseCanonical(sizedEncryptedTallyFormat, sizedRecord.body)
  if (!sized.ok) {
    throw checkFailed('tally', sized.malformation.code, sizedRecord, {
      ...at,
      part: sized.malformation.place,
    })
  }
  const { value } = sized
  if (value.num_tallied !== num_tallied) {
    throw checkFailed('tally', 'wrong-number-of-ballots', sizedRecord, { ...at, part: 'num_tallied' })
  }
  if (value.total_weight !== total_weight) {
    throw checkFailed('tally', 'wrong-total-weight', sizedRecord, { ...at, part: 'total_weight' })
  }
  if (value.encrypted_tally !== record.hash) {
    throw checkFailed('tally', 'another-tally-is-named', sizedRecord, { ...at, part: 'encrypted_tally' })
  }
  findings.pass('tally', { count: num_tallied })
  return tally
}

/**
 * Undefined where there is no sum: the points of ballots that were verified before are not looked at again, so in an
 * archive that begins otherwise they may be none.
 */
function addUp(group: Group, election: SealedElection, { last }: BallotBox): Tallied | undefined {
  try {
    return tallyBallots(group, election, last.values())
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/**
 * Verifies the shuffles that there are, each of the one before.
 *
 * @returns the tally with the ciphertexts of the last shuffle.
 * @throws CheckFailed also where an election is decrypted unshuffled, or shuffled without need.
 */
export async function verifyShuffles(
  crew: Crew,
  board: BoardCursor,
  { setup, findings, progress, isKnown }: VerificationContext,
  unshuffled: EncryptedTally,
): Promise<EncryptedTally> {
  const { election, keys } = setup
  const { publicKey, fingerprint } = election
  const owners = new Set<number>()
  let tally = unshuffled
  for await (const entry of board.entries('Shuffle')) {
    const at = { height: entry.height, trustee: entry.owner }
    if (!setup.shuffled) throw checkFailed('shuffles', 'nothing-to-shuffle', entry.work, at)
    countOwner('shuffles', entry, { keys, owners })
    const reading = await readTogether(crew, (group) => parseCanonical(shuffleFormat(group), entry.work.body))
    if (!reading.ok) {
      const { code, place: part } = reading.malformation
      throw checkFailed('shuffles', code, entry.work, { ...at, part })
    }
    const refusal = isKnown(entry.height)
      ? undefined
      : await verifyElectionShuffle(
          crew,
          {
            publicKey,
            fingerprint,
            questions: ciphertextsToShuffle(election, tally),
            progress: progress && ((done, total) => progress({ check: 'shuffles', done, total })),
          },
          reading.value,
        )
    if (refusal !== undefined) {
      const { code, ...within } = refusal
      const question = 'question' in within ? { question: shuffledQuestion(setup, within.question) } : {}
      throw checkFailed('shuffles', code, entry.work, { ...at, ...question })
    }
    tally = withShuffled(election, tally, reading.value.ciphertexts)
  }
  // After a shuffle, the end of the shuffles comes before any decryption: the chain has seen to that.
  const next = await board.peek()
  if (setup.shuffled && next?.type === 'PartialDecryption') {
    throw checkFailed('shuffles', 'not-shuffled', next.work, { height: next.height })
  }
  if (owners.size > 0) findings.pass('shuffles', { count: owners.size, of: keys.length })
  return tally
}

/** The place from 1, among all questions, of one of the non-homomorphic ones. */
function shuffledQuestion({ election }: VerifiedSetup, position: number): number {
  const shuffled = election.parameters.questions.flatMap(({ type }, i) =>
    type === 'NonHomomorphic' ? [i] : [],
  )
  return shuffled[position]! + 1
}

/**
 * Verifies the partial decryptions that there are.
 *
 * @throws CheckFailed
 */
export async function verifyDecryptions(
  crew: Crew,
  board: BoardCursor,
  { setup: { election, keys }, findings, progress, isKnown }: VerificationContext,
  tally: EncryptedTally,
): Promise<OwnedDecryption[]> {
  const decryptions: OwnedDecryption[] = []
  const owners = new Set<number>()
  for await (const entry of board.entries('PartialDecryption')) {
    const publicKey = countOwner('decryptions', entry, { keys, owners })
    const at = { height: entry.height, trustee: entry.owner }
    const decryption = await readTogether(crew, (group) => parsePartialDecryption(group, entry.work.body))
    if ('refused' in decryption) {
      const { code, place: part } = decryption.refused
      throw checkFailed('decryptions', code, entry.work, { ...at, part })
    }
    const refusal = isKnown(entry.height)
      ? undefined
      : await verifyPartialDecryption(crew, { election, publicKey, tally, decryption })
    if (refusal !== undefined) {
      throw checkFailed('decryptions', refusal.refused, entry.work, { ...at, part: refusal.place })
    }
    decryptions.push({ owner: entry.owner, decryption })
    progress?.({ check: 'decryptions', done: owners.size })
  }
  if (owners.size > 0) findings.pass('decryptions', { count: owners.size, of: keys.length })
  return decryptions
}

/**
 * Compares the result with what the partial decryptions open.
 *
 * @throws CheckFailed also where the decryption of a trustee who is needed is missing.
 */
export function verifyResult(
  group: Group,
  { result: record, height }: EntryOf<'Result'>,
  { setup: { election, trustees }, findings }: VerificationContext,
  opened: { readonly tally: EncryptedTally; readonly decryptions: readonly OwnedDecryption[] },
): ElectionResult {
  const combined = combineDecryptions(group, { trustees, ...opened })
  if ('missing' in combined) throw checkFailed('result', 'decryptions-missing', record, { height })
  const result = parseResult(election, record.body)
  if ('refused' in result) {
    throw checkFailed('result', result.refused.code, record, { height, part: result.refused.place })
  }
  const wrong = findWrongResult(group, { plaintexts: combined.plaintexts, result })
  if (wrong !== undefined) {
    throw checkFailed('result', 'not-what-was-opened', record, { height, part: `result${wrong}` })
  }
  findings.pass('result')
  return result
}

/**
 * The key of the trustee whose work an entry is.
 *
 * @throws CheckFailed if there is no such trustee, or the work was done before.
 */
function countOwner(
  check: CheckId,
  { owner, work, height }: EntryOf<'Shuffle' | 'PartialDecryption'>,
  { keys, owners }: { keys: readonly Element[]; owners: Set<number> },
): Element {
  const key = keys[owner - 1]
  if (key === undefined) throw checkFailed(check, 'no-such-trustee', work, { height, trustee: owner })
  if (owners.has(owner)) throw checkFailed(check, 'trustee-twice', work, { height, trustee: owner })
  owners.add(owner)
  return key
}
