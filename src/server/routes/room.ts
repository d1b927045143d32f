import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { setPresence } from '../../register/presence.ts'
import { presenceChangeOutput, presenceListOutput, setWeightOutput } from '../../register/room-outputs.ts'
import { setWeight } from '../../register/set-weight.ts'
import { viewPresent } from '../../register/view-given.ts'
import type { ServerContext } from '../context.ts'
import { forElection, forOrganisation, named, officerOf, refused, security } from '../officer-routes.ts'

const number = z.string().min(1).max(200)
const numbers = z.array(number).max(10_000).default([])

const change = z.strictObject({
  present: numbers.meta({ description: 'Numbers of members who are present.' }),
  absent: numbers.meta({ description: 'Numbers of members who are not.' }),
  nobody: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether everybody who is not named leaves first.' }),
})

const weighing = z.strictObject({
  number: number.meta({ description: 'Of the member.' }),
  weight: z.string().max(40).nullable().meta({
    description: 'In votes, with up to six decimal places; null for what the member weighs elsewhere.',
  }),
})

/** Who is in the room, and what members weigh in a draft. */
export async function roomRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const common = { tags: ['register'], security, params: named }
  routes.get(
    '/api/organizations/:id/presence/',
    {
      onRequest: forOrganisation(context, 'presence:read'),
      schema: {
        ...common,
        summary: 'Who is present. The log says who has seen it.',
        response: { 200: presenceListOutput, '4xx': refused },
      },
    },
    async (request) => viewPresent(context.work.as(officerOf(request).actor.name), request.params.id),
  )
  routes.post(
    '/api/organizations/:id/presence/',
    {
      onRequest: forOrganisation(context, 'presence:set'),
      schema: {
        ...{ ...common, body: change },
        summary: 'Write down who came and who left.',
        response: { 200: presenceChangeOutput, '4xx': refused },
      },
    },
    async (request) =>
      setPresence(officerOf(request).work, { organisation: request.params.id, ...request.body }),
  )
  routes.post(
    '/api/elections/:id/weights/',
    {
      onRequest: forElection(context, 'weight:set'),
      schema: {
        ...{ ...common, body: weighing },
        summary: 'Say what a member weighs in one draft alone.',
        response: { 200: setWeightOutput, '4xx': refused },
      },
    },
    async (request) => {
      const { number: member, weight } = request.body
      const asked = { election: request.params.id, number: member, weight: weight ?? undefined }
      return setWeight(officerOf(request).work, asked)
    },
  )
}
