import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { viewRoll } from '../../register/view-roll.ts'
import type { ServerContext } from '../context.ts'
import { forElection, named, officerOf, refused, security } from '../officer-routes.ts'

const query = z.strictObject({
  after: z.string().max(200).optional().meta({ description: '`next` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

const rollPage = z.strictObject({
  election: z.string(),
  total: z.int().nonnegative().meta({ description: 'On the whole roll.' }),
  voters: z.array(
    z.strictObject({
      number: z.string(),
      name: z.string(),
      voted: z.boolean().meta({ description: 'Whether a ballot of the voter is in the box.' }),
      correction: z.enum(['added', 'struck']).nullable().meta({ description: 'After the opening.' }),
    }),
  ),
  next: z.string().nullable().meta({ description: '`after` of the next page; null on the last.' }),
})

/** The electoral roll, for the officers who may see it name by name. */
export async function rollRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/elections/:id/roll/',
    {
      onRequest: forElection(context, 'roll:read'),
      schema: {
        ...{ tags: ['elections'], security, params: named, querystring: query },
        summary: 'The electoral roll, name by name, and who has voted.',
        description: 'In pages, by number. The log says who has seen which.',
        response: { 200: rollPage, '4xx': refused },
      },
    },
    async (request) => {
      const { after, limit } = request.query
      // A key that only tries things out sees the same names, so it is in the log like any other.
      const work = context.work.as(officerOf(request).actor.name)
      return viewRoll(work, { election: request.params.id, after, limit })
    },
  )
}
