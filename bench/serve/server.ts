// node bench/serve/server.ts FILE: a server that takes ballots and nothing else, on a port that it prints.
import Fastify from 'fastify'
import { Refusal, refusals } from '../../src/errors.ts'
import { openCastingThread } from '../../src/voting/casting-thread.ts'
import { passphrase } from './election.ts'

const path = process.argv[2]!
const casting = openCastingThread({ path, passphrase, officer: 'server' })
const app = Fastify()

app.setErrorHandler((error, _request, reply) => {
  if (!(error instanceof Refusal)) return reply.status(500).send(String(error))
  const { code, message, details } = error
  return reply.status(refusals[error.code].http).send({ error: { code, message, details } })
})
app.get('/health', () => ({ ok: true }))
app.post<{ Params: { slug: string }; Body: { ballot: string } }>(
  '/api/elections/:slug/votes/',
  { onRequest: async () => casting.requireRoom() },
  async (request, reply) => {
    const verdict = await casting.cast(request.params.slug, {
      ballot: request.body.ballot,
      address: request.ip,
    })
    return reply.status(verdict.outcome === 'refused' ? 422 : 201).send(verdict)
  },
)
process.on('SIGTERM', async () => {
  await casting.close()
  await app.close()
  process.exit(0)
})
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1', backlog: 4096 })}\n`)
