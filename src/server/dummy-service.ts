import { timingSafeEqual } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import Fastify from 'fastify'
import { z } from 'zod'
import { type MemberPage, membersPerPage } from '../register/service-schema.ts'
import { PortUnavailable } from './refusals.ts'
import { type SampleMember, sampleMember } from './sample-members.ts'

export interface DummySettings {
  /** How many members it lists. */
  readonly members: number
  /** 0 for a free one. */
  readonly port: number
  /** The header that it asks for; undefined for none. */
  readonly header: Readonly<Record<string, string>> | undefined
  /** Milliseconds that it takes for each answer. */
  readonly slow: number
  /** Each answer of this number is a failure: with 3 the third, the sixth … 0 for none. */
  readonly failing: number
}

const query = z.object({
  limit: z.coerce.number().int().min(1).max(10_000).catch(membersPerPage),
  after: z.coerce.number().int().min(0).catch(0),
})

/**
 * A service that lists made-up members, on this machine alone, to try out what fetches them.
 * @throws PortUnavailable
 */
export async function startDummyService(
  settings: DummySettings,
): Promise<{ url: string; close(): Promise<void> }> {
  const { members, port, header, slow, failing } = settings
  const snapshot = `sample-${members}`
  const app = Fastify({ forceCloseConnections: true })
  let answers = 0
  app.addHook('onRequest', async (request, reply) => {
    answers += 1
    if (slow > 0) await setTimeout(slow)
    if (failing > 0 && answers % failing === 0) return reply.status(503).send({ error: 'try again' })
    if (!hasHeader(request.headers, header)) return reply.status(401).send({ error: 'who are you?' })
    return undefined
  })
  app.get('/members', async (request, reply) => {
    if (request.headers['if-none-match'] === `"${snapshot}"`) return reply.status(304).send()
    const { limit, after } = query.parse(request.query)
    const end = Math.min(members, after + limit)
    const page = Array.from({ length: Math.max(0, end - after) }, (_, index) => sampleMember(after + index))
    return {
      members: page,
      next: end < members ? String(end) : null,
      total: members,
      snapshot,
    } satisfies MemberPage
  })
  app.get<{ Params: { number: string } }>('/members/:number', async (request, reply) => {
    const member = memberOf(request.params.number, members)
    return member ?? reply.status(404).send({ error: 'nobody of that number' })
  })
  try {
    return { url: `${await app.listen({ host: '127.0.0.1', port })}/`, close: () => app.close() }
  } catch (error) {
    await app.close()
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE' || code === 'EACCES')
      throw new PortUnavailable({ host: '127.0.0.1', port, code })
    throw error
  }
}

function memberOf(number: string, members: number): SampleMember | undefined {
  const index = /^\d{5,9}$/.test(number) ? Number(number) - firstNumber : -1
  return index >= 0 && index < members ? sampleMember(index) : undefined
}

const firstNumber = Number(sampleMember(0).number)

function hasHeader(
  headers: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, string>> | undefined,
): boolean {
  return Object.entries(wanted ?? {}).every(([name, value]) => {
    const [given, right] = [Buffer.from(String(headers[name.toLowerCase()])), Buffer.from(value)]
    return given.length === right.length && timingSafeEqual(given, right)
  })
}
