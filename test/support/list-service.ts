import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A service on this machine that answers whatever a test wants. */
export interface ListService {
  /** With a slash at its end. */
  readonly url: string
  /** Paths with queries, in the order in which they were asked for. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

export async function listService(
  answer: (request: IncomingMessage, response: ServerResponse, asked: number) => void,
): Promise<ListService> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response, asked.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
