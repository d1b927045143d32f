import type { WebSocket } from '@fastify/websocket'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { findPublicElection } from '../../election/find-election.ts'
import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { electionAddress } from '../election-address.ts'
import type { LiveCounts } from '../live.ts'
import { ClientCount, type ClientLimits, Outbox } from '../live-clients.ts'
import { TooManyListeners } from '../refusals.ts'

interface LiveRoutes {
  readonly work: UnitOfWork
  readonly live: LiveCounts
  readonly limits: ClientLimits
  /** In milliseconds: a client that shows no life for so long is let go. */
  readonly heartbeat: number
}

/** A client that listens. */
interface Client {
  /** Whether it has shown life since it was asked last. */
  alive: boolean
  ask(): void
  drop(): void
}

const tags = ['public']

/** The live counts over WebSocket and as server-sent events: totals only, the same for everybody. */
export async function liveRoutes(
  app: FastifyInstance,
  { work, live, limits, heartbeat }: LiveRoutes,
): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const places = new ClientCount(limits)
  const clients = new Set<Client>()
  const beat = setInterval(() => {
    for (const client of clients) {
      if (!client.alive) client.drop()
      client.alive = false
      client.ask()
    }
  }, heartbeat)
  beat.unref()
  app.addHook('preClose', async () => {
    clearInterval(beat)
    live.close()
    for (const client of clients) client.drop()
  })

  function welcome(client: Client, leave: () => void): () => void {
    clients.add(client)
    return () => {
      clients.delete(client)
      leave()
    }
  }

  routes.get(
    '/ws/elections/:id',
    { websocket: true, schema: { hide: true, params: electionAddress }, preHandler: requireElection(work) },
    async (socket, request) => {
      const leave = places.enter(request.ip)
      if (leave === undefined) return socket.close(1013, 'too many listeners')
      const gone = welcome(socketClient(socket), leave)
      socket.once('close', gone)
      const outbox = new Outbox(({ text }, sent) => socket.send(text, sent))
      const stop = await live.listen(request.params.id, (message) => outbox.put(message))
      if (socket.readyState === socket.OPEN) socket.once('close', stop)
      else stop()
    },
  )

  routes.get(
    '/api/elections/:id/events',
    {
      schema: {
        tags,
        summary: 'Live counts as server-sent events: totals only.',
        description:
          'The same messages as on /ws/elections/{election}: vote_count_updated, voter_turnout_updated.',
        params: electionAddress,
      },
      preHandler: requireElection(work),
    },
    async (request, reply) => {
      // Who left before this would never be told to have left, and keep the place.
      if (reply.raw.destroyed) return reply.hijack()
      const leave = places.enter(request.ip)
      if (leave === undefined) throw new TooManyListeners()
      const stream = openStream(reply)
      const gone = welcome(streamClient(reply), leave)
      stream.once('close', gone)
      const outbox = new Outbox(
        ({ event, text }, sent) =>
          // The callback comes once the system has taken it, which it does not from a client that reads nothing.
          void stream.write(`event: ${event}\ndata: ${text}\n\n`, () => sent()),
      )
      try {
        const stop = await live.listen(request.params.id, (message) => outbox.put(message))
        if (stream.destroyed) stop()
        else stream.once('close', stop)
      } catch (error) {
        stream.destroy()
        throw error
      }
    },
  )
}

/** An answer with a status, as long as there can be one. */
function requireElection(work: UnitOfWork) {
  return async (request: FastifyRequest): Promise<void> => {
    const { id } = electionAddress.parse(request.params)
    await work.read((tx) => findPublicElection(tx, id))
  }
}

function socketClient(socket: WebSocket): Client {
  const client: Client = {
    alive: true,
    ask: () => socket.ping(),
    drop: () => socket.terminate(),
  }
  socket.on('pong', () => {
    client.alive = true
  })
  // Nobody has anything to say here.
  socket.on('message', () => socket.close(1008, 'this channel only tells'))
  socket.on('error', () => socket.terminate())
  return client
}

function openStream(reply: FastifyReply): FastifyReply['raw'] {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  })
  raw.on('error', () => raw.destroy())
  return raw
}

function streamClient({ raw }: FastifyReply): Client {
  const client: Client = {
    alive: true,
    // A comment; whoever takes it in is alive.
    ask() {
      raw.write(':\n\n', (error) => {
        if (!error) client.alive = true
      })
    },
    drop: () => raw.destroy(),
  }
  return client
}
