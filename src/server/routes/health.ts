import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ServerContext } from '../context.ts'

const state = z.object({ status: z.literal('ok') })

/** For whoever keeps the server running. */
export async function healthRoutes(app: FastifyInstance, { work }: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/health',
    { schema: { summary: 'Whether the server runs.', response: { 200: state } } },
    async () => ({ status: 'ok' as const }),
  )
  routes.get(
    '/api/ready',
    { schema: { summary: 'Whether the file can be read.', response: { 200: state } } },
    async () => {
      await work.read((tx) => tx.db.selectFrom('election').select('id').limit(1).execute())
      return { status: 'ok' as const }
    },
  )
}
