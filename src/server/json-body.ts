import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is needed as it was written, too. */
    readonly asWritten?: true
  }
  interface FastifyRequest {
    /** Where the route asks for it. */
    bodyText: string | undefined
  }
}

/** Levels of arrays and objects within each other. */
const deepest = 24

/**
 * Reads the bodies of requests: JSON in whole UTF-8, without names that reach into objects, text that can't be
 * written down, or more depth than anything here has.
 */
export function installJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.decorateRequest('bodyText', undefined)
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = textOf(body as Buffer)
    // A repetition such as POST …/pause/ needs no body, and may say so with an empty one.
    if (text === '') return done(null, undefined)
    if (text === undefined) return done(unreadable())
    if (request.routeOptions.config.asWritten) request.bodyText = text
    parse(request, text, (error, value) => {
      if (error !== null) done(unreadable())
      else if (isSound(value)) done(null, value)
      else done(unreadable())
    })
  })
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function unreadable(): Error {
  return Object.assign(new Error('the body can not be read'), { statusCode: 400 })
}

/** Step by step: what is nested too deeply would be so for a function that calls itself, too. */
function isSound(value: unknown): boolean {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next
    if (typeof value === 'string') {
      if (!isWritable(value)) return false
    } else if (typeof value === 'object' && value !== null) {
      if (depth === deepest) return false
      for (const [name, inner] of Object.entries(value)) {
        if (!isWritable(name)) return false
        open.push({ value: inner, depth: depth + 1 })
      }
    }
  }
  return true
}

/** Half a surrogate pair is no character, and a NUL ends text elsewhere. */
function isWritable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
