import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { approvalListOutput, approvalOutput } from '../../election/approval-outputs.ts'
import { approvedDeeds } from '../../election/approval-subject.ts'
import { decideApproval, listApprovals, requestApproval } from '../../election/approvals.ts'
import type { ServerContext } from '../context.ts'
import { forElection, named, officerOf, refused, security } from '../officer-routes.ts'

const tags = ['steps']

const request = z.strictObject({
  deed: z.enum(approvedDeeds),
  at: z.string().max(100).optional().meta({ description: "When it is to be done, in the election's zone." }),
})
const numbered = named.extend({ approval: z.coerce.number().int().positive() })
const decision = z
  .strictObject({ reason: z.string().max(2000).optional().meta({ description: 'Why, for the log.' }) })
  .nullish()

/** What needs two officers: each acts by a key of their own. */
export async function approvalRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/elections/:id/approvals/',
    {
      onRequest: forElection(context, 'election:read'),
      schema: {
        ...{ tags, security, params: named },
        summary: 'What officers asked a second one to approve, the latest first.',
        response: { 200: approvalListOutput, '4xx': refused },
      },
    },
    async (request) => ({ approvals: await listApprovals(officerOf(request).work, request.params.id) }),
  )
  routes.post(
    '/api/elections/:id/approvals/',
    {
      onRequest: forElection(context, 'approval:decide'),
      schema: {
        ...{ tags, security, params: named, body: request },
        summary: 'Ask another officer to approve a deed, exactly as the election stands now.',
        response: { 201: approvalOutput, '4xx': refused },
      },
    },
    async (request, reply) => {
      const { actor, work } = officerOf(request)
      const party = { by: 'key' as const, actor }
      const asked = await requestApproval(work, { election: request.params.id, ...request.body, party })
      return reply.status(201).send(asked)
    },
  )
  for (const [path, verdict] of [
    ['grant', 'granted'],
    ['refuse', 'refused'],
  ] as const) {
    routes.post(
      `/api/elections/:id/approvals/:approval/${path}/`,
      {
        onRequest: forElection(context, 'approval:decide'),
        schema: {
          ...{ tags, security, params: numbered, body: decision },
          summary:
            verdict === 'granted'
              ? 'Approve what another officer asked for.'
              : 'Refuse what another officer asked for.',
          response: { 200: approvalOutput, '4xx': refused },
        },
      },
      async (request) => {
        const { actor, work } = officerOf(request)
        const { id: election, approval } = request.params
        const { reason } = request.body ?? {}
        const party = { by: 'key' as const, actor }
        return decideApproval(work, { election, approval, verdict, reason, party })
      },
    )
  }
}
