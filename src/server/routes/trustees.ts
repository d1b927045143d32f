import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { trusteeAnswerSchema } from '../../tally/ceremony/messages.ts'
import { contributionSchema } from '../../tally/contribution.ts'
import type { ReceivedFile, TrusteeFile } from '../../tally/receive-files.ts'
import { BoxNotClosed } from '../../tally/refusals.ts'
import {
  objectionSchema,
  receiveFromTrustee,
  receiveObjection,
} from '../../tally/remote/receive-from-trustee.ts'
import type { readBoxOpening } from '../../tally/remote/trustee-progress.ts'
import { readTrusteeTask, trusteeTaskSchema } from '../../tally/remote/trustee-task.ts'
import type { ServerContext } from '../context.ts'
import { electionAddress } from '../election-address.ts'
import type { ServerLimits } from '../limits.ts'
import { refused } from '../officer-routes.ts'
import { forTrustees, trusteeOf, trusteeSecurity } from '../trustee-door.ts'

const tags = ['trustees']

/** In bytes: the shuffle of 100,000 rankings, and as much again. */
const largestContribution = 256 * 1024 * 1024

const taken = z.object({
  kind: z
    .string()
    .meta({ description: 'What it was: certificate, shares, public_key, rehearsal, shuffle, decryption.' }),
  changed: z
    .boolean()
    .meta({ description: 'False if the very same was there already, or it is not needed.' }),
  enough: z.boolean().meta({ description: 'Whether enough of the group had done their part without it.' }),
})

/** What a trustee does from elsewhere: the steps that otherwise go by files, checked in the same way. */
export async function trusteeRoutes(
  app: FastifyInstance,
  context: ServerContext & { limits: ServerLimits; opening: typeof readBoxOpening },
): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const { work, group, opening } = context
  const invited = forTrustees(app, context)
  const inTurn = oneAtATime()

  async function take(request: FastifyRequest, content: TrusteeFile['content']) {
    return outputOf(await receiveFromTrustee({ work, group }, trusteeOf(request), content))
  }

  routes.get(
    '/api/elections/:id/trustee/',
    {
      onRequest: invited,
      schema: {
        ...{ tags, security: trusteeSecurity, params: electionAddress },
        summary: 'What is awaited of the trustee who asks, and of the others.',
        response: { 200: trusteeTaskSchema, '4xx': refused },
      },
    },
    (request) => work.read((tx) => readTrusteeTask(tx, { group, opening }, trusteeOf(request))),
  )
  routes.post(
    '/api/elections/:id/trustee/answers/',
    {
      onRequest: invited,
      schema: {
        ...{ tags, security: trusteeSecurity, params: electionAddress, body: trusteeAnswerSchema },
        summary: 'A step of the key ceremony, or the rehearsal of a trustee.',
        description: 'What urna trustee continue writes. The same again changes nothing.',
        response: { 200: taken, '4xx': refused },
      },
    },
    (request) => take(request, request.body),
  )
  routes.post(
    '/api/elections/:id/trustee/objections/',
    {
      onRequest: invited,
      schema: {
        ...{ tags, security: trusteeSecurity, params: electionAddress, body: objectionSchema },
        summary: 'Why a trustee does not go on with what they were given.',
        description:
          'Officers see it until something of the trustee is taken. The same again changes nothing.',
        response: { 200: z.object({}), '4xx': refused },
      },
    },
    async (request) => {
      await receiveObjection(work, trusteeOf(request), request.body)
      return {}
    },
  )
  routes.post(
    '/api/elections/:id/trustee/contributions/',
    {
      onRequest: [
        invited,
        async (request) => {
          // Before the body comes in, which may be large.
          const { election: slug, status } = trusteeOf(request)
          if (status !== 'closed') throw new BoxNotClosed({ slug, status })
        },
      ],
      bodyLimit: largestContribution,
      schema: {
        ...{ tags, security: trusteeSecurity, params: electionAddress, body: contributionSchema },
        summary: 'The shuffle or the decryption of a trustee.',
        description: 'Answered once it is verified and on the board. The same again changes nothing.',
        response: { 200: taken, '4xx': refused },
      },
    },
    (request) => inTurn(() => take(request, request.body)),
  )
}

function outputOf({ kind, changed, enough }: ReceivedFile): z.infer<typeof taken> {
  return { kind, changed, enough }
}

/** Each verification takes all processor cores by itself. */
function oneAtATime(): <T>(deed: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (deed) => {
    const next = last.then(deed)
    last = next.catch(() => {})
    return next
  }
}
