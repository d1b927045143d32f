import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type AdmittedTrustee, admitTrustee } from '../tally/remote/admit-trustee.ts'
import { NotInvited } from '../tally/remote/refusals.ts'
import type { ServerContext } from './context.ts'
import type { ServerLimits } from './limits.ts'
import { TooManyRequests } from './refusals.ts'

declare module 'fastify' {
  interface FastifyRequest {
    trustee: AdmittedTrustee | undefined
  }
}

/** How a trustee shows who is asking. */
export const trusteeSecurity = [{ invitation: [] }]

/**
 * Asks for the invitation of a trustee before the body of the request is read. Whoever has none gets the same answer
 * for every election, also for those that are not there.
 */
export function forTrustees(
  app: FastifyInstance,
  { work, limits }: Pick<ServerContext, 'work'> & { limits: ServerLimits },
): (request: FastifyRequest) => Promise<void> {
  const failures = app.createRateLimit({ max: limits.failedKeys, timeWindow: 60_000 })
  app.decorateRequest('trustee', undefined)
  return async (request) => {
    const before = await failures(request, { increment: false })
    if (!before.isAllowed && before.remaining === 0)
      throw new TooManyRequests(before.ttlInSeconds, 'Too many invitations from this address were none')
    const [, secret = ''] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    const { id: slug } = request.params as { id: string }
    request.trustee = await admitTrustee(work, { slug, secret })
    if (request.trustee !== undefined) return
    if (secret !== '') await failures(request)
    throw new NotInvited()
  }
}

/** The trustee whom the hook above let in. */
export function trusteeOf(request: FastifyRequest): AdmittedTrustee {
  if (request.trustee === undefined) throw new Error('nobody was asked for an invitation')
  return request.trustee
}
