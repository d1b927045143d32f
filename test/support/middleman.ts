import { createServer, type IncomingMessage, request as send } from 'node:http'

/** What becomes of a request: the connection ends before the server has it, or after; or the answer is another. */
export type Fate =
  | 'passes'
  | 'never arrives'
  | 'is not answered'
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: string | Buffer }

export interface Middleman {
  readonly url: string
  /** Method and address of every request, and what came with it. */
  readonly seen: { what: string; headers: string; body: string }[]
  /** Decides from now on. @param answer what the server said */
  meddle(fate: (request: { what: string; answer: string }) => Fate): void
  close(): Promise<void>
}

/** Somebody between a client and a server, who sees and changes what passes. */
export async function middleman(server: string): Promise<Middleman> {
  const seen: Middleman['seen'] = []
  let fateOf: (request: { what: string; answer: string }) => Fate = () => 'passes'
  const between = createServer(async (request, response) => {
    const what = `${request.method} ${request.url}`
    const body = await textOf(request)
    seen.push({ what, headers: JSON.stringify(request.rawHeaders), body: body.toString('utf8') })
    const early = fateOf({ what, answer: '' })
    if (early === 'never arrives') return void response.destroy()
    const headers = { ...request.headers, host: new URL(server).host }
    const options = { method: request.method, headers }
    const onward = send(server + request.url, options, async (reply) => {
      const answer = await textOf(reply)
      const fate = fateOf({ what, answer: answer.toString('utf8') })
      if (fate === 'is not answered' || fate === 'never arrives') return void response.destroy()
      if (fate === 'passes') {
        response.writeHead(reply.statusCode ?? 500, reply.headers).end(answer)
        return
      }
      response
        .writeHead(fate.status ?? 200, { 'content-type': 'application/json', ...fate.headers })
        .end(fate.body)
    })
    onward.end(body)
  })
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
  const { port } = between.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    meddle: (fate) => {
      fateOf = fate
    },
    close: () =>
      new Promise((resolve) => {
        between.closeAllConnections()
        between.close(() => resolve())
      }),
  }
}

async function textOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
