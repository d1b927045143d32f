import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { PollRefused } from '../election/poll/refusals.ts'
import { httpStatusOf, Refusal } from '../errors.ts'

/** What a meeting service reads when it is refused. */
export const pollError = z.strictObject({
  error: z.string().meta({ description: 'One word for programs: not-started.' }),
  message: z.string().meta({ description: 'One sentence for people.' }),
})

/** Refusals of other parts of urna whose meaning is that it is not the time, or not the officer. */
const notAllowed: ReadonlySet<string> = new Set([
  ...['not-allowed', 'not-authenticated', 'key-unfit', 'cross-site'],
  ...['wrong-state', 'approval-needed', 'election-purged', 'correction-refused'],
])

/** Every reply of the routes for polls that is no success, in the form of the vote service; a bug without its inside. */
export function replyToPollError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const send = (status: number, body: z.infer<typeof pollError>) => {
    reply
      .status(status)
      .type('application/json; charset=utf-8')
      .serializer((payload: unknown) => JSON.stringify(payload))
      .send(body)
  }
  if (error instanceof PollRefused) return send(400, { error: error.fault, message: error.message })
  if (error instanceof Refusal) return sendRefusal(error, reply, send)
  const status = error.validation === undefined ? (error.statusCode ?? 500) : 400
  if (status < 500) {
    const message = error.validation === undefined ? unreadable : misshapen(error.validation)
    return send(status, { error: 'invalid', message })
  }
  request.log.error({ err: error }, 'bug')
  send(500, internal)
}

const unreadable = 'Request body is not a valid json object.'
const internal = { error: 'internal', message: 'Ups, something went wrong!' }

/** The places of what is wrong, and never a value: it may be a secret at the wrong place. */
function misshapen(faults: NonNullable<FastifyError['validation']>): string {
  const places = faults.map(({ instancePath }) => instancePath).filter((path) => path !== '')
  return places.length === 0
    ? unreadable
    : `Request body is not a valid json object: see ${[...new Set(places)].join(', ')}.`
}

function sendRefusal(
  refusal: Refusal,
  reply: FastifyReply,
  send: (status: number, body: z.infer<typeof pollError>) => void,
): void {
  const { code, message, details } = refusal
  const status = httpStatusOf(refusal)
  if (typeof details.retryAfter === 'number') reply.header('retry-after', details.retryAfter)
  if (code === 'not-authenticated') {
    reply.header('www-authenticate', 'Bearer')
    return send(401, { error: 'not-allowed', message: 'Anonymous user can not use the vote service' })
  }
  if (code === 'not-allowed') {
    return send(403, { error: 'not-allowed', message: 'You are not allowed to manage a poll' })
  }
  if (status === 429 || status === 503) return send(status, { error: code, message })
  if (status >= 500) return send(status, internal)
  if (code === 'contest-invalid') return send(400, { error: 'invalid_config', message })
  if (notAllowed.has(code)) return send(status === 403 ? 403 : 400, { error: 'not-allowed', message })
  send(400, { error: 'invalid', message })
}
