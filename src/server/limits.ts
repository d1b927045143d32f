import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { TooManyRequests } from './refusals.ts'

/** How much one client may ask of the server. */
export interface ServerLimits {
  /** Requests a minute from one address. Many voters may share one: a university, a mobile network. */
  readonly requests: number
  /** API keys a minute from one address that are none. */
  readonly failedKeys: number
  /** Sessions a minute from one address. */
  readonly sessions: number
  /** One-time codes a minute that one address asks for. */
  readonly codes: number
  /** What one address sends a minute as a trustee. */
  readonly trustees: number
  /** Answers a minute that one address sends as a nominee: each may hold a picture to draw. */
  readonly nominees: number
  /** Milliseconds in which the head of a request must be there, and after which a silent connection ends. */
  readonly head: number
  /** Milliseconds in which the whole request must be there. */
  readonly request: number
  /** Connections at once. */
  readonly sockets: number
}

export const usualLimits: ServerLimits = {
  requests: 6000,
  failedKeys: 20,
  sessions: 20,
  codes: 60,
  trustees: 60,
  nominees: 30,
  head: 10_000,
  request: 30_000,
  sockets: 20_000,
}

/** Addresses whose requests are counted at once; the longest silent are forgotten first. */
const countedAddresses = 20_000

/** Limits by address: of all requests, and of those that are worth more to whoever guesses. */
export async function installRateLimits(app: FastifyInstance, limits: ServerLimits): Promise<void> {
  const stricter: Readonly<Record<string, number>> = {
    'POST /api/session': limits.sessions,
    'POST /api/elections/:id/codes/': limits.codes,
    'POST /api/elections/:id/trustee/answers/': limits.trustees,
    'POST /api/elections/:id/trustee/contributions/': limits.trustees,
    'POST /api/elections/:id/trustee/objections/': limits.trustees,
    'POST /api/elections/:id/nominee/accept/': limits.nominees,
  }
  // Before the hook of the plugin, which looks for what this one puts there.
  app.addHook('onRoute', (route) => {
    const max = stricter[`${String(route.method)} ${route.url}`]
    if (max !== undefined) route.config = { ...route.config, rateLimit: { max, timeWindow: 60_000 } }
  })
  await app.register(rateLimit, {
    global: false,
    cache: countedAddresses,
    errorResponseBuilder: (_, { ttl }) => new TooManyRequests(Math.ceil(ttl / 1000)),
    // A voter is not told how often others of the same network have asked.
    addHeaders: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
  })
  const count = app.createRateLimit({ max: limits.requests, timeWindow: 60_000 })
  app.addHook('onRequest', async (request) => {
    const counted = await count(request)
    if (counted.isAllowed || !counted.isExceeded) return
    throw new TooManyRequests(counted.ttlInSeconds)
  })
}
