import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type AdmittedNominee, admitNominee } from '../election/nominations/nominee.ts'
import { NoNominee } from '../election/nominations/refusals.ts'
import type { ServerContext } from './context.ts'
import type { ServerLimits } from './limits.ts'
import { secretDoor } from './secret-door.ts'

declare module 'fastify' {
  interface FastifyRequest {
    nominee: AdmittedNominee | undefined
  }
}

/** How a nominee shows who is asking. */
export const nomineeSecurity = [{ nominee: [] }]

export function forNominees(
  app: FastifyInstance,
  { work, limits }: Pick<ServerContext, 'work'> & { limits: ServerLimits },
): (request: FastifyRequest) => Promise<void> {
  const ask = secretDoor(app, {
    ...{ limits, tooMany: 'links' },
    admit: (shown) => admitNominee(work, shown),
    refusal: () => new NoNominee(),
  })
  app.decorateRequest('nominee', undefined)
  return async (request) => {
    request.nominee = await ask(request)
  }
}

/** The nominee whom the hook above let in. */
export function nomineeOf(request: FastifyRequest): AdmittedNominee {
  if (request.nominee === undefined) throw new Error('nobody was asked for a link')
  return request.nominee
}
