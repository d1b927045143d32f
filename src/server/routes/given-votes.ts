import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  delegationListOutput,
  gaveVoteOutput,
  tookVoteBackOutput,
} from '../../register/delegation-outputs.ts'
import { giveVote } from '../../register/give-vote.ts'
import { takeVoteBack } from '../../register/take-vote-back.ts'
import { viewDelegations } from '../../register/view-given.ts'
import type { ServerContext } from '../context.ts'
import { forElection, forOrganisation, named, officerOf, refused, security } from '../officer-routes.ts'

const number = z.string().min(1).max(200).meta({ description: 'Of a member.' })
const reason = z
  .string()
  .trim()
  .min(1)
  .max(5000)
  .meta({ description: 'It is listed with it: a signed letter.' })

const giving = z.strictObject({
  represented: number.meta({ description: 'Number of the member whose vote it is.' }),
  acting: number.meta({ description: 'Number of the member who casts it.' }),
  reason,
  expires: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'When it goes back, in the zone of the election, or in UTC; without it, never.' }),
})
const takingBack = z.strictObject({ represented: number, reason })

/** A place where votes are given: an election, or all that an organisation opens from now on. */
const places = [
  {
    path: '/api/organizations/:id/delegations/',
    door: forOrganisation,
    scope: (id: string) => ({ organisation: id, election: undefined }),
    where: 'in every election of an organisation that opens from now on',
  },
  {
    path: '/api/elections/:id/delegations/',
    door: forElection,
    scope: (id: string) => ({ organisation: undefined, election: id }),
    where: 'in one election',
  },
] as const

/** Votes that are given to others. */
export async function givenVoteRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const common = { tags: ['register'], security, params: named }
  for (const { path, door, scope, where } of places) {
    routes.get(
      path,
      {
        onRequest: door(context, 'delegation:read'),
        schema: {
          ...common,
          summary: `The votes that are given to others ${where}. The log says who has seen them.`,
          response: { 200: delegationListOutput, '4xx': refused },
        },
      },
      // A key that only tries things out sees the same names, so it is in the log like any other.
      async (request) =>
        viewDelegations(context.work.as(officerOf(request).actor.name), scope(request.params.id)),
    )
    routes.post(
      path,
      {
        onRequest: door(context, 'delegation:edit'),
        schema: {
          ...{ ...common, body: giving },
          summary: `Give a member's vote to another, ${where}.`,
          description: 'In an open election it is a correction, and takes a token of the reserve.',
          response: { 201: gaveVoteOutput, '4xx': refused },
        },
      },
      async (request, reply) => {
        const gave = await giveVote(officerOf(request).work, {
          ...scope(request.params.id),
          ...request.body,
        })
        return reply.status(201).send({ ...gave, election: gave.election ?? null })
      },
    )
    routes.post(
      `${path}revoke/`,
      {
        onRequest: door(context, 'delegation:edit'),
        schema: {
          ...{ ...common, body: takingBack },
          summary: `Take back a vote that was given ${where}.`,
          response: { 200: tookVoteBackOutput, '4xx': refused },
        },
      },
      async (request) => {
        const took = await takeVoteBack(officerOf(request).work, {
          ...scope(request.params.id),
          ...request.body,
        })
        return { ...took, election: took.election ?? null }
      },
    )
  }
}
