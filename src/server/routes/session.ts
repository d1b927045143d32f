import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Action, type Actor, actions, mayDo, roles } from '../../organisation/roles.ts'
import { csrfTokenOf, endSession, openSession } from '../../organisation/sessions.ts'
import type { ServerContext } from '../context.ts'
import { forWhoeverIsSignedIn, nothing, officerOf, refused, security } from '../officer-routes.ts'
import { CrossSite } from '../refusals.ts'
import { clearSessionCookie, isFromThisHost, setSessionCookie } from '../session-cookie.ts'

const tags = ['session']

const signedIn = z.strictObject({
  officer: z.string(),
  role: z.enum(roles),
  organisation: z.string().meta({ description: 'Short name.' }),
  /** What the role and the key allow. */
  may: z.array(z.enum(actions as [Action, ...Action[]])),
  dryRun: z.boolean().meta({ description: 'Everything that is done is undone at once.' }),
  /** Null where an API key is asking: it needs none. */
  csrf: z.string().nullable().meta({ description: 'For the header x-csrf-token of every change.' }),
})

/** In bytes. */
const largestKey = 1024

/** The session of an officer on the dashboard. */
export async function sessionRoutes(app: FastifyInstance, { work }: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.post(
    '/api/session',
    {
      bodyLimit: largestKey,
      schema: {
        tags,
        summary: 'Open a session with an API key.',
        description: 'Sets a cookie that no script can read. Voters have none.',
        body: z.strictObject({ key: z.string().min(1).max(200) }),
        response: { 200: signedIn, '4xx': refused },
      },
    },
    async (request, reply) => {
      // Another page could sign the officer in as somebody else.
      if (request.headers.origin !== undefined && !isFromThisHost(request)) throw new CrossSite()
      const actor = await app.officersDoor.admit(request, request.body.key)
      const sessionId = await openSession(work.as(actor.name), actor)
      setSessionCookie(request, reply, sessionId)
      return outputOf(actor, sessionId)
    },
  )
  routes.get(
    '/api/session',
    {
      onRequest: forWhoeverIsSignedIn,
      schema: {
        ...{ tags, security },
        summary: 'Who is asking, and what they may do.',
        response: { 200: signedIn, '4xx': refused },
      },
    },
    async (request) => {
      const { actor, sessionId } = officerOf(request)
      return outputOf(actor, sessionId)
    },
  )
  routes.delete(
    '/api/session',
    {
      onRequest: forWhoeverIsSignedIn,
      schema: {
        ...{ tags, security, body: nothing },
        summary: 'End the session.',
        response: { 204: z.null(), '4xx': refused },
      },
    },
    async (request, reply) => {
      const { actor, sessionId } = officerOf(request)
      if (sessionId !== undefined) await endSession(work, actor, sessionId)
      clearSessionCookie(request, reply)
      return reply.status(204).send(null)
    },
  )
}

function outputOf(actor: Actor, sessionId: string | undefined): z.infer<typeof signedIn> {
  const { name, role, organisation, organisationId, dryRun } = actor
  return {
    ...{ officer: name, role, organisation, dryRun },
    may: actions.filter((action) => mayDo(actor, action, organisationId)),
    csrf: sessionId === undefined ? null : csrfTokenOf(sessionId),
  }
}
