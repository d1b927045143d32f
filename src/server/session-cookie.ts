import '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isLoopback } from '../delivery/hosts.ts'

/** What holds the session of an officer in a browser. Voters have no cookie. */
const names = { secure: '__Host-urna-session', loopback: 'urna-session' }

/**
 * Whether the way to the client is encrypted. On this machine itself browsers trust a plain connection; everywhere
 * else a proxy with a certificate is taken for granted, so that a session never travels in the clear.
 */
function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || !isLoopback(request.hostname)
}

/** The session that a request carries, whether or not there is such a session. */
export function sessionIdOf(request: FastifyRequest): string | undefined {
  return request.cookies[isSecure(request) ? names.secure : names.loopback]
}

/** Until the browser is closed, or the session ends, whichever is first. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, id: string): void {
  const secure = isSecure(request)
  reply.setCookie(secure ? names.secure : names.loopback, id, { ...attributes, secure })
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  const secure = isSecure(request)
  reply.clearCookie(secure ? names.secure : names.loopback, { ...attributes, secure })
}

const attributes = { path: '/', httpOnly: true, sameSite: 'strict' } as const

/** Whether the page that sent the request is of this very host; a request without an origin is not known to be. */
export function isFromThisHost(request: FastifyRequest): boolean {
  const { origin } = request.headers
  const own = `${isSecure(request) ? 'https' : 'http'}://${request.host}`
  return origin !== undefined && URL.canParse(own) && origin === new URL(own).origin
}
