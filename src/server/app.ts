import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { installApiDocs } from './api-docs.ts'
import { installOfficers } from './auth.ts'
import { castingRoute, installBusyDoor } from './busy.ts'
import type { ServerContext } from './context.ts'
import { loggedError } from './error-log.ts'
import { installErrorReplies, replyToFrameworkError, replyToUnreadable } from './error-replies.ts'
import { installHosts } from './hosts.ts'
import { installJsonBodies } from './json-body.ts'
import { latestOpening } from './latest-opening.ts'
import { installRateLimits, type ServerLimits, usualLimits } from './limits.ts'
import { openLiveCounts } from './live.ts'
import type { ClientLimits } from './live-clients.ts'
import { measure } from './metrics.ts'
import { approvalRoutes } from './routes/approvals.ts'
import { boardRoutes } from './routes/board.ts'
import { dashboardRoutes } from './routes/dashboard.ts'
import { electionRoutes } from './routes/elections.ts'
import { givenVoteRoutes } from './routes/given-votes.ts'
import { healthRoutes } from './routes/health.ts'
import { homeRoutes } from './routes/home.ts'
import { incidentRoutes } from './routes/incidents.ts'
import { liveRoutes } from './routes/live.ts'
import { liveVoteRoutes } from './routes/live-votes.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { nominationRoutes } from './routes/nominations.ts'
import { notificationRoutes } from './routes/notifications.ts'
import { organisationRoutes } from './routes/organisations.ts'
import { pageRoutes, readablePath } from './routes/pages.ts'
import { pollRoutes } from './routes/polls.ts'
import { resultRoutes } from './routes/results.ts'
import { rollRoutes } from './routes/roll.ts'
import { roomRoutes } from './routes/room.ts'
import { sessionRoutes } from './routes/session.ts'
import { stepRoutes } from './routes/steps.ts'
import { trusteeRoutes } from './routes/trustees.ts'
import { votingRoutes } from './routes/voting.ts'
import { loadWebAssets } from './web-assets.ts'

export interface ServerOptions {
  /** Where the log goes, as JSON lines; nothing is logged without it. */
  readonly log?: { write(line: string): void }
  /** Whether a proxy in front says who the client is. */
  readonly trustProxy?: boolean
  /** What differs from the usual limits. */
  readonly limits?: Partial<ServerLimits>
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
  const limits = { ...usualLimits, ...options.limits }
  const app = Fastify({
    logger:
      options.log === undefined
        ? false
        : { level: 'info', stream: options.log, serializers: { req: () => ({}), err: loggedError } },
    trustProxy: options.trustProxy ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: largestBody,
    // Of a slow client: the whole request, and its head.
    requestTimeout: limits.request,
    keepAliveTimeout: limits.head,
    http: {
      headersTimeout: limits.head,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: Math.min(limits.head, 5000),
    },
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 100 },
    rewriteUrl: ({ url = '/' }) => readablePath(url),
    frameworkErrors: replyToFrameworkError,
    clientErrorHandler: replyToUnreadable,
  })
  app.server.maxConnections = limits.sockets
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  installErrorReplies(app)
  installJsonBodies(app)
  installBusyDoor(app, context)
  await app.register(helmet, securityHeaders)
  app.addHook('onRequest', async (_, reply) => {
    reply.header('cache-control', 'no-store')
  })
  // One line for what did not go well; of all else there are totals, and of ballots that are to come again.
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode < 400) return
    const { method, routeOptions, log } = request
    if (reply.statusCode === 503 && routeOptions.url === castingRoute) return
    // Of the path only the pattern: somebody may have put a secret into it.
    const line = { method, route: routeOptions.url, status: reply.statusCode }
    log.warn({ ...line, milliseconds: Math.round(reply.elapsedTime) }, 'refused')
  })
  const metrics = measure(app, context)
  await installRateLimits(app, limits)
  await app.register(cookie)
  installHosts(app, context)
  installOfficers(app, { ...context, limits })
  await installApiDocs(app)
  await app.register(websocket, { options: { maxPayload: 1024, perMessageDeflate: false } })
  await app.register(healthRoutes, context)
  await app.register(metricsRoutes, { metrics, behindProxy: options.trustProxy === true })
  await app.register(sessionRoutes, context)
  await app.register(organisationRoutes, context)
  await app.register(electionRoutes, context)
  await app.register(stepRoutes, context)
  await app.register(approvalRoutes, context)
  await app.register(incidentRoutes, context)
  const opening = latestOpening()
  await app.register(dashboardRoutes, { ...context, opening })
  await app.register(nominationRoutes, { ...context, limits })
  await app.register(trusteeRoutes, { ...context, limits, opening })
  await app.register(rollRoutes, context)
  await app.register(givenVoteRoutes, context)
  await app.register(roomRoutes, context)
  await app.register(notificationRoutes, context)
  await app.register(votingRoutes, context)
  await app.register(liveVoteRoutes, context)
  await app.register(pollRoutes, context)
  await app.register(homeRoutes, context)
  await app.register(boardRoutes, context)
  await app.register(resultRoutes, context)
  const live = openLiveCounts(context.work, (error) => app.log.error({ err: error }, 'live counts'))
  context.casting.onAccepted(live.hint)
  await app.register(liveRoutes, {
    work: context.work,
    live,
    limits: options.listeners ?? { all: 20_000, perAddress: 200 },
    heartbeat: options.heartbeat ?? 30_000,
  })
  await app.register(pageRoutes, { assets: loadWebAssets() })
  return app
}

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
