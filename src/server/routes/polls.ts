import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import { z } from 'zod'
import { createBodySchema, updateBodySchema, voteBodySchema } from '../../election/poll/bodies.ts'
import { createPoll } from '../../election/poll/create-poll.ts'
import { deletePoll, finalizePoll, resetPoll } from '../../election/poll/end-poll.ts'
import type { PollAddress } from '../../election/poll/find-poll.ts'
import { PollRefused } from '../../election/poll/refusals.ts'
import { startPoll } from '../../election/poll/start-poll.ts'
import { updatePoll } from '../../election/poll/update-poll.ts'
import { pollOutput, viewPoll } from '../../election/poll/view-poll.ts'
import { voteInPoll } from '../../election/poll/vote-in-poll.ts'
import { recordView } from '../../tally/view-result.ts'
import { keyIn } from '../auth.ts'
import type { ServerContext } from '../context.ts'
import { forKey, nothing, officerOf } from '../officer-routes.ts'
import { pollError, replyToPollError } from '../poll-replies.ts'
import { Recently } from '../recently.ts'
import { NotAuthenticated } from '../refusals.ts'

const base = '/system/vote'
const tags = ['polls']
const security = [{ key: [] }]

/** Who casts a vote, as the service has signed them in. */
export const actingHeader = 'x-acting-member'

const number = z.string().max(20).meta({ description: 'Number of the poll.' })
const inPath = z.strictObject({ poll: number })
const inQuery = z.strictObject({ id: number.optional() })
const flag = z.string().max(10).optional()
const ending = { publish: flag, anonymize: flag }
const acting = z.looseObject({
  [actingHeader]: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Number of the member who casts the vote.' }),
})

/** One thing that can be asked of a poll. */
interface Deed {
  readonly name: string
  /** Behind the number of the poll in the path; the method, where it is not POST. */
  readonly path: string
  readonly method?: HTTPMethods
  readonly summary: string
  readonly description?: string
  readonly body: z.ZodType
  readonly query?: z.ZodRawShape
  readonly headers?: z.ZodType
  act(request: FastifyRequest, address: PollAddress): Promise<unknown>
}

/** In milliseconds. Whoever looks at live votes is in the log once in so long. */
const viewedFor = 600_000

/**
 * Polls for a service that runs meetings, as the OpenSlides vote service has them: each deed under `/system/vote/DEED?id=5`
 * and under `/system/vote/poll/5/DEED`.
 */
export async function pollRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  app.setErrorHandler(replyToPollError)
  const { group } = context
  const depsOf = (request: FastifyRequest) => ({ work: officerOf(request).work, group })
  const common = { onRequest: forKey(context, 'poll:hold') }
  const errors = { '4xx': pollError, '5xx': pollError }

  const create = {
    ...common,
    schema: {
      ...{ tags, security, body: createBodySchema },
      summary: 'Make a poll: an election with one contest.',
      response: { 200: z.strictObject({ poll_id: z.int() }), ...errors },
    },
    handler: async (request: FastifyRequest) => {
      const { organisationId } = officerOf(request).actor
      const body = bodyOf<z.infer<typeof createBodySchema>>(request)
      return { poll_id: await createPoll(depsOf(request), { organisationId, body }) }
    },
  }
  app.post(`${base}/poll/`, create)
  app.post(`${base}/create/`, create)

  const deeds: readonly Deed[] = [
    {
      ...{ name: 'update', path: '', body: updateBodySchema },
      summary: 'Change a poll that has not started; of a manual one also its result.',
      act: (request, address) =>
        updatePoll(depsOf(request), {
          ...address,
          body: bodyOf<z.infer<typeof updateBodySchema>>(request),
        }),
    },
    {
      ...{ name: 'delete', path: '', method: 'DELETE', body: nothing },
      summary: 'Take a poll away; what was cast in it stays on record.',
      act: (request, address) => deletePoll(officerOf(request).work, address),
    },
    {
      ...{ name: 'start', path: '/start', body: nothing },
      summary: 'Open a poll: from here on its roll and contest are fixed.',
      act: (request, address) => startPoll(depsOf(request), { ...address, key: keyIn(request)! }),
    },
    {
      ...{ name: 'finalize', path: '/finalize', body: nothing, query: ending },
      summary: 'End a poll and count it; with publish and anonymize also that, then or later.',
      act: (request, address) => {
        const query = request.query as Readonly<Record<string, unknown>>
        const asked = {
          publish: Object.hasOwn(query, 'publish'),
          anonymize: Object.hasOwn(query, 'anonymize'),
        }
        return finalizePoll(depsOf(request), { ...address, ...asked })
      },
    },
    {
      ...{ name: 'reset', path: '/reset', body: nothing },
      summary: 'Have a poll voted on once more; what was cast before stays on record.',
      act: (request, address) => resetPoll(depsOf(request), address),
    },
    {
      ...{ name: 'vote', path: '/vote', body: voteBodySchema, headers: acting },
      summary: 'Cast what a member says, who may act for another.',
      description:
        'The service answers for who the member is. Only the key that started the poll casts in it.',
      act: (request, address) => {
        const by = request.headers[actingHeader]
        if (typeof by !== 'string' || by === '' || by === '0') throw new NotAuthenticated()
        const body = bodyOf<z.infer<typeof voteBodySchema>>(request)
        const text = request.bodyText ?? ''
        return voteInPoll(depsOf(request), { ...address, key: keyIn(request)!, acting: by, body, text })
      },
    },
  ]
  for (const deed of deeds) addDeed(app, deed, { ...common, errors })

  const views = new Recently(context.clock, viewedFor)
  app.get(
    `${base}/poll/:poll`,
    {
      ...common,
      schema: {
        ...{ tags, security, params: inPath, response: { 200: pollOutput, ...errors } },
        summary: 'A poll as it stands: state, who has voted, result, and the votes that may be seen.',
      },
    },
    async (request) => {
      const { actor } = officerOf(request)
      const seen = await viewPoll(
        depsOf(request),
        addressOf(request, (request.params as { poll: string }).poll),
      )
      if (
        seen.state === 'started' &&
        seen.ballots !== null &&
        views.isNew(`${actor.officerId} ${seen.election}`)
      ) {
        await recordView(officerOf(request).work, { slug: seen.election, viewed: 'live votes' })
      }
      return seen
    },
  )
}

/** Under both its addresses; like there, what is done is answered with nothing. */
function addDeed(
  app: FastifyInstance,
  deed: Deed,
  {
    onRequest,
    errors,
  }: { onRequest: (request: FastifyRequest) => Promise<void>; errors: Record<string, z.ZodType> },
): void {
  const { name, path, method = 'POST', summary, description, body, query = {}, headers, act } = deed
  const schema = {
    ...{ tags, security, summary, body },
    ...(description !== undefined && { description }),
    ...(headers !== undefined && { headers }),
    response: { 200: z.literal(''), ...errors },
  }
  const config = { asWritten: true as const }
  const answer = async (request: FastifyRequest, reply: FastifyReply, poll: string | undefined) => {
    await act(request, addressOf(request, poll))
    return reply
      .type('application/json; charset=utf-8')
      .serializer(String)
      .send('' as never)
  }
  app.route({
    ...{ method, url: `${base}/poll/:poll${path}`, onRequest, config },
    schema: { ...schema, params: inPath, querystring: z.strictObject(query) },
    handler: (request, reply) => answer(request, reply, (request.params as { poll: string }).poll),
  })
  app.route({
    ...{ method: 'POST', url: `${base}/${name}/`, onRequest, config },
    schema: { ...schema, querystring: inQuery.extend(query) },
    handler: (request, reply) => answer(request, reply, (request.query as { id?: string }).id),
  })
}

/** It has been checked against the schema of the route. */
function bodyOf<Body>(request: FastifyRequest): Body {
  return request.body as Body
}

/** @throws PollRefused `invalid` */
function addressOf(request: FastifyRequest, poll: string | undefined): PollAddress {
  if (poll === undefined || !/^[1-9]\d{0,14}$/.test(poll)) {
    throw new PollRefused('invalid', 'id invalid. Expected the number of a poll')
  }
  return { organisationId: officerOf(request).actor.organisationId, poll: Number(poll) }
}
