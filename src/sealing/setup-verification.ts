import type { ArchiveRecord } from './archive.ts'
import type { EntryOf } from './board-cursor.ts'
import { parsePublicCredentials } from './credential.ts'
import { parseElection, type SealedElection } from './election.ts'
import { elementToHex, hexOf } from './encoding.ts'
import { type Element, type Group, groupOrder } from './group.ts'
import { electionPublicKey, findWrongTrustee, parseTrustees, type Trustees, trusteeKeys } from './trustee.ts'
import {
  type CheckFailed,
  type CheckId,
  checkFailed,
  type Findings,
  type Place,
  type VerificationProgress,
} from './verification-report.ts'

/** What the rest of a board is verified against. */
export interface VerifiedSetup {
  readonly election: SealedElection
  readonly trustees: Trustees
  /** The key of the trustee i + 1. */
  readonly keys: readonly Element[]
  /** By the public credential, in hex. */
  readonly weights: ReadonlyMap<string, bigint>
  /** Whether a question's votes are opened one by one, so that they must be shuffled before. */
  readonly shuffled: boolean
}

/** What each later step of a verification works with. */
export interface VerificationContext {
  readonly setup: VerifiedSetup
  readonly findings: Findings
  readonly progress: VerificationProgress
  /** Whether an event's proofs were verified before. */
  isKnown(height: number): boolean
}

/** @throws CheckFailed */
export function verifySetup(
  group: Group,
  entry: EntryOf<'Setup'>,
  election: SealedElection,
  findings: Findings,
): VerifiedSetup {
  const trustees = verifyTrustees(group, entry)
  const keys = trusteeKeys(trustees)
  findings.pass('trustees', { count: keys.length })

  if (!group.equal(electionPublicKey(group, trustees), election.publicKey)) {
    throw failure('public-key', 'not-the-sum-of-the-trustees', entry.election, { part: 'public_key' })
  }
  findings.pass('public-key')

  const shuffled = election.parameters.questions.some(({ type }) => type === 'NonHomomorphic')
  const weights = verifyTokens(group, entry, { shuffled })
  findings.pass('tokens', { count: weights.size })
  return { election, trustees, keys, weights, shuffled }
}

/**
 * The questions that `parseElection` lets pass can all be answered, but for bounds beyond their answers.
 *
 * @throws CheckFailed
 */
export function verifyElection(group: Group, entry: EntryOf<'Setup'>): SealedElection {
  const election = parseElection(group, entry.election.body)
  if ('refused' in election) {
    throw failure('election', election.refused.code, entry.election, { part: election.refused.place })
  }
  for (const [index, { type, value }] of election.parameters.questions.entries()) {
    if (type === 'Homomorphic' && value.max > value.answers.length) {
      const place = { question: index + 1, part: `questions[${index}]` }
      throw failure('election', 'more-choices-than-answers', entry.election, place)
    }
  }
  return election
}

function verifyTrustees(group: Group, entry: EntryOf<'Setup'>): Trustees {
  const trustees = parseTrustees(group, entry.trustees.body)
  if ('refused' in trustees) {
    throw failure('trustees', trustees.refused.code, entry.trustees, { part: trustees.refused.place })
  }
  if (trustees.length === 0) throw failure('trustees', 'no-trustees', entry.trustees)
  const wrong = findWrongTrustee(group, trustees)
  if (wrong !== undefined) throw failure('trustees', 'wrong-proof', entry.trustees, { part: wrong })
  return trustees
}

function verifyTokens(
  group: Group,
  { credentials: record }: EntryOf<'Setup'>,
  { shuffled }: { shuffled: boolean },
): ReadonlyMap<string, bigint> {
  const credentials = parsePublicCredentials(group, record.body)
  if ('refused' in credentials) {
    throw failure('tokens', credentials.refused.code, record, { part: credentials.refused.place })
  }
  const weights = new Map(credentials.map(({ credential, weight }) => [elementToHex(credential), weight]))
  const bytes = credentials.map(({ credential }) => hexOf(credential))
  if (!isSorted([...weights.keys()]) && !isSorted(bytes)) throw failure('tokens', 'not-sorted', record)
  const lines = record.body.split('","')
  const weighed = lines.filter((line) => line.includes(','))
  if (weighed.length > 0 && weighed.length < lines.length) {
    throw failure('tokens', 'weights-for-some-only', record)
  }
  for (const [index, { weight }] of credentials.entries()) {
    const part = `[${index}]`
    if (weight === 0n) throw failure('tokens', 'weight-zero', record, { part })
    if (shuffled && weight !== 1n) throw failure('tokens', 'weight-would-name-a-vote', record, { part })
  }
  // Totals are known modulo the order of the group only: beyond it, a weight could take votes away.
  const total = credentials.reduce((sum, { weight }) => sum + weight, 0n)
  if (total >= groupOrder) throw failure('tokens', 'weights-too-large', record)
  return weights
}

/**
 * In the order of the hexadecimal text or of the bytes, which it has in reverse: writers differ, but any other
 * order may tell in which the tokens were made.
 */
function isSorted(texts: readonly string[]): boolean {
  return texts.every((text, i) => i === 0 || texts[i - 1]! < text)
}

function failure(
  check: CheckId,
  reason: string,
  record: ArchiveRecord,
  place: Pick<Place, 'part' | 'question'> = {},
): CheckFailed {
  return checkFailed(check, reason, record, { height: 0, ...place })
}
