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
  ...['key-unfit', 'cross-site'],
  ...['wrong-state', 'approval-needed', 'election-purged', 'correction-refused'],
])

/** What is answered, and with which status. */
interface Answer {
  readonly status: number
  readonly body: z.infer<typeof pollError>
}

/** Every reply of the routes for polls that is no success, in the form of the vote service; a bug without its inside. */
export function replyToPollError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = answerTo(error)
  if (!(error instanceof Refusal)) {
    if (status === 500) request.log.error({ err: error }, 'bug')
  } else {
    if (typeof error.details.retryAfter === 'number') reply.header('retry-after', error.details.retryAfter)
    if (status === 401) reply.header('www-authenticate', 'Bearer')
  }
  reply
    .status(status)
    .type('application/json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body)
}

const unreadable = 'Request body is not a valid json object.'
const bug: Answer = { status: 500, body: { error: 'internal', message: 'Ups, something went wrong!' } }

function answerTo(error: FastifyError): Answer {
  if (error instanceof PollRefused) {
    return { status: 400, body: { error: error.fault, message: error.message } }
  }
  if (error instanceof Refusal) return answerToRefusal(error)
  if (error.validation !== undefined) {
    return { status: 400, body: { error: 'invalid', message: misshapen(error.validation) } }
  }
  const { statusCode: status = 500 } = error
  return status < 500 ? { status, body: { error: 'invalid', message: unreadable } } : bug
}

/** The places of what is wrong, and never a value: it may be a secret at the wrong place. */
function misshapen(faults: NonNullable<FastifyError['validation']>): string {
  const places = faults.map(({ instancePath }) => instancePath).filter((path) => path !== '')
  return places.length === 0 ? unreadable : `${unreadable} See ${[...new Set(places)].join(', ')}.`
}

function answerToRefusal(refusal: Refusal): Answer {
  const { code, message } = refusal
  const status = httpStatusOf(refusal)
  const known = sentences[code]
  if (known !== undefined) return { status, body: { error: 'not-allowed', message: known } }
  // It is to come again.
  if (status === 429 || status === 503) return { status, body: { error: code, message } }
  if (status >= 500) return bug
  if (code === 'contest-invalid') return { status: 400, body: { error: 'invalid_config', message } }
  if (!notAllowed.has(code)) return { status: 400, body: { error: 'invalid', message } }
  return { status: status === 403 ? 403 : 400, body: { error: 'not-allowed', message } }
}

/** In the words of the vote service. */
const sentences: Readonly<Record<string, string>> = {
  'not-authenticated': 'Anonymous user can not use the vote service',
  'not-allowed': 'You are not allowed to manage a poll',
}
