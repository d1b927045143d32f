import { connect, type Socket } from 'node:net'

/** A connection that keeps to no protocol. */
export interface RawClient {
  readonly socket: Socket
  /** All that came back so far. */
  received(): string
  /** Whether the server has ended it; resolves when it has, and rejects after so many milliseconds. */
  ended(within: number): Promise<string>
}

export async function rawClient(url: string): Promise<RawClient> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  let received = ''
  socket.setEncoding('latin1').on('data', (text) => {
    received += String(text)
  })
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  // That the server ends a connection while something is being sent is no fault here.
  socket.on('error', () => {})
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  const ended = async (within: number) => {
    const timer = AbortSignal.timeout(within)
    await Promise.race([
      closed,
      new Promise((_, reject) =>
        timer.addEventListener('abort', () =>
          reject(new Error(`still open; got: ${received.slice(0, 200)}`)),
        ),
      ),
    ])
    return received
  }
  return { socket, received: () => received, ended }
}

/** Sends it all and gives back what comes until the server ends the connection, or nothing comes any more. */
export async function sendRaw(url: string, text: string, quiet = 300): Promise<string> {
  const client = await rawClient(url)
  client.socket.write(text, 'latin1')
  const giveUp = performance.now() + 5000
  for (let before = 0; !client.socket.closed && performance.now() < giveUp; ) {
    await new Promise((resolve) => setTimeout(resolve, quiet))
    const length = client.received().length
    if (length > 0 && length === before) break
    before = length
  }
  client.socket.destroy()
  return client.received()
}

/** The statuses of all answers in what came back. */
export function statusesIn(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
}
