import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { hasPublicHead, publicAuditHead } from '../../audit/public-head.ts'
import { findPublicElection } from '../../election/find-election.ts'
import { secrecySchema } from '../../election/secrecy.ts'
import { openPublicArchive } from '../../tally/public-archive.ts'
import { countBallots, findListedBallot, readBoardPage } from '../../tally/public-ballots.ts'
import type { ServerContext } from '../context.ts'
import { electionAddress } from '../election-address.ts'
import { Latest } from '../latest.ts'

const query = z.object({
  after: z.coerce.number().int().nonnegative().default(0).describe('The `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  code: z.string().max(100).optional().describe('A tracking code: only this ballot.'),
  auditHead: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .describe('A head of the audit log that was told here before: whether the log still has it.'),
})

const boardPage = z.object({
  election: z.string(),
  title: z.string(),
  uuid: z.string(),
  status: z.string(),
  zone: z.string(),
  fingerprint: z.string().describe('Of the public election: SHA-256 in unpadded Base64.'),
  head: z.object({
    hash: z.string().describe('SHA-256 of the last public event, hex.'),
    height: z.int().nonnegative(),
  }),
  auditHead: z
    .string()
    .nullable()
    .describe(
      'Of the audit log, as it told of what is here last, hex: to be kept, for `urna audit verify --head`.',
    ),
  auditHeadInLog: z
    .boolean()
    .nullable()
    .describe('Whether the log still has the head that was asked for; null if none was.'),
  archive: z.string().nullable().describe('Name of the file of the archive; null while it is not public.'),
  secrecy: secrecySchema.shape.kind,
  ballots: z.int().nonnegative().describe('Ballots, those that were replaced among them.'),
  counting: z.int().nonnegative(),
  list: z.array(
    z.object({
      trackingCode: z.string(),
      counts: z.boolean().describe('False where a later ballot of the same voter took its place.'),
    }),
  ),
  next: z.int().nullable(),
})

/** In milliseconds: a download of which nothing is taken for so long is given up. */
const stalled = 60_000

const tags = ['public']

/** The sealed ballots and the archive: what everybody may see at any time, and verify. */
export async function boardRoutes(app: FastifyInstance, { work }: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const counts = new Latest<{ ballots: number; counting: number; auditHead: string | null }>()

  routes.get(
    '/api/elections/:id/board/',
    {
      schema: {
        tags,
        summary: 'The public board: the head of its chain and the ballots by their tracking codes.',
        params: electionAddress,
        querystring: query,
        response: { 200: boardPage },
      },
    },
    async ({ params: { id: election }, query: { after, limit, code, auditHead } }) => {
      const page = await work.read(async (tx) => {
        const found = code === undefined ? undefined : await findListedBallot(tx, election, code)
        const page = await readBoardPage(tx, election, { after, limit: found === undefined ? limit : 1 })
        return found === undefined ? page : { ...page, list: [found], next: null }
      })
      // Once for all that ask meanwhile: the roll of ballots is gone through, and the log.
      const counted = await counts.of(election, `${page.head.hash} ${page.status} ${page.publishedAt}`, () =>
        work.read(async (tx) => {
          const found = await findPublicElection(tx, election)
          return { ...(await countBallots(tx, found)), auditHead: await publicAuditHead(tx, found) }
        }),
      )
      const auditHeadInLog =
        auditHead === undefined
          ? null
          : await work.read(async (tx) =>
              hasPublicHead(tx, await findPublicElection(tx, election), auditHead),
            )
      return { ...page, ...counted, auditHeadInLog }
    },
  )

  routes.get(
    '/api/elections/:id/archive/',
    {
      schema: {
        tags,
        summary: 'The public archive: all that anyone needs to verify the election.',
        description:
          'A tar file that only grows; where ballots are not sealed a JSON text, once the result is published. Its ETag is the head of the board.',
        params: electionAddress,
      },
    },
    async (request, reply) => {
      const archive = await openPublicArchive(work, request.params.id)
      const tag = `"${archive.head.hash}"`
      // Kept by whoever wants it, and asked for again: it grows.
      reply.header('etag', tag).header('cache-control', 'no-cache')
      if (request.headers['if-none-match'] === tag) return reply.status(304).send()
      reply.type(archive.type)
      reply.header('content-disposition', `attachment; filename="${archive.name}"`)
      reply.raw.setTimeout(stalled, () => reply.raw.destroy())
      return reply.send(Readable.from(archive.bytes(), { objectMode: false }))
    },
  )
}
