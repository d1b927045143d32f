import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import { authenticateKey } from '../organisation/authenticate.ts'
import type { Actor } from '../organisation/roles.ts'
import { actorOfSession, csrfTokenFits } from '../organisation/sessions.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { organisationOf } from './hosts.ts'
import type { ServerLimits } from './limits.ts'
import { CrossSite, NotAuthenticated, TooManyRequests } from './refusals.ts'
import { isFromThisHost, sessionIdOf } from './session-cookie.ts'

/** An officer who is asking. */
export interface Asking {
  readonly actor: Actor
  /** The file in the name of the officer; what a dry-run key writes is undone. */
  readonly work: UnitOfWork
  /** Of the session, where it is one. */
  readonly sessionId: string | undefined
}

/** The API key that a request shows. */
export function keyIn({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
}

interface OfficersDoor {
  /** @throws NotAuthenticated, CrossSite, TooManyRequests */
  ask(request: FastifyRequest): Promise<Asking>
  /** Whose key it is. @throws NotAuthenticated, TooManyRequests */
  admit(request: FastifyRequest, key: string): Promise<Actor>
}

declare module 'fastify' {
  interface FastifyInstance {
    officersDoor: OfficersDoor
  }
}

/** Lets requests find out who is asking; only those that have to know look it up. */
export function installOfficers(
  app: FastifyInstance,
  { work, clock, limits }: { work: UnitOfWork; clock: Clock; limits: ServerLimits },
): void {
  const failures = app.createRateLimit({ max: limits.failedKeys, timeWindow: 60_000 })

  async function admit(request: FastifyRequest, key: string): Promise<Actor> {
    const before = await failures(request, { increment: false })
    if (!before.isAllowed && before.remaining === 0)
      throw new TooManyRequests(before.ttlInSeconds, 'Too many API keys from this address were none')
    const actor = isPlausible(key) ? await authenticateKey(work, key, clock.now()) : undefined
    if (actor !== undefined && isOfHost(request, actor)) return actor
    await failures(request)
    throw new NotAuthenticated()
  }

  async function identify(request: FastifyRequest): Promise<Asking> {
    if (request.headers.authorization !== undefined) {
      const key = keyIn(request)
      if (key === undefined) throw new NotAuthenticated()
      return askingAs(await admit(request, key), undefined)
    }
    const sessionId = sessionIdOf(request)
    if (sessionId === undefined || !isPlausible(sessionId)) throw new NotAuthenticated()
    const actor = await actorOfSession(work, sessionId, clock.now())
    if (actor === undefined || !isOfHost(request, actor)) throw new NotAuthenticated()
    if (changesSomething(request) && !isMeant(request, sessionId)) throw new CrossSite()
    return askingAs(actor, sessionId)
  }

  function askingAs(actor: Actor, sessionId: string | undefined): Asking {
    return { actor, work: work.as(actor.name, actor.dryRun ? 'rehearse' : 'apply'), sessionId }
  }

  app.decorateRequest('asking', undefined)
  app.decorate('officersDoor', {
    admit,
    ask: identify,
  })
}

/** Longer than any key or session: it is not worth the hash. */
const longestSecret = 200

function isPlausible(secret: string): boolean {
  return secret.length <= longestSecret
}

/** On the host of another organisation a key is none. */
function isOfHost(request: FastifyRequest, actor: Actor): boolean {
  const organisation = organisationOf(request)
  return organisation === undefined || organisation.id === actor.organisationId
}

function changesSomething({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
}

function isMeant(request: FastifyRequest, sessionId: string): boolean {
  const token = request.headers['x-csrf-token']
  return typeof token === 'string' && csrfTokenFits(sessionId, token) && isFromThisHost(request)
}
