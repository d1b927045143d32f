import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type AdmittedNominee, admitNominee } from '../election/nominations/nominee.ts'
import { NoNominee } from '../election/nominations/refusals.ts'
import type { ServerContext } from './context.ts'
import type { ServerLimits } from './limits.ts'
import { TooManyRequests } from './refusals.ts'

declare module 'fastify' {
  interface FastifyRequest {
    nominee: AdmittedNominee | undefined
  }
}

/** How a nominee shows who is asking. */
export const nomineeSecurity = [{ nominee: [] }]

/**
 * Asks for the secret of a nominee's link before the body of the request is read. Whoever has none gets the same answer
 * for every election, also for those that are not there.
 */
export function forNominees(
  app: FastifyInstance,
  { work, limits }: Pick<ServerContext, 'work'> & { limits: ServerLimits },
): (request: FastifyRequest) => Promise<void> {
  const failures = app.createRateLimit({ max: limits.failedKeys, timeWindow: 60_000 })
  app.decorateRequest('nominee', undefined)
  return async (request) => {
    const before = await failures(request, { increment: false })
    if (!before.isAllowed && before.remaining === 0)
      throw new TooManyRequests(before.ttlInSeconds, 'Too many links from this address were none')
    const [, secret = ''] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    const { id: slug } = request.params as { id: string }
    request.nominee = await admitNominee(work, { slug, secret })
    if (request.nominee !== undefined) return
    if (secret !== '') await failures(request)
    throw new NoNominee()
  }
}

/** The nominee whom the hook above let in. */
export function nomineeOf(request: FastifyRequest): AdmittedNominee {
  if (request.nominee === undefined) throw new Error('nobody was asked for a link')
  return request.nominee
}
