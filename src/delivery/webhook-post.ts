import { createHmac } from 'node:crypto'
import { request as plainRequest, type RequestOptions } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isPublicAddress, literalOf, publicLookup, webhookTarget } from './webhook-target.ts'

/** In milliseconds, for a whole attempt. */
const patience = 10_000

export interface WebhookMessage {
  readonly url: string
  readonly secret: Uint8Array
  readonly allowPrivate: boolean
  /** The same at each attempt, by which the other side knows a repetition. */
  readonly id: string
  /** Exactly what is posted. */
  readonly body: string
  readonly now: Date
}

/**
 * Signature of the Standard Webhooks specification, version 1: HMAC-SHA-256 over id, seconds since 1970 and body.
 * Source: https://www.standardwebhooks.com
 */
export function webhookSignature(
  secret: Uint8Array,
  { id, timestamp, body }: { id: string; timestamp: string; body: string },
): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/**
 * Posts a message once. A redirection is followed nowhere, and of the answer only the status is read.
 * @returns the status of HTTP, or why there is none: `timeout`, `private-address`, or a code of the system
 */
export async function postWebhook({
  url,
  secret,
  allowPrivate,
  id,
  body,
  now,
}: WebhookMessage): Promise<string> {
  const target = webhookTarget(url, { allowPrivate })
  const literal = literalOf(target)
  if (!allowPrivate && literal !== undefined && !isPublicAddress(literal)) return 'private-address'
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signal = AbortSignal.timeout(patience)
  const options: RequestOptions = {
    method: 'POST',
    // Of this attempt alone: another host could stand behind the name at the next one.
    agent: false,
    signal,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'urna',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': webhookSignature(secret, { id, timestamp, body }),
    },
    ...(!allowPrivate && { lookup: publicLookup }),
  }
  return new Promise((resolve) => {
    const send = target.protocol === 'https:' ? secureRequest : plainRequest
    const request = send(target, options, (response) => {
      resolve(String(response.statusCode))
      response.destroy()
    })
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve(signal.aborted ? 'timeout' : (error.code ?? 'connection')),
    )
    request.end(body)
  })
}

export function wasTaken(answer: string): boolean {
  return /^2\d\d$/.test(answer)
}
