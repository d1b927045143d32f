import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform } from 'fastify-type-provider-zod'

const about = `Elections, sealed ballots and results. The server never sees a choice: ballots are sealed by whoever sends them. Polls are the exception, whose votes a meeting service passes on.

Officers and scripts send an API key. The dashboard opens a session with one, and sends its token with every change.`

/** The description of the API, made from the schemas that check the requests. */
export async function installApiDocs(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'urna', version: '1', description: about, license: { name: 'Apache-2.0' } },
      tags: [
        { name: 'session', description: 'Officers on the dashboard.' },
        { name: 'elections', description: 'What is voted on, and by whom. For officers.' },
        {
          name: 'register',
          description: 'Votes that are given to others, who is present, weights. For officers.',
        },
        { name: 'steps', description: 'Opening, pausing and closing. For officers.' },
        {
          name: 'polls',
          description: 'For a service that runs meetings, as the OpenSlides vote service has them.',
        },
        {
          name: 'nominations',
          description: 'For nominees, who answer by their links, and for officers who look after them.',
        },
        { name: 'trustees', description: 'For trustees who work through the server, with an invitation.' },
        { name: 'voting', description: 'For voters: without a name, and without a cookie.' },
        { name: 'public', description: 'For everybody.' },
        { name: 'running', description: 'For whoever keeps the server running.' },
      ],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-urna-session',
            description: 'As POST /api/session sets it; called urna-session on this machine itself.',
          },
          nominee: {
            type: 'http',
            scheme: 'bearer',
            description: 'What stands behind #n= in the link of a nominee.',
          },
          invitation: {
            type: 'http',
            scheme: 'bearer',
            description: 'The secret of an invitation, as urna trustee invite writes it.',
          },
          csrf: {
            type: 'apiKey',
            in: 'header',
            name: 'x-csrf-token',
            description: 'The token of the session; for changes only.',
          },
        },
      },
    },
    transform: createJsonSchemaTransform({ skipList: [] }),
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: docsPolicy })
}

/** The page of the docs colours itself, and shows pictures that are in its own style sheet. */
const docsPolicy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}
