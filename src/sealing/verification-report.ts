import { type ArchiveRecord, recordName } from './archive.ts'
import type { BoardStage } from './event.ts'
import type { ElectionResult } from './result.ts'
import type { VerifiedPrefix } from './verified-prefix.ts'

/** What a verification looks at, in the order in which each needs the ones before. */
export const checkIds = [
  'archive',
  'chain',
  'election',
  'trustees',
  'public-key',
  'tokens',
  'ballots',
  'tally',
  'shuffles',
  'decryptions',
  'result',
] as const

export type CheckId = (typeof checkIds)[number]

/** Where in the archive a check failed. */
export interface Place {
  /** The name of the file in the archive. */
  readonly file: string
  /** The height of the event that adds the file. */
  readonly height: number
  /** The trustee whose work it is, from 1. */
  readonly trustee?: number
  /** The contest, from 1. */
  readonly question?: number
  /** Where in the file's JSON, such as `answers[0].overall_proof`. */
  readonly part?: string
}

export interface Check {
  readonly id: CheckId
  /** What holds if the check passed, for a person who knows nothing of cryptography. */
  readonly sentence: string
  /** `not-reached`: the election is not that far, or something before it failed. */
  readonly outcome: 'passed' | 'failed' | 'not-reached'
  /** How many were looked at, if it passed. */
  readonly count?: number
  readonly place?: Place
  /** A code, such as `wrong-signature`. */
  readonly reason?: string
}

export interface VerificationReport {
  /** `verified`: no check failed. How far the election is, `stage` says. */
  readonly outcome: 'verified' | 'failed'
  readonly stage: BoardStage
  /** Undefined if it could not be read. */
  readonly election?: { readonly name: string; readonly uuid: string; readonly fingerprint: string }
  /** Those that the election calls for: without a contest to shuffle, there is none of shuffles. */
  readonly checks: readonly Check[]
  /** Verified ballots, recasts among them. */
  readonly ballots: number
  /** Tokens of the election. */
  readonly voters: number
  /** Ballots that a later one of the same token replaced. */
  readonly recasts: number
  /** Undefined before the end, and if a check failed. */
  readonly result?: ElectionResult
  /** SHA-256 of the last event, in hex; undefined if there is none. */
  readonly head?: string
  /** SHA-256 of all bytes of the archive, in hex. */
  readonly archiveHash: string
  /** What a later verification may go on from; undefined if a check failed. */
  readonly prefix?: VerifiedPrefix
}

/** Told how many ballots, ciphertexts or decryptions a check has been through; of how many, where known. */
export type VerificationProgress =
  | ((step: { readonly check: CheckId; readonly done: number; readonly total?: number }) => void)
  | undefined

/** What the checks found. */
export interface Findings {
  /** @param of the whole of which `count` is a part. */
  pass(check: CheckId, counted?: { readonly count: number; readonly of?: number }): void
  fail(failure: Failure): void
  /** All checks, those that neither passed nor failed as not reached. */
  checks(): Check[]
}

export interface Failure {
  readonly check: CheckId
  readonly reason: string
  readonly place?: Place
}

/** Thrown inside a verification, and caught by `verifyArchive`: nothing that needs the check can go on. */
export class CheckFailed extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(`${failure.check}: ${failure.reason}`)
    this.failure = failure
  }
}

/** @param place beside the file, which is the record's; an empty part is left out. */
export function checkFailed(
  check: CheckId,
  reason: string,
  record: ArchiveRecord,
  { part, ...place }: Omit<Place, 'file'>,
): CheckFailed {
  const where = { file: recordName(record), ...place, ...(part ? { part } : {}) }
  return new CheckFailed({ check, reason, place: where })
}

export function startFindings(): Findings {
  const found = new Map<CheckId, Check>()
  return {
    pass(id, counted) {
      const sentence = sentences[id](counted)
      found.set(id, { id, sentence, outcome: 'passed', ...(counted && { count: counted.count }) })
    },
    fail({ check: id, reason, place }) {
      found.set(id, { id, sentence: sentences[id](), outcome: 'failed', reason, ...(place && { place }) })
    },
    checks: () =>
      checkIds.map((id) => found.get(id) ?? { id, sentence: sentences[id](), outcome: 'not-reached' }),
  }
}

type Counted = { readonly count: number; readonly of?: number } | undefined

const sentences: Readonly<Record<CheckId, (counted?: Counted) => string>> = {
  archive: (counted) =>
    `${many(counted, 'file')}The archive is complete, and every byte is as the format wants it.`,
  chain: (counted) =>
    `${many(counted, 'event')}Each names the one before, comes in its turn, and has the data that it names.`,
  election: () => 'The description of the election is complete and makes sense.',
  trustees: (counted) => `${many(counted, 'trustee')}Each proves to know the secret half of their key.`,
  'public-key': () => 'Ballots are sealed with the keys of all trustees together, and with no other.',
  tokens: (counted) => `${many(counted, 'token')}All are different, and each is valid.`,
  ballots: (counted) =>
    `${many(counted, 'ballot')}Each is signed with a token of this election and proves to be well-formed.`,
  tally: (counted) =>
    `${many(counted, 'counted ballot')}What is opened is the last ballot of each token, all of them and nothing else.`,
  shuffles: (counted) =>
    `${some(counted, 'trustee')}Whoever shuffled the ballots proves to have changed, added and dropped none.`,
  decryptions: (counted) =>
    `${some(counted, 'trustee')}Whoever helped to open the tally proves to have done so with their own key.`,
  result: () => 'The published result is what the trustees opened.',
}

function many(counted: Counted, noun: string): string {
  return counted === undefined ? '' : `${number(counted.count)} ${noun}${counted.count === 1 ? '' : 's'}. `
}

function some(counted: Counted, noun: string): string {
  if (counted?.of === undefined) return many(counted, noun)
  return `${number(counted.count)} of ${number(counted.of)} ${noun}${counted.of === 1 ? '' : 's'}. `
}

function number(count: number): string {
  return count.toLocaleString('en')
}
