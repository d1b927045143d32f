import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type AdmittedTrustee, admitTrustee } from '../tally/remote/admit-trustee.ts'
import { NotInvited } from '../tally/remote/refusals.ts'
import type { ServerContext } from './context.ts'
import type { ServerLimits } from './limits.ts'
import { secretDoor } from './secret-door.ts'

declare module 'fastify' {
  interface FastifyRequest {
    trustee: AdmittedTrustee | undefined
  }
}

/** How a trustee shows who is asking. */
export const trusteeSecurity = [{ invitation: [] }]

export function forTrustees(
  app: FastifyInstance,
  { work, limits }: Pick<ServerContext, 'work'> & { limits: ServerLimits },
): (request: FastifyRequest) => Promise<void> {
  const ask = secretDoor(app, {
    ...{ limits, tooMany: 'invitations' },
    admit: (shown) => admitTrustee(work, shown),
    refusal: () => new NotInvited(),
  })
  app.decorateRequest('trustee', undefined)
  return async (request) => {
    request.trustee = await ask(request)
  }
}

/** The trustee whom the hook above let in. */
export function trusteeOf(request: FastifyRequest): AdmittedTrustee {
  if (request.trustee === undefined) throw new Error('nobody was asked for an invitation')
  return request.trustee
}
