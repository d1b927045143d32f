// node bench/serve/server.ts FILE: a server that takes ballots and nothing else, on a port that it prints.
import Fastify from 'fastify'
import { systemClock } from '../../src/clock.ts'
import { Refusal, refusals } from '../../src/errors.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { openUrnaFile } from '../../src/store/urna-file.ts'
import { openCasting } from '../../src/voting/casting.ts'
import { passphrase } from './election.ts'

const path = process.argv[2]!
const file = await openUrnaFile({ path, passphrase })
const work = new UnitOfWork({ file, clock: systemClock, officer: 'server' })
const casting = openCasting({ work, group: await loadGroup() })
const app = Fastify()

app.setErrorHandler((error, _request, reply) => {
  if (!(error instanceof Refusal)) return reply.status(500).send(String(error))
  const { code, message, details } = error
  return reply.status(refusals[error.code].http).send({ error: { code, message, details } })
})
app.get('/health', () => ({ ok: true }))
app.post<{ Params: { slug: string }; Body: { ballot: string } }>(
  '/api/elections/:slug/votes/',
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
  await file.close()
  process.exit(0)
})
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1', backlog: 4096 })}\n`)
