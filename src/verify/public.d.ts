/**
 * `urna/verify`: verifies an election from its public archive alone, with no secret and no trust in anybody. Archives of
 * Belenios (protocol version 1, group Ed25519) verify as well. See docs/verify.md.
 *
 * Stable: names, meanings, ids of checks and codes of reasons stay as they are; fields may be added.
 */

/** The bytes of an archive, in pieces of any size. */
export type ArchiveBytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** An archive, wherever it lies. */
export interface Archive {
  /** For people: of the file, or the address. */
  readonly name: string
  /** All bytes from the beginning; called twice for an election that is over. */
  open(): ArchiveBytes
}

/** What a later verification may go on from. Keep it where nobody else can change it: it is believed. */
export interface VerifiedPrefix {
  /** How many bytes of the archive were verified. */
  readonly bytes: number
  /** SHA-256 of them, in hex. */
  readonly sha256: string
  /** The last event in them: its SHA-256 in hex, and its height, 0 for the first. */
  readonly head: { readonly hash: string; readonly height: number }
}

export type CheckId =
  | 'archive'
  | 'chain'
  | 'election'
  | 'trustees'
  | 'public-key'
  | 'tokens'
  | 'ballots'
  | 'tally'
  | 'shuffles'
  | 'decryptions'
  | 'result'

/** What papers say in one contest; options are numbered from 0. */
export type PaperTally =
  | {
      readonly kind: 'totals'
      readonly votes: readonly number[]
      readonly valid: number
      readonly blank: number
      readonly invalid: number
    }
  | {
      readonly kind: 'ballots'
      readonly choices: readonly {
        readonly papers: number
        readonly selections:
          | { readonly kind: 'options'; readonly options: readonly number[] }
          | { readonly kind: 'ranking'; readonly ranks: readonly (readonly number[])[] }
          | { readonly kind: 'scores'; readonly scores: readonly number[] }
          | { readonly kind: 'grades'; readonly grades: readonly (number | null)[] }
      }[]
      readonly blank: number
      readonly invalid: number
    }

export interface VerifyOptions {
  /** Papers that count beside the ballots: of each contest those of all batches of the certificate together. */
  readonly papers?: readonly PaperTally[] | undefined
  /** The published seed of the lot that decided ties. */
  readonly seed?: string | undefined
  /** What was decided of names that voters wrote in, as the result has it; `to: null` sets a name aside. */
  readonly writeIns?: readonly { readonly spelling: string; readonly to: string | null }[] | undefined
  /**
   * What an earlier verification found, its `prefix`: for an archive that begins with the same bytes, proofs are checked
   * for the rest alone. An archive that begins otherwise fails, and nothing of it is believed.
   */
  readonly since?: VerifiedPrefix | undefined
  /** Told now and then how far a check is: of how many, where that is known. */
  readonly onProgress?:
    | ((step: { readonly check: CheckId; readonly done: number; readonly total?: number }) => void)
    | undefined
}

/** In Node. */
export interface NodeVerifyOptions extends VerifyOptions {
  /** How many threads verify; by default as many as the machine has cores. */
  readonly jobs?: number | undefined
  /** Told how many bytes of a file were read, of how many. */
  readonly onRead?: ((bytes: number, size: number) => void) | undefined
}

/** Where in the archive a check failed. */
export interface Place {
  /** The name of the file in the archive. */
  readonly file: string
  /** Of the event that adds the file, from 0. */
  readonly height: number
  /** Whose work it is, from 1. */
  readonly trustee?: number
  /** The contest, from 1. */
  readonly question?: number
  /** Where in the file's JSON: `answers[0].overall_proof`. */
  readonly part?: string
}

export interface Check {
  readonly id: CheckId
  /** What holds if the check passed, for a person who knows nothing of cryptography. In English. */
  readonly sentence: string
  /** `not-reached`: the election is not that far, or something before it failed. */
  readonly outcome: 'passed' | 'failed' | 'not-reached'
  /** How many were looked at, if it passed. */
  readonly count?: number
  readonly place?: Place
  /** A code: `wrong-signature`. */
  readonly reason?: string
}

/** A contest counted again from the archive. */
export interface CountedContest {
  readonly title: string
  /** Those who take a seat, by name. */
  readonly winners: readonly string[]
  /** The option that won for none of the others, so that a seat stays vacant. */
  readonly vacantBy: string | null
  /** Every round, as in docs/schema/verify.json. */
  readonly tabulation: {
    readonly method: string
    readonly options: readonly string[]
    readonly seats: number
    readonly outcome: { readonly kind: 'decided' | 'tied' | 'runoff' }
    readonly winners: readonly { readonly option: number; readonly round: number }[]
  }
}

/** What was opened of a question whose way of counting the archive does not tell. */
export interface OpenedQuestion {
  readonly title: string
  /** Where totals were opened. */
  readonly totals?: readonly { readonly answer: string; readonly votes: string }[]
  /** Where ballots were opened one by one: how many. */
  readonly ballots?: number
}

/** Plain data: it can be written as JSON, and handed to another thread. */
export interface Verification {
  readonly archive: string
  /** Whether its ballots are signed and were never sealed: then all of it is verified each time. */
  readonly inTheClear: boolean
  /** `verified`: no check failed. How far the election is, `stage` says. */
  readonly outcome: 'verified' | 'failed'
  readonly stage:
    | 'empty'
    | 'open'
    | 'closed'
    | 'tallied'
    | 'shuffling'
    | 'shuffled'
    | 'decrypting'
    | 'finished'
  /** Whether the archive reaches to the result. */
  readonly complete: boolean
  /** Null if it could not be read. The fingerprint is what voters saw when they sealed. */
  readonly election: { readonly name: string; readonly uuid: string; readonly fingerprint: string } | null
  readonly checks: readonly Check[]
  /** Verified ballots, recasts among them. */
  readonly ballots: number
  /** Tokens of the election. */
  readonly voters: number
  /** Ballots that a later one of the same token replaced. */
  readonly recasts: number
  /** SHA-256 of the last event, in hex: compare it with what others have. Null if there is none. */
  readonly head: string | null
  /** SHA-256 of all bytes, in hex. */
  readonly archiveHash: string
  /** What was not verified again, as `options.since` had it. */
  readonly since: VerifiedPrefix | null
  /** What a later verification may go on from; null if a check failed. */
  readonly prefix: VerifiedPrefix | null
  /** Once there is a result, and the archive tells how it is counted. */
  readonly contests: readonly CountedContest[] | null
  /** Once there is a result, and the archive does not. */
  readonly questions: readonly OpenedQuestion[] | null
  /**
   * Whether papers that count beside its ballots were counted with them. They are in the certificate and not in the
   * archive: while they are `missing`, `contests` is null. Null where there are none.
   */
  readonly paper: 'counted' | 'missing' | null
}

/**
 * Verifies an archive, whatever stage its election has reached. What does not hold is no error: look at `outcome`.
 *
 * @param archive in Node also the path of a file
 * @throws if the bytes can't be read
 */
export declare function verify(archive: Archive | string, options?: NodeVerifyOptions): Promise<Verification>
