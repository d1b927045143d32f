import type { Server } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { castingRoute } from './busy.ts'
import type { ServerContext } from './context.ts'

/** Upper bounds of the latency histogram, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** What of the server is measured: totals, and nothing that tells a voter, a unit or an election. */
export interface Metrics {
  /** In the text format of Prometheus. */
  text(): Promise<string>
}

const casts = `POST ${castingRoute}`

/** Measures every request from now on. */
export function measure(
  app: FastifyInstance,
  { casting, backups }: Pick<ServerContext, 'casting' | 'backups'>,
): Metrics {
  const lag = monitorEventLoopDelay({ resolution: 20 })
  lag.enable()
  const requests = new Map<string, number>()
  const latencies = new Map<string, Latency>()
  const votes = { accepted: 0, refused: 0, busy: 0 }

  app.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
    const route = routeOf(request)
    if (route === casts) votes[statusCode < 300 ? 'accepted' : statusCode === 503 ? 'busy' : 'refused']++
    const kind = `route="${route}",status="${Math.floor(statusCode / 100)}xx"`
    requests.set(kind, (requests.get(kind) ?? 0) + 1)
    const latency = latencies.get(route) ?? emptyLatency()
    latencies.set(route, latency)
    note(latency, elapsedTime / 1000)
  })
  app.addHook('onClose', async () => {
    lag.disable()
  })

  return {
    text: async () => {
      const sockets = await openSockets(app.server)
      return [
        ...family('urna_votes_total', 'counter', 'Ballots that came in, by what became of them.', [
          ...Object.entries(votes).map(([outcome, count]) => ({ labels: `outcome="${outcome}"`, count })),
        ]),
        ...family('urna_votes_waiting', 'gauge', 'Ballots that wait for their answer.', [
          { count: casting.waiting() },
        ]),
        ...family('urna_requests_total', 'counter', 'Requests, by route and status.', [
          ...[...requests].map(([labels, count]) => ({ labels, count })),
        ]),
        ...latencyLines(latencies),
        ...family('urna_sockets', 'gauge', 'Open connections.', [{ count: sockets }]),
        ...lagLines(lag),
        ...backupLines(backups),
        ...family('process_resident_memory_bytes', 'gauge', 'Memory.', [
          { count: process.memoryUsage.rss() },
        ]),
        '',
      ].join('\n')
    },
  }
}

/** The pattern of the route, never the path: that holds names. */
function routeOf({ method, routeOptions }: FastifyRequest): string {
  return routeOptions.url === undefined ? 'none' : `${method} ${routeOptions.url}`
}

interface Latency {
  readonly counts: number[]
  total: number
  /** Seconds. */
  sum: number
}

function emptyLatency(): Latency {
  return { counts: bounds.map(() => 0), total: 0, sum: 0 }
}

function note(latency: Latency, seconds: number): void {
  for (const [index, bound] of bounds.entries()) if (seconds <= bound) latency.counts[index]! += 1
  latency.total += 1
  latency.sum += seconds
}

function latencyLines(latencies: ReadonlyMap<string, Latency>): string[] {
  const name = 'urna_request_seconds'
  return [
    ...family(name, 'histogram', 'Time until the answer was sent.', []),
    ...[...latencies].flatMap(([route, { counts, total, sum }]) => [
      ...bounds.map((bound, index) => `${name}_bucket{route="${route}",le="${bound}"} ${counts[index]}`),
      `${name}_bucket{route="${route}",le="+Inf"} ${total}`,
      `${name}_sum{route="${route}"} ${sum}`,
      `${name}_count{route="${route}"} ${total}`,
    ]),
  ]
}

function lagLines(lag: ReturnType<typeof monitorEventLoopDelay>): string[] {
  const seconds = (nanoseconds: number) => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0)
  const lines = family('urna_event_loop_lag_seconds', 'gauge', 'Delay of the event loop since last asked.', [
    { labels: 'quantile="0.5"', count: seconds(lag.percentile(50)) },
    { labels: 'quantile="0.99"', count: seconds(lag.percentile(99)) },
    { labels: 'quantile="1"', count: seconds(lag.max) },
  ])
  lag.reset()
  return lines
}

/** Nothing where the server makes none. */
function backupLines(backups: ServerContext['backups']): string[] {
  if (backups === undefined) return []
  const { lastAt, failing } = backups.state()
  return [
    ...family('urna_backup_last_timestamp_seconds', 'gauge', 'When the last backup was made; 0 for never.', [
      { count: lastAt === null ? 0 : Date.parse(lastAt) / 1000 },
    ]),
    ...family('urna_backup_failing', 'gauge', '1 where the last try to make a backup failed.', [
      { count: failing === null ? 0 : 1 },
    ]),
  ]
}

function family(
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  values: readonly { labels?: string; count: number }[],
): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...values.map(({ labels, count }) => `${name}${labels === undefined ? '' : `{${labels}}`} ${count}`),
  ]
}

function openSockets(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)))
}
