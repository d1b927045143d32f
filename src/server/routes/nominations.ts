import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { longestStatement } from '../../election/nominations/answer-nomination.ts'
import {
  listNominations,
  nominationAnsweredOutput,
  nominationListOutput,
} from '../../election/nominations/list-nominations.ts'
import { answerAsNominee, nomineeView, viewNominee } from '../../election/nominations/nominee.ts'
import { largestPhoto, type Photo, photoOfBytes } from '../../election/photo.ts'
import { PhotoInvalid } from '../../election/refusals.ts'
import type { ServerContext } from '../context.ts'
import { electionAddress } from '../election-address.ts'
import type { ServerLimits } from '../limits.ts'
import { forNominees, nomineeOf, nomineeSecurity } from '../nominee-door.ts'
import { forElection, named, nothing, officerOf, refused, security } from '../officer-routes.ts'

const tags = ['nominations']

/** Of a picture as Base64. */
const longestPhoto = Math.ceil(largestPhoto / 3) * 4

const acceptance = z.strictObject({
  statement: z
    .string()
    .max(longestStatement)
    .optional()
    .meta({ description: 'What the nominee says to the voters; without it, what was said before.' }),
  photo: z
    .base64()
    .max(longestPhoto)
    .nullish()
    .meta({ description: 'A JPEG, PNG or WebP picture as Base64; null takes it away.' }),
})

/** Nominees answer by their links; officers see who did. */
export async function nominationRoutes(
  app: FastifyInstance,
  context: ServerContext & { limits: ServerLimits },
): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const { work } = context
  const invited = forNominees(app, context)
  const forNominee = { tags, security: nomineeSecurity, params: electionAddress }
  routes.get(
    '/api/elections/:id/nominations/',
    {
      onRequest: forElection(context, 'candidate:edit'),
      schema: {
        ...{ tags, security, params: named },
        summary: 'Who is nominated by whom, and who accepted, declined or is silent.',
        response: { 200: nominationListOutput, '4xx': refused },
      },
    },
    (request) => listNominations(officerOf(request).work, request.params.id),
  )
  routes.get(
    '/api/elections/:id/nominee/',
    {
      onRequest: invited,
      schema: {
        ...forNominee,
        summary: 'The nomination of who asks, by the secret of their link.',
        response: { 200: nomineeView, '4xx': refused },
      },
    },
    (request) => viewNominee(work, nomineeOf(request)),
  )
  routes.post(
    '/api/elections/:id/nominee/accept/',
    {
      onRequest: invited,
      bodyLimit: longestPhoto + 64 * 1024,
      schema: {
        ...{ ...forNominee, body: acceptance },
        summary: 'Accept the nomination, with a statement and a photo, until it ends.',
        description: 'What is left out stays as it is. The photo is drawn anew: small, and without metadata.',
        response: { 200: nominationAnsweredOutput, '4xx': refused },
      },
    },
    async (request) => {
      const { statement, photo } = request.body
      const drawn = typeof photo === 'string' ? await photoOfText(photo) : photo
      return answerAsNominee(work, nomineeOf(request), { kind: 'accept', statement, photo: drawn })
    },
  )
  routes.post(
    '/api/elections/:id/nominee/decline/',
    {
      onRequest: invited,
      schema: {
        ...{ ...forNominee, body: nothing },
        summary: 'Decline the nomination, or withdraw after having accepted, until it ends.',
        response: { 200: nominationAnsweredOutput, '4xx': refused },
      },
    },
    (request) => answerAsNominee(work, nomineeOf(request), { kind: 'decline' }),
  )
}

/** @throws PhotoInvalid */
async function photoOfText(text: string): Promise<Photo> {
  const photo = await photoOfBytes(Buffer.from(text, 'base64'))
  if (typeof photo === 'string') throw new PhotoInvalid('The picture', photo)
  return photo
}
