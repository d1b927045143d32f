import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { closeElection } from '../../election/close-election.ts'
import { openElection } from '../../election/open-election.ts'
import { pauseElection } from '../../election/pause-election.ts'
import { readElection } from '../../election/read-election.ts'
import { DeedUnconfirmed } from '../../election/refusals.ts'
import { resumeElection } from '../../election/resume-election.ts'
import {
  closedOutput,
  openedOutput,
  outputOfClosed,
  outputOfOpened,
  outputOfPaused,
  pausedOutput,
  resumedOutput,
} from '../../election/step-outputs.ts'
import { mayTake } from '../../election/take-step.ts'
import type { ServerContext } from '../context.ts'
import { forElection, named, nothing, officerOf, refused, security } from '../officer-routes.ts'

const tags = ['steps']

const confirmation = z.strictObject({
  confirm: z
    .string()
    .max(500)
    .optional()
    .meta({ description: 'The short name or the title of the election, to confirm what can not be undone.' }),
})

/** Opening, pausing and closing. Whatever was done already is said to be so, and does no harm. */
export async function stepRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const { group } = context
  routes.post(
    '/api/elections/:id/open/',
    {
      onRequest: forElection(context, 'election:open'),
      schema: {
        ...{ tags, security, params: named, body: nothing },
        summary: 'Open an election: from here on its roll, contests and trustees are fixed.',
        response: { 200: openedOutput, '4xx': refused },
      },
    },
    async (request) =>
      outputOfOpened(await openElection({ work: officerOf(request).work, group }, request.params.id)),
  )
  routes.post(
    '/api/elections/:id/pause/',
    {
      onRequest: forElection(context, 'election:pause'),
      schema: {
        ...{ tags, security, params: named, body: nothing },
        summary: 'Stop taking ballots for a while.',
        response: { 200: pausedOutput, '4xx': refused },
      },
    },
    async (request) => outputOfPaused(await pauseElection(officerOf(request).work, request.params.id)),
  )
  routes.post(
    '/api/elections/:id/resume/',
    {
      onRequest: forElection(context, 'election:pause'),
      schema: {
        ...{ tags, security, params: named, body: nothing },
        summary: 'Take ballots again after a pause.',
        response: { 200: resumedOutput, '4xx': refused },
      },
    },
    async (request) => {
      const { slug, changed } = await resumeElection(officerOf(request).work, request.params.id)
      return { election: slug, status: 'open' as const, changed }
    },
  )
  routes.post(
    '/api/elections/:id/close/',
    {
      onRequest: forElection(context, 'election:close'),
      schema: {
        ...{ tags, security, params: named, body: confirmation },
        summary: 'End the vote for good.',
        response: { 200: closedOutput, '4xx': refused },
      },
    },
    async (request) => {
      const { work } = officerOf(request)
      const election = await readElection(work, request.params.id)
      const confirmed = [election.slug, election.title].includes(request.body.confirm?.trim() ?? '')
      if (mayTake(election, 'close') && !confirmed) throw new DeedUnconfirmed(election)
      return outputOfClosed(await closeElection({ work, group }, election.slug))
    },
  )
}
