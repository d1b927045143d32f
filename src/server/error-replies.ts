import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { httpStatusOf, Refusal } from '../errors.ts'

/** What a client reads when it is refused; the same shape as the commands' `--json`. */
interface ErrorBody {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly details: Readonly<Record<string, unknown>>
    readonly hint?: string
  }
}

/** Every reply that is not a success: a refusal with its own status, a bad request, or a bug without its inside. */
export function installErrorReplies(app: FastifyInstance): void {
  app.setNotFoundHandler((_, reply) => {
    send(reply, 404, bodyOf('not-found', 'There is nothing at this address.'))
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof Refusal) {
      const { code, details } = error
      if (typeof details.retryAfter === 'number') reply.header('retry-after', details.retryAfter)
      if (code === 'not-authenticated') reply.header('www-authenticate', 'Bearer')
      // What was asked for is not repeated: it may be a secret at the wrong place.
      const sentence = unrepeated[code]
      if (sentence !== undefined) return send(reply, httpStatusOf(error), bodyOf(code, sentence))
      send(reply, httpStatusOf(error), bodyOfRefusal(error))
      return
    }
    if (error.validation !== undefined) {
      // The place of a fault, and never the value: it may be a secret at the wrong place.
      const places = error.validation.map(({ instancePath }) => `${error.validationContext}${instancePath}`)
      const message = 'The request is not of the form that is described at /api/docs.'
      send(reply, 400, bodyOf('invalid-request', message, { places }))
      return
    }
    replyToFrameworkError(error, request, reply)
  })
}

/** What Fastify refuses by itself, also before there is a route: a bad path, too large a body. */
export function replyToFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) {
    const sentence = clientSentences[status] ?? 'The request can not be taken.'
    send(reply, status, bodyOf(clientCodes[status] ?? 'invalid-request', sentence))
    return
  }
  request.log.error({ err: error }, 'bug')
  send(reply, 500, bodyOf('bug', 'This is a bug in urna. Nothing was changed.'))
}

/** What is no HTTP, or not in time: answered once, and the connection ends. */
export function replyToUnreadable(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [line, status] = unreadable[error.code ?? ''] ?? ['400 Bad Request', 400]
  const body = JSON.stringify(
    bodyOf('invalid-request', clientSentences[status] ?? 'The request can not be taken.'),
  )
  socket.end(
    `HTTP/1.1 ${line}\r\nContent-Type: application/json; charset=utf-8\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  )
}

const unreadable: Readonly<Record<string, readonly [line: string, status: number]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 431],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 408],
}

const unrepeated: Readonly<Record<string, string>> = {
  'election-not-found': 'There is no such election.',
  'organisation-not-found': 'There is no such organisation.',
}

const clientCodes: Readonly<Record<number, string>> = {
  404: 'not-found',
  405: 'not-found',
  413: 'too-large',
  415: 'invalid-request',
}

const clientSentences: Readonly<Record<number, string>> = {
  400: 'The request can not be read.',
  408: 'The request did not come in time.',
  413: 'The request is larger than it may be.',
  415: 'The body must be JSON.',
  431: 'The head of the request is larger than it may be.',
  414: 'The address is longer than any here.',
}

export function bodyOfRefusal({ code, message, details, hint }: Refusal): ErrorBody {
  return { error: { code, message, details, ...(hint !== undefined && { hint }) } }
}

function bodyOf(code: string, message: string, details: Readonly<Record<string, unknown>> = {}): ErrorBody {
  return { error: { code, message, details } }
}

function send(reply: FastifyReply, status: number, body: ErrorBody): void {
  // Past the serializer of the route, which knows of successes only.
  reply
    .status(status)
    .type('application/json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body)
}
