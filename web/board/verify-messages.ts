import type { Check, CheckId } from '../../src/sealing/verification-report.ts'

/** What the worker is asked. */
export interface VerifyRequest {
  /** Of the archive. */
  readonly url: string
  /** Of the lot that decided ties. */
  readonly seed: string | undefined
}

/** A contest as it was counted again. */
export interface CountedAgain {
  readonly title: string
  readonly winners: readonly string[]
  readonly decided: boolean
}

/** What the worker found: plain, so that it can be handed over. */
export interface Verdict {
  readonly outcome: 'verified' | 'failed'
  /** Whether its ballots were never sealed. */
  readonly inTheClear: boolean
  readonly complete: boolean
  readonly checks: readonly Check[]
  readonly recasts: number
  /** Undefined where there is no result, or the archive does not say how it is counted. */
  readonly contests: readonly CountedAgain[] | undefined
  readonly head: string | null
  readonly archiveHash: string
}

export type VerifyReply =
  | { readonly kind: 'progress'; readonly check: CheckId; readonly done: number; readonly total?: number }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  /** The archive could not be had. */
  | { readonly kind: 'unreachable' }
