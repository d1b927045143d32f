import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readBallotPaper, readCredentialList, readPaperPhoto } from '../../voting/ballot-paper.ts'
import {
  ballotPaperSchema,
  challengeSchema,
  codeReplySchema,
  codeRequestSchema,
  receiptSchema,
  voteSchema,
} from '../../voting/ballot-paper-schema.ts'
import type { BallotRefusal, BallotRefusalCode } from '../../voting/ballot-refusal.ts'
import { BallotRefused } from '../../voting/refusals.ts'
import { castingRoute } from '../busy.ts'
import type { ServerContext } from '../context.ts'

const params = z.object({ id: z.string().max(100) })
const photoParams = params.extend({
  position: z.coerce.number().int().positive(),
  candidate: z.coerce.number().int().positive(),
})
const tags = ['voting']

/** What a voter's browser asks for and sends: nothing of it says who the voter is. */
export async function votingRoutes(
  app: FastifyInstance,
  { work, group, casting, codes }: ServerContext,
): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/elections/:id/ballot/',
    {
      schema: {
        tags,
        summary: 'The ballot paper, the same for everybody.',
        params,
        response: { 200: ballotPaperSchema },
      },
    },
    ({ params: { id } }) => work.read((tx) => readBallotPaper(tx, group, id)),
  )
  routes.get(
    '/api/elections/:id/credentials/',
    {
      schema: {
        ...{ tags, params, response: { 200: z.array(z.string()) } },
        summary: 'The public halves of the tokens that may vote, with their weights where these differ.',
      },
    },
    async ({ params: { id } }, reply) => {
      const list = await work.read((tx) => readCredentialList(tx, id))
      // The very text that is on the board.
      return reply
        .type('application/json; charset=utf-8')
        .serializer(String)
        .send(list as never)
    },
  )
  routes.get(
    '/api/elections/:id/positions/:position/candidates/:candidate/photo/',
    { schema: { tags, params: photoParams, summary: 'The photo of a candidate.' } },
    async ({ params: { id, position, candidate } }, reply) => {
      const wanted = { election: id, contest: position, option: candidate }
      const { type, bytes } = await readPaperPhoto(work, wanted)
      return reply.type(type).send(Buffer.from(bytes))
    },
  )
  routes.post(
    castingRoute,
    {
      schema: {
        ...{ tags, params, body: voteSchema, response: { 201: receiptSchema } },
        summary: 'Put a ballot into the box. The same ballot again is no second one.',
      },
    },
    async ({ params: { id }, body: { ballot, code }, ip }, reply) => {
      const verdict = await casting.cast(id, { ballot, ...(code !== undefined && { code }), address: ip })
      if (verdict.outcome === 'refused') throw new BallotRefused(toldToStrangers(verdict))
      reply.status(201)
      return { outcome: verdict.outcome, trackingCode: verdict.trackingCode }
    },
  )
  routes.get(
    '/api/elections/:id/challenge/',
    {
      schema: {
        ...{ tags, params, response: { 200: challengeSchema } },
        summary: 'What a voter signs with the token to have a one-time code sent.',
      },
    },
    ({ params: { id } }) => codes.challenge(id),
  )
  routes.post(
    '/api/elections/:id/codes/',
    {
      schema: {
        ...{ tags, params, body: codeRequestSchema, response: { 202: codeReplySchema } },
        summary: 'Ask for a one-time code. The answer is the same whoever asks.',
      },
    },
    async ({ params: { id }, body }, reply) => {
      await codes.request(id, body)
      reply.status(202)
      return { status: 'on-its-way-if-entitled' as const }
    },
  )
}

/** What became of a token is for its voter to hear from the election office, not for whoever tries credentials. */
const ofTheToken: ReadonlySet<BallotRefusalCode> = new Set([
  'unknown-credential',
  'revoked-token',
  'expired-token',
  'reserve-not-assigned',
  'struck-voter',
  'votes-on-paper',
  'vote-given-away',
])

function toldToStrangers({ code, reason }: BallotRefusal): { code: string; reason: string } {
  if (!ofTheToken.has(code)) return { code, reason }
  return { code: 'not-entitled', reason: 'With this token nobody can vote in this election now.' }
}
