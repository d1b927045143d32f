import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { ServerContext } from './context.ts'
import { installErrorReplies } from './error-replies.ts'
import { openLiveCounts } from './live.ts'
import type { ClientLimits } from './live-clients.ts'
import { boardRoutes } from './routes/board.ts'
import { healthRoutes } from './routes/health.ts'
import { homeRoutes } from './routes/home.ts'
import { liveRoutes } from './routes/live.ts'
import { pageRoutes } from './routes/pages.ts'
import { resultRoutes } from './routes/results.ts'
import { votingRoutes } from './routes/voting.ts'
import { loadWebAssets } from './web-assets.ts'

export interface ServerOptions {
  /** Where the log goes, as JSON lines; nothing is logged without it. */
  readonly log?: { write(line: string): void }
  /** Whether a proxy in front says who the client is. */
  readonly trustProxy?: boolean
  /** Of the live counts. */
  readonly listeners?: ClientLimits
  /** In milliseconds: a client of the live counts that shows no life for so long is let go. */
  readonly heartbeat?: number
}

/** In bytes. Above the largest sealed ballot; all other bodies are small. */
const largestBody = 1024 * 1024

/** The whole server, not yet listening. */
export async function createApp(
  context: ServerContext,
  options: ServerOptions = {},
): Promise<FastifyInstance> {
  const app = Fastify({
    logger:
      options.log === undefined
        ? false
        : { level: 'info', stream: options.log, serializers: { req: loggedRequest, res: loggedReply } },
    trustProxy: options.trustProxy ?? false,
    bodyLimit: largestBody,
    // Of a slow client: the whole request, and its head.
    requestTimeout: 30_000,
    http: { headersTimeout: 10_000, maxHeaderSize: 16 * 1024 },
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 100 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  installErrorReplies(app)
  await app.register(helmet, securityHeaders)
  app.addHook('onRequest', async (_, reply) => {
    reply.header('cache-control', 'no-store')
  })
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'urna', version: '1', description: about } },
    transform: createJsonSchemaTransform({ skipList: [] }),
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true })
  await app.register(websocket, { options: { maxPayload: 1024, perMessageDeflate: false } })
  await app.register(healthRoutes, context)
  await app.register(homeRoutes, context)
  await app.register(boardRoutes, context)
  await app.register(resultRoutes, context)
  const live = openLiveCounts(context.work, (error) => app.log.error(error, 'live counts'))
  await app.register(liveRoutes, {
    work: context.work,
    live,
    limits: options.listeners ?? { all: 20_000, perAddress: 200 },
    heartbeat: options.heartbeat ?? 30_000,
  })
  await app.register(votingRoutes, context)
  await app.register(pageRoutes, { assets: loadWebAssets() })
  return app
}

const about =
  'Elections, sealed ballots and results. The server never sees a choice: ballots are sealed by whoever sends them.'

/** Pages run what this server sends and nothing else, and talk to nobody else. */
const securityHeaders = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      // libsodium is WebAssembly.
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginEmbedderPolicy: { policy: 'require-corp' },
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  strictTransportSecurity: { maxAge: 365 * 24 * 60 * 60, includeSubDomains: false },
  xFrameOptions: { action: 'deny' },
} as const

/** Without headers, and without the address of the client: that somebody looked at a ballot page is nobody's. */
function loggedRequest({ method, url }: { method: string; url: string }) {
  return { method, path: url.split('?', 1)[0] }
}

function loggedReply({ statusCode }: { statusCode?: number }) {
  return { status: statusCode }
}
