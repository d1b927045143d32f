import type { FastifyInstance, FastifyRequest } from 'fastify'
import { requireMay } from '../../organisation/roles.ts'
import type { Metrics } from '../metrics.ts'
import { refused, security } from '../officer-routes.ts'

/**
 * What a monitor asks for: on this machine without a key, from elsewhere with one that may.
 * @param options.behindProxy whether all requests come from this machine, whoever asks
 */
export async function metricsRoutes(
  app: FastifyInstance,
  { metrics, behindProxy }: { metrics: Metrics; behindProxy: boolean },
): Promise<void> {
  app.get(
    '/api/metrics',
    {
      schema: {
        ...{ tags: ['running'], security: [{}, ...security] },
        summary: 'Totals for a monitor, in the text format of Prometheus.',
        response: { '4xx': refused },
      },
    },
    async (request, reply) => {
      if (behindProxy || !isFromThisMachine(request)) {
        const { actor } = await app.officersDoor.ask(request)
        requireMay(actor, 'metrics:read', actor.organisationId)
      }
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics.text())
    },
  )
}

/** What a proxy on this machine hands on comes from elsewhere. */
function isFromThisMachine({ ip, headers }: FastifyRequest): boolean {
  const handedOn = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some((name) => name in headers)
  return !handedOn && (ip === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(ip))
}
