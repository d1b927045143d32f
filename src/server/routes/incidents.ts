import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  addIncident,
  type Incident,
  incidentKinds,
  incidentListOutput,
  incidentOutput,
  listIncidents,
  resolveIncident,
} from '../../election/incidents.ts'
import { readElection } from '../../election/read-election.ts'
import { mayDo, requireMay } from '../../organisation/roles.ts'
import type { Asking } from '../auth.ts'
import type { ServerContext } from '../context.ts'
import { forElection, named, officerOf, refused, security } from '../officer-routes.ts'

const tags = ['steps']
const text = z.string().trim().min(1).max(5000)
const names = (description: string) =>
  z.array(z.string().max(200)).max(1000).default([]).meta({ description })

const report = z.strictObject({
  kind: z.enum(incidentKinds),
  text: text.meta({
    description: 'What happened. Names of voters do not belong in it: it stands in the certificate.',
  }),
  at: z.string().max(100).optional().meta({ description: "When, in the election's zone; without it, now." }),
  contest: z.string().max(500).optional().meta({ description: 'Title or number; without it, all of them.' }),
  affected: z
    .int()
    .nonnegative()
    .max(1_000_000_000)
    .optional()
    .meta({ description: 'How many; without it, as many as are named.' }),
  affectedKind: z.enum(['ballots', 'voters']).optional(),
  ballots: names('Tracking codes of contested ballots.'),
  voters: names('Numbers of voters on the roll, for whoever may see it.'),
  explains: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'The difference that it explains, as the refusal to certify named it.' }),
})
const numbered = named.extend({ incident: z.coerce.number().int().positive() })
const ending = z.strictObject({ resolution: text.meta({ description: 'How it ended, and who decided so.' }) })

/** What went wrong in an election. */
export async function incidentRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/elections/:id/incidents/',
    {
      onRequest: forElection(context, 'incident:read'),
      schema: {
        ...{ tags, security, params: named },
        summary: 'What went wrong, and whether it could change the outcome.',
        response: { 200: incidentListOutput, '4xx': refused },
      },
    },
    async (request) => {
      const asking = officerOf(request)
      const shown = await viewOf(asking, request.params.id)
      const incidents = await listIncidents(asking.work, request.params.id)
      return { incidents: incidents.map(shown) }
    },
  )
  routes.post(
    '/api/elections/:id/incidents/',
    {
      onRequest: forElection(context, 'incident:record'),
      schema: {
        ...{ tags, security, params: named, body: report },
        summary: 'Record what went wrong, or a ballot that is contested.',
        response: { 201: incidentOutput, '4xx': refused },
      },
    },
    async (request, reply) => {
      const asking = officerOf(request)
      const { actor, work } = asking
      // Whoever may not see the roll would learn by it which numbers are on it.
      if (request.body.voters.length > 0) requireMay(actor, 'roll:read', actor.organisationId)
      const added = await addIncident(work, { election: request.params.id, ...request.body })
      const shown = await viewOf(asking, request.params.id)
      return reply.status(201).send(shown(added))
    },
  )
  routes.post(
    '/api/elections/:id/incidents/:incident/resolve/',
    {
      onRequest: forElection(context, 'incident:resolve'),
      schema: {
        ...{ tags, security, params: numbered, body: ending },
        summary: 'Say how an incident ended; it stays on record with that.',
        response: { 200: incidentOutput, '4xx': refused },
      },
    },
    async (request) => {
      const asking = officerOf(request)
      const { id: election, incident: number } = request.params
      const resolved = await resolveIncident(asking.work, { election, number, ...request.body })
      const shown = await viewOf(asking, election)
      return shown(resolved)
    },
  )
}

/**
 * An incident as far as the officer sees the roll and the result: before it is published, the smallest number that could
 * change it tells how close it was.
 */
async function viewOf({ actor, work }: Asking, slug: string): Promise<(incident: Incident) => Incident> {
  const { published_at } = await readElection(work, slug)
  const seesRoll = mayDo(actor, 'roll:read', actor.organisationId)
  const seesResult = published_at !== null || mayDo(actor, 'result:read', actor.organisationId)
  return (incident) => ({
    ...incident,
    contested: { ...incident.contested, ...(!seesRoll && { voters: [] }) },
    ...(!seesResult && { effect: 'no-result' as const }),
  })
}
