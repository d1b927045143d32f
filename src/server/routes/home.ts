import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { listPublicElections } from '../../election/public-elections.ts'
import { organisationOfHost } from '../../organisation/hosts.ts'
import type { ServerContext } from '../context.ts'

const moment = z.string().describe('ISO 8601 in UTC.')

const publicElections = z.object({
  organisation: z.string().nullable().describe('Its name; null where the host is of none.'),
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

/** The elections that everybody may know of. */
export async function homeRoutes(app: FastifyInstance, { work }: ServerContext): Promise<void> {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/elections/',
    {
      schema: {
        summary: 'The elections of the organisation of this host that have opened, the latest first.',
        response: { 200: publicElections },
      },
    },
    async (request) => {
      const organisation = await organisationOfHost(work, request.host)
      if (organisation === undefined) return { organisation: null, elections: [] }
      const { id, name } = organisation
      return { organisation: name, elections: await work.read((tx) => listPublicElections(tx, id)) }
    },
  )
}
