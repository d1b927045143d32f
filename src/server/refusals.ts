import { Refusal } from '../errors.ts'

/** Nobody is known to be asking, or with something that does not count any more: which of these is not said. */
export class NotAuthenticated extends Refusal {
  readonly code = 'not-authenticated'
  constructor() {
    super(
      'This needs an API key that counts, or a session that was opened with one.',
      {},
      'Send the key as "Authorization: Bearer KEY", or open a session with POST /api/session.',
    )
  }
}

/** A session, or a key that tries things out, where neither will do. */
export class KeyUnfit extends Refusal {
  readonly code = 'key-unfit'
  constructor() {
    super('This is for an API key that changes things, not for a session or a key that only tries them out.')
  }
}

/** A change in the name of a session that another page may have sent off. */
export class CrossSite extends Refusal {
  readonly code = 'cross-site'
  constructor() {
    super(
      'A change by a session must come from a page of this host, with the token of the session.',
      {},
      'Send the header x-csrf-token as GET /api/session gives it; scripts use an API key instead.',
    )
  }
}

export class TooManyRequests extends Refusal {
  readonly code = 'too-many-requests'
  /**
   * @param retryAfter seconds
   * @param what there were too many of, as the beginning of a sentence
   */
  constructor(retryAfter: number, what = 'There were too many requests') {
    super(`${what}. Wait a moment, then try again.`, { retryAfter })
  }
}

/** An address of nobody, or of others: that there are others is not said. */
export class NothingHere extends Refusal {
  readonly code = 'not-found'
  constructor() {
    super('There is nothing at this address.')
  }
}

export class HostAmbiguous extends Refusal {
  readonly code = 'invalid-input'
  constructor() {
    super('The request names several hosts.')
  }
}

export class TooManyListeners extends Refusal {
  readonly code = 'too-many-listeners'
  constructor() {
    // `retryAfter` becomes a header, in seconds.
    super('Too many clients listen to live counts already.', { retryAfter: 30 })
  }
}

/** In the words of whoever starts a server, by the codes of the system. */
const portFaults: Readonly<Record<string, (place: string) => string>> = {
  EADDRINUSE: (place) => `Another program listens on ${place} already.`,
  EACCES: (place) => `This system does not let you listen on ${place}.`,
  EADDRNOTAVAIL: (place) => `This machine has no such address as that of ${place}.`,
  ENOTFOUND: (place) => `This machine has no such address as that of ${place}.`,
}

export class PortUnavailable extends Refusal {
  readonly code = 'port-unavailable'
  /** @param options.code of the system: `EADDRINUSE` */
  constructor({ host, port, code }: { host: string; port: number; code: string }) {
    const sentence = portFaults[code] ?? ((place) => `It is not possible to listen on ${place} (${code}).`)
    super(
      sentence(`port ${port} of ${host}`),
      { host, port },
      'Choose another port with --port, or a free one with --port 0.',
    )
  }
}

export class NotReady extends Refusal {
  readonly code = 'not-ready'
  constructor() {
    // `retryAfter` becomes a header, in seconds.
    super('The file of the elections can not be read now.', { retryAfter: 10 })
  }
}
