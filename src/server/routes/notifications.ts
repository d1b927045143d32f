import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { notificationListOutput, notificationReadOutput } from '../../audit/notification-outputs.ts'
import { listNotifications, readNotifications } from '../../audit/notifications.ts'
import type { ServerContext } from '../context.ts'
import { forOrganisation, named, officerOf, refused, security } from '../officer-routes.ts'

const query = z.strictObject({
  unread: z.enum(['true', 'false']).default('false').meta({ description: 'Only what is not read.' }),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

const reading = z.strictObject({
  ids: z
    .array(z.int().positive())
    .max(1000)
    .optional()
    .meta({ description: 'Which are read; without it, all of them.' }),
})

/** What officers are told of, with the marks of whoever asks. */
export async function notificationRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const common = { tags: ['elections'], security, params: named }
  routes.get(
    '/api/organizations/:id/notifications/',
    {
      onRequest: forOrganisation(context, 'notification:read'),
      schema: {
        ...{ ...common, querystring: query },
        summary: 'What happened to the elections, the latest first.',
        response: { 200: notificationListOutput, '4xx': refused },
      },
    },
    async (request) => {
      const { actor, work } = officerOf(request)
      const { unread, limit } = request.query
      const asked = {
        organisation: request.params.id,
        reader: { officerId: actor.officerId },
        unread: unread === 'true',
        limit,
      }
      return listNotifications(work, asked)
    },
  )
  routes.post(
    '/api/organizations/:id/notifications/read/',
    {
      onRequest: forOrganisation(context, 'notification:read'),
      schema: {
        ...{ ...common, body: reading },
        summary: 'Mark notifications as read, for whoever asks.',
        response: { 200: notificationReadOutput, '4xx': refused },
      },
    },
    async (request) => {
      const { actor, work } = officerOf(request)
      const { ids } = request.body
      return readNotifications(work, {
        organisation: request.params.id,
        reader: { officerId: actor.officerId },
        ids,
      })
    },
  )
}
