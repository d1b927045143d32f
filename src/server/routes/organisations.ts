import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { contestRequestSchema, electionConfigSchema } from '../../election/config-schema.ts'
import { createElection } from '../../election/create-election.ts'
import { draftOfFields } from '../../election/draft-of-fields.ts'
import { createdOutput, outputOfCreated } from '../../election/draft-outputs.ts'
import { listElections } from '../../election/list-elections.ts'
import { electionListOutput, outputOfList } from '../../election/list-output.ts'
import type { ServerContext } from '../context.ts'
import { forOrganisation, named, officerOf, refused, security } from '../officer-routes.ts'
import { electionsWithin, requireDraftWithin } from '../within-unit.ts'

const tags = ['elections']

/** An election as its file describes it. The zone is said: a server may stand anywhere. */
const newElection = electionConfigSchema.extend({
  zone: electionConfigSchema.shape.zone.unwrap(),
  contests: z.array(contestRequestSchema, 'a list').max(500).optional(),
})

/** The elections of an organisation. */
export async function organisationRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/organizations/:id/elections/',
    {
      onRequest: forOrganisation(context, 'election:list'),
      schema: {
        ...{ tags, security, params: named },
        summary: 'The elections of an organisation, the latest first.',
        response: { 200: electionListOutput, '4xx': refused },
      },
    },
    async (request) => {
      const { actor, work } = officerOf(request)
      const listed = await listElections(work, request.params.id)
      return outputOfList(await electionsWithin(work, actor, listed))
    },
  )
  routes.post(
    '/api/organizations/:id/elections/',
    {
      onRequest: forOrganisation(context, 'election:create'),
      schema: {
        ...{ tags, security, params: named, body: newElection },
        summary: 'Make a draft.',
        description: 'The fields are those of the file that `urna election create --from` reads.',
        response: { 201: createdOutput, '4xx': refused },
      },
    },
    async (request, reply) => {
      const { actor, work } = officerOf(request)
      const draft = draftOfFields(request.body, request.body.zone)
      await requireDraftWithin(work, actor, { action: 'election:create', eligibility: draft.eligibility })
      const election = await createElection({ work, group: context.group }, draft, request.params.id)
      const source = { draft, trustees: request.body.trustees ?? [] }
      if (!actor.dryRun) reply.header('location', `/api/elections/${election.slug}/`)
      return reply.status(201).send(outputOfCreated(actor.dryRun ? undefined : election, source))
    },
  )
}
