/**
 * Every refusal: its code, the exit status of the command and the HTTP status of the route, once.
 *
 * Exit statuses: 2 usage; 3 not found; 4 refused by a rule or a state; 5 conflict or locked;
 * 6 integrity or verification failure; 7 key or passphrase; 8 something outside failed.
 * (0 is done, 1 is a bug in urna.) A tie, or rows that an import rejects, are results, not refusals.
 */
export const refusals = {
  usage: { exit: 2, http: 400 },
  'missing-input': { exit: 2, http: 400 },
  'invalid-input': { exit: 2, http: 400 },

  'file-not-found': { exit: 3, http: 404 },
  'file-unreadable': { exit: 8, http: 500 },
  'file-exists': { exit: 5, http: 409 },
  'file-locked': { exit: 5, http: 503 },
  'disk-full': { exit: 8, http: 507 },
  'not-an-urna-file': { exit: 6, http: 500 },
  'damaged-file': { exit: 6, http: 500 },
  'newer-schema': { exit: 6, http: 500 },
  'wrong-passphrase': { exit: 7, http: 401 },
  'passphrase-missing': { exit: 7, http: 401 },
  'passphrase-unacceptable': { exit: 7, http: 400 },
  'keychain-unavailable': { exit: 8, http: 500 },
  'audit-log-broken': { exit: 6, http: 500 },
  'backup-failed': { exit: 8, http: 500 },

  'organisation-not-found': { exit: 3, http: 404 },
  'organisation-ambiguous': { exit: 2, http: 400 },
  'organisation-exists': { exit: 5, http: 409 },
  'organisation-invalid': { exit: 2, http: 400 },
  'host-taken': { exit: 5, http: 409 },
  'unit-not-found': { exit: 3, http: 404 },
  'unit-exists': { exit: 5, http: 409 },
  'unit-invalid': { exit: 2, http: 400 },
  'unit-in-use': { exit: 4, http: 409 },
  'officer-not-found': { exit: 3, http: 404 },
  'officer-ambiguous': { exit: 2, http: 400 },
  'officer-invalid': { exit: 2, http: 400 },
  'officer-exists': { exit: 5, http: 409 },
  'officer-key-invalid': { exit: 7, http: 422 },
  'officer-key-unknown': { exit: 7, http: 403 },
  'key-not-found': { exit: 3, http: 404 },
  'key-not-possible': { exit: 4, http: 422 },
  'not-allowed': { exit: 4, http: 403 },
  'not-authenticated': { exit: 7, http: 401 },
  'cross-site': { exit: 4, http: 403 },
  'key-unfit': { exit: 4, http: 403 },
  'too-many-requests': { exit: 8, http: 429 },
  'not-found': { exit: 3, http: 404 },

  'csv-unreadable': { exit: 2, http: 400 },
  'csv-header': { exit: 2, http: 400 },
  'rows-rejected': { exit: 4, http: 422 },
  'correction-needs-reason': { exit: 2, http: 400 },
  'member-not-found': { exit: 3, http: 404 },
  'member-service-invalid': { exit: 2, http: 400 },
  'member-service-missing': { exit: 3, http: 404 },
  'member-service-unreachable': { exit: 8, http: 502 },
  'member-service-distrusted': { exit: 6, http: 502 },
  'delegation-invalid': { exit: 2, http: 400 },
  'delegation-not-found': { exit: 3, http: 404 },
  'delegation-refused': { exit: 4, http: 409 },
  'weight-invalid': { exit: 2, http: 400 },
  'voter-not-found': { exit: 3, http: 404 },

  'election-not-found': { exit: 3, http: 404 },
  'election-ambiguous': { exit: 2, http: 400 },
  'election-exists': { exit: 5, http: 409 },
  'election-not-ready': { exit: 4, http: 409 },
  'wrong-state': { exit: 4, http: 409 },
  'poll-refused': { exit: 4, http: 400 },
  'election-purged': { exit: 4, http: 410 },
  'still-kept': { exit: 4, http: 409 },
  'contest-invalid': { exit: 4, http: 422 },
  'contest-not-chosen': { exit: 2, http: 400 },
  'contest-not-found': { exit: 3, http: 404 },
  'candidate-not-found': { exit: 3, http: 404 },
  'nominations-not-possible': { exit: 4, http: 409 },
  'nominations-over': { exit: 4, http: 409 },
  'nomination-not-found': { exit: 3, http: 404 },
  'photo-invalid': { exit: 2, http: 400 },
  'photo-not-found': { exit: 3, http: 404 },
  'election-config-invalid': { exit: 2, http: 400 },
  'election-changed': { exit: 5, http: 412 },
  'confirmation-needed': { exit: 4, http: 409 },
  'approval-needed': { exit: 4, http: 409 },
  'approval-not-found': { exit: 3, http: 404 },
  'approval-refused': { exit: 4, http: 409 },
  'incident-invalid': { exit: 2, http: 400 },
  'incident-not-found': { exit: 3, http: 404 },
  'not-certifiable': { exit: 4, http: 409 },
  'certificate-invalid': { exit: 6, http: 422 },
  'rehearsal-not-certified': { exit: 4, http: 409 },
  'runoff-not-needed': { exit: 4, http: 409 },
  'runoff-not-reset': { exit: 4, http: 409 },

  'token-not-found': { exit: 3, http: 404 },
  'token-file-exists': { exit: 5, http: 409 },
  'token-file-unnamed': { exit: 8, http: 500 },
  'tokens-uncertain': { exit: 8, http: 500 },
  'token-already-used': { exit: 4, http: 409 },
  'no-reserve-token': { exit: 4, http: 409 },
  'tokens-made-otherwise': { exit: 4, http: 409 },
  'token-request-invalid': { exit: 2, http: 400 },
  'credentials-invalid': { exit: 6, http: 422 },
  'token-malformed': { exit: 7, http: 401 },
  'token-not-of-this-election': { exit: 7, http: 401 },

  'code-not-used': { exit: 4, http: 409 },
  'codes-unavailable': { exit: 8, http: 503 },
  'codes-busy': { exit: 5, http: 503 },
  'challenge-invalid': { exit: 7, http: 400 },
  'message-not-sent': { exit: 8, http: 502 },
  'delivery-misconfigured': { exit: 2, http: 500 },
  'token-list-invalid': { exit: 2, http: 400 },
  'template-invalid': { exit: 2, http: 400 },
  'webhook-invalid': { exit: 2, http: 400 },
  'webhook-exists': { exit: 5, http: 409 },
  'webhook-not-found': { exit: 3, http: 404 },
  'webhook-failed': { exit: 8, http: 502 },
  'mailing-under-way': { exit: 5, http: 409 },
  'mailing-halted': { exit: 8, http: 502 },

  'election-file-invalid': { exit: 6, http: 422 },
  'choices-invalid': { exit: 4, http: 422 },
  'nothing-to-ingest': { exit: 3, http: 404 },
  'ballots-refused': { exit: 4, http: 422 },
  'ballot-refused': { exit: 4, http: 422 },
  busy: { exit: 5, http: 503 },
  'archive-invalid': { exit: 6, http: 422 },
  'verification-failed': { exit: 6, http: 422 },
  'history-changed': { exit: 6, http: 409 },
  'board-unreachable': { exit: 8, http: 502 },

  'trustee-not-found': { exit: 3, http: 404 },
  'trustee-key-invalid': { exit: 7, http: 422 },
  'trustee-exists': { exit: 5, http: 409 },
  'trustee-contribution-invalid': { exit: 6, http: 422 },
  'trustee-out-of-turn': { exit: 4, http: 409 },
  'trustee-group-invalid': { exit: 2, http: 400 },
  'ceremony-restart-needed': { exit: 4, http: 409 },
  'ceremony-refused': { exit: 6, http: 422 },
  'key-words-invalid': { exit: 7, http: 400 },
  'invitation-invalid': { exit: 2, http: 400 },
  'server-unreachable': { exit: 8, http: 502 },
  'server-refuses': { exit: 4, http: 502 },
  'tally-waits': { exit: 4, http: 409 },
  'method-not-found': { exit: 3, http: 404 },
  'result-not-found': { exit: 3, http: 404 },
  'result-not-published': { exit: 4, http: 404 },
  'output-exists': { exit: 5, http: 409 },

  'ballot-file-unreadable': { exit: 2, http: 400 },
  'one-file-only': { exit: 2, http: 400 },
  'ballots-not-writable': { exit: 4, http: 422 },
  'ballot-format-unknown': { exit: 2, http: 400 },
  'ballot-not-found': { exit: 3, http: 404 },
  'method-needed': { exit: 2, http: 400 },
  'rule-invalid': { exit: 2, http: 400 },
  'option-not-found': { exit: 3, http: 404 },
  'count-refused': { exit: 4, http: 422 },
  'entered-result-invalid': { exit: 2, http: 422 },
  'paper-refused': { exit: 4, http: 409 },
  'batch-not-found': { exit: 3, http: 404 },
  'paper-entry-invalid': { exit: 2, http: 422 },
  'paper-not-agreed': { exit: 4, http: 409 },

  'correction-refused': { exit: 4, http: 409 },

  'too-many-listeners': { exit: 8, http: 503 },

  'port-unavailable': { exit: 8, http: 500 },
  'not-ready': { exit: 8, http: 503 },
  'system-refused': { exit: 8, http: 500 },
} as const satisfies Record<string, { exit: 2 | 3 | 4 | 5 | 6 | 7 | 8; http: number }>

export type RefusalCode = keyof typeof refusals

/**
 * What urna refuses, in one sentence for a person, with a code and data for a program. Each refusal is a
 * subclass. Neither the sentence nor the details ever hold a token, a passphrase, a key or a choice.
 */
export abstract class Refusal extends Error {
  abstract readonly code: RefusalCode
  readonly details: Readonly<Record<string, unknown>>
  /** The command or the deed that mends it, as a sentence. */
  readonly hint: string | undefined

  constructor(message: string, details: Readonly<Record<string, unknown>> = {}, hint?: string) {
    super(message)
    this.name = new.target.name
    this.details = details
    this.hint = hint
  }
}

export function exitStatusOf(refusal: Refusal): number {
  return refusals[refusal.code].exit
}

export function httpStatusOf(refusal: Refusal): number {
  return refusals[refusal.code].http
}

/** Makes an impossible case a compile error, and a bug at run time. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected case: ${JSON.stringify(value)}`)
}
