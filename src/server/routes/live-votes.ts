import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readLiveVotes } from '../../tally/live-votes.ts'
import { recordView } from '../../tally/view-result.ts'
import type { ServerContext } from '../context.ts'
import { forElection, named, officerOf, refused, security } from '../officer-routes.ts'
import { Recently } from '../recently.ts'

const liveVotes = z.strictObject({
  election: z.string(),
  status: z.string(),
  /** Null where the election shows no votes before its result. */
  votes: z
    .array(
      z.strictObject({
        number: z.string().meta({ description: 'Of the voter on the roll.' }),
        name: z.string(),
        weight: z.string().meta({ description: 'In votes.' }),
        choices: z.array(z.string()).meta({ description: 'Contest by contest, in words.' }),
        actedBy: z.string().optional().meta({ description: 'Who cast it in the stead of the voter.' }),
      }),
    )
    .nullable(),
})

/** In milliseconds. A page asks again whenever a vote came in: for so long that is one view. */
const viewedFor = 600_000

/** Who voted what, while the vote is going on, for officers of elections with live voting. */
export async function liveVoteRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  const views = new Recently(context.clock, viewedFor)
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/elections/:id/votes/',
    {
      onRequest: forElection(context, 'vote:read'),
      schema: {
        ...{ tags: ['elections'], security, params: named },
        summary: 'Who voted what so far, where the election has live voting.',
        description:
          'The latest ballot of each voter. Ask again whenever the live channel tells that votes came in: vote_count_updated.',
        response: { 200: liveVotes, '4xx': refused },
      },
    },
    async (request) => {
      const { id: slug } = request.params
      const { actor, work } = officerOf(request)
      const seen = await readLiveVotes({ work, group: context.group }, slug)
      if (seen.votes !== null && views.isNew(`${actor.officerId} ${slug}`)) {
        // A key that only tries things out sees the same votes, so it is in the log like any other.
        await recordView(context.work.as(actor.name), { slug, viewed: 'live votes' })
      }
      return seen
    },
  )
}
