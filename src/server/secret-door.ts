import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Refusal } from '../errors.ts'
import { keyIn } from './auth.ts'
import type { ServerLimits } from './limits.ts'
import { TooManyRequests } from './refusals.ts'

/**
 * Asks for a secret that an officer has handed out, before the body of the request is read. Whoever has none gets the
 * same answer for every election, also for those that are not there.
 * @param options.admit undefined for a secret that is none, or none of this election
 * @param options.tooMany of a sentence: what an address has shown too many of
 * @throws in each request what `refusal` makes, TooManyRequests
 */
export function secretDoor<Admitted>(
  app: FastifyInstance,
  options: {
    readonly limits: ServerLimits
    readonly admit: (shown: { slug: string; secret: string }) => Promise<Admitted | undefined>
    readonly refusal: () => Refusal
    readonly tooMany: string
  },
): (request: FastifyRequest) => Promise<Admitted> {
  const { limits, admit, refusal, tooMany } = options
  const failures = app.createRateLimit({ max: limits.failedKeys, timeWindow: 60_000 })
  return async (request) => {
    const before = await failures(request, { increment: false })
    if (!before.isAllowed && before.remaining === 0) {
      throw new TooManyRequests(before.ttlInSeconds, `Too many ${tooMany} from this address were none`)
    }
    const secret = keyIn(request) ?? ''
    const { id: slug } = request.params as { id: string }
    const admitted = await admit({ slug, secret })
    if (admitted !== undefined) return admitted
    if (secret !== '') await failures(request)
    throw refusal()
  }
}
