import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { listPublicElections } from '../../election/public-elections.ts'
import type { ServerContext } from '../context.ts'
import { organisationOf } from '../hosts.ts'

const moment = z.string().describe('ISO 8601 in UTC.')

const publicElections = z.object({
  organisation: z.string().describe('Its name.'),
  elections: z.array(
    z.object({
      election: z.string(),
      title: z.string(),
      description: z.string(),
      status: z.string(),
      zone: z.string().describe('IANA name of the time zone in which its times are told.'),
      closesAt: moment.nullable(),
      openedAt: moment,
      closedAt: moment.nullable(),
      publishedAt: moment.nullable(),
    }),
  ),
})

const tags = ['public']

/** The elections that everybody may know of. */
export async function homeRoutes(app: FastifyInstance, { work }: ServerContext): Promise<void> {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/elections/',
    {
      schema: {
        tags,
        summary: 'The elections of the organisation of this host that have opened, the latest first.',
        response: { 200: publicElections },
      },
    },
    async (request) => {
      // Without one, the request has not come so far.
      const { id } = organisationOf(request)!
      return work.read((tx) => listPublicElections(tx, id))
    },
  )
}
