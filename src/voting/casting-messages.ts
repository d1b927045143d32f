import { Refusal, type RefusalCode } from '../errors.ts'
import type { Verdict } from './candidates.ts'
import type { AcceptedBallots, CastRequest } from './casting.ts'

/** What a thread that casts is started with: the file, which it opens for itself. */
export interface CastingThreadOptions {
  readonly path: string
  readonly passphrase: string
  /** In whose name it writes. */
  readonly officer: string
}

export interface CastOrder {
  readonly id: number
  readonly slug: string
  readonly request: CastRequest
}

/** What the thread is told: ballots, or to finish. */
export type CastingOrder = readonly CastOrder[] | 'close'

export type CastAnswer = { readonly id: number } & (
  | { readonly verdict: Verdict }
  | { readonly refusal: PlainRefusal }
  | { readonly fault: string }
)

export type CastingReply =
  | { readonly answers: readonly CastAnswer[] }
  | { readonly news: AcceptedBallots }
  | 'closed'

/** A refusal as it goes from thread to thread, where an object loses its class. */
interface PlainRefusal {
  readonly name: string
  readonly code: RefusalCode
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
  readonly hint: string | undefined
}

export function plainRefusal({ name, code, message, details, hint }: Refusal): PlainRefusal {
  return { name, code, message, details, hint }
}

/** A refusal that came from a thread. */
export class RelayedRefusal extends Refusal {
  readonly code: RefusalCode
  constructor({ name, code, message, details, hint }: PlainRefusal) {
    super(message, details, hint)
    this.code = code
    this.name = name
  }
}
