import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'

/** What one ballot got. */
export interface Answered {
  readonly status: number
  /** From the moment at which it was to arrive until its answer was read. */
  readonly milliseconds: number
  /** Where it is in the box. */
  readonly trackingCode: string | undefined
}

export interface Load {
  readonly answers: readonly Answered[]
  /** Ballots that were sent and got no answer, as the server was gone. */
  readonly unanswered: number
  /** From the first ballot to the last answer. */
  readonly seconds: number
}

export interface LoadPlan {
  readonly port: number
  readonly path: string
  readonly ballots: readonly string[]
  /**
   * Ballots a second, whether or not those before are answered, as voters don't wait for each other; or as fast as
   * all connections go, each sending its next ballot when the last one is answered.
   */
  readonly pace: { readonly rate: number } | 'fastest'
  /** Open before the first ballot is sent; more are opened if all wait. */
  readonly connections: number
  /** Hears how many are answered. */
  readonly onAnswer?: (count: number) => void
}

const head = Buffer.from('\r\n\r\n')

/** One keep-alive connection that sends a request after another; bare, to leave the processor to the server. */
class Connection {
  /** Resolves when the server took it. */
  readonly open: Promise<void>
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #answer: ((status: number, body: string) => void) | undefined

  constructor(port: number, onEnd: (unanswered: boolean) => void) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.open = new Promise((resolve) => this.#socket.once('connect', resolve))
    this.#socket.on('data', (bytes) => this.#read(bytes))
    // What is reset is closed next.
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => onEnd(this.#answer !== undefined))
  }

  send(request: Buffer, answer: (status: number, body: string) => void): void {
    this.#answer = answer
    this.#socket.write(request)
  }

  end(): void {
    this.#socket.destroy()
  }

  #read(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes])
    const end = this.#received.indexOf(head)
    if (end < 0) return
    const headers = this.#received.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(headers)![1])
    if (this.#received.length < end + head.length + length) return
    const body = this.#received.toString('utf8', end + head.length, end + head.length + length)
    this.#received = Buffer.alloc(0)
    const answer = this.#answer
    this.#answer = undefined
    answer?.(Number(headers.slice(9, 12)), body)
  }
}

/** Sends ballots over real HTTP. */
export async function drive(plan: LoadPlan): Promise<Load> {
  const { port, ballots, pace } = plan
  const requests = ballots.map((ballot) => requestOf(plan.path, ballot))
  const answers: Answered[] = []
  const idle: Connection[] = []
  const all = new Set<Connection>()
  const done = Promise.withResolvers<void>()
  let [sent, unanswered, finished] = [0, 0, false]

  function opened(): Connection {
    const connection = new Connection(port, (lost) => {
      all.delete(connection)
      if (finished) return
      unanswered += lost ? 1 : 0
      if (all.size === 0) done.resolve()
    })
    all.add(connection)
    return connection
  }

  function sendNext(due: number): void {
    const connection = idle.pop() ?? opened()
    connection.send(requests[sent++]!, (status, body) => {
      const trackingCode = /"trackingCode":"([^"]+)"/.exec(body)?.[1]
      answers.push({ status, milliseconds: performance.now() - due, trackingCode })
      idle.push(connection)
      plan.onAnswer?.(answers.length)
      if (answers.length + unanswered === requests.length) done.resolve()
      else if (pace === 'fastest' && sent < requests.length) sendNext(performance.now())
    })
  }

  // One after the other: a queue of connections that are not accepted yet is short.
  while (idle.length < plan.connections) {
    const connection = opened()
    await connection.open
    idle.push(connection)
  }
  const start = performance.now()
  if (pace === 'fastest') while (idle.length > 0 && sent < requests.length) sendNext(performance.now())
  const timer = setInterval(() => {
    if (pace === 'fastest') return
    const due = Math.min(requests.length, Math.floor(((performance.now() - start) * pace.rate) / 1000))
    while (sent < due && all.size > 0) sendNext(start + (sent * 1000) / pace.rate)
  }, 2)
  await done.promise
  clearInterval(timer)
  finished = true
  const seconds = (performance.now() - start) / 1000
  for (const connection of all) connection.end()
  return { answers, unanswered, seconds }
}

function requestOf(path: string, ballot: string): Buffer {
  const body = Buffer.from(JSON.stringify({ ballot }))
  const lines = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ]
  return Buffer.concat([Buffer.from(lines.join('\r\n')), head, body])
}
