import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Busy } from '../../voting/refusals.ts'
import type { ServerContext } from '../context.ts'
import { refused } from '../officer-routes.ts'
import { NotReady } from '../refusals.ts'

const tags = ['running']
const state = z.object({ status: z.literal('ok') })
const health = state.extend({
  backups: z.enum(['off', 'ok', 'failing']).meta({ description: 'Those that the server makes on its own.' }),
})

/** For whoever keeps the server running. */
export async function healthRoutes(
  app: FastifyInstance,
  { work, casting, backups }: ServerContext,
): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/health',
    { schema: { tags, summary: 'Whether the server runs.', response: { 200: health } } },
    async () => ({ status: 'ok' as const, backups: stateOf(backups) }),
  )
  routes.get(
    '/api/ready',
    {
      schema: {
        tags,
        summary: 'Whether the file can be read, and there is room for ballots.',
        response: { 200: state, 503: refused },
      },
    },
    async (request) => {
      const seconds = casting.busyFor()
      if (seconds !== undefined) throw new Busy(seconds)
      try {
        await work.read((tx) => tx.db.selectFrom('election').select('id').limit(1).execute())
      } catch (error) {
        request.log.error({ err: error }, 'the file can not be read')
        throw new NotReady()
      }
      return { status: 'ok' as const }
    },
  )
}

function stateOf(backups: ServerContext['backups']): z.infer<typeof health>['backups'] {
  if (backups === undefined) return 'off'
  return backups.state().failing === null ? 'ok' : 'failing'
}
