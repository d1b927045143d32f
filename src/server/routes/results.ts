import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { findPublicElection } from '../../election/find-election.ts'
import { publicResult } from '../../election/publication.ts'
import { type ElectionResultDocument, resultSchema } from '../../report/result-schema.ts'
import { publicExtent } from '../../tally/public-archive.ts'
import type { ServerContext } from '../context.ts'
import { electionAddress } from '../election-address.ts'
import { Latest } from '../latest.ts'

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const tags = ['public']

/** The result, once it is published; nothing of it to anybody before. */
export async function resultRoutes(app: FastifyInstance, { work, group }: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const documents = new Latest<ElectionResultDocument>()
  const workbooks = new Latest<Uint8Array>()

  /** Changes whenever the document does. @throws ElectionNotFound, where it is a draft too */
  async function keyOf(slug: string): Promise<string> {
    return work.read(async (tx) => {
      const election = await findPublicElection(tx, slug)
      const { head } = await publicExtent(tx, election)
      return `${head.hash} ${election.status} ${election.published_at}`
    })
  }

  async function resultOf(slug: string, key: string): Promise<ElectionResultDocument> {
    return documents.of(slug, key, () => publicResult({ work, group }, slug))
  }

  routes.get(
    '/api/elections/:id/results/',
    {
      schema: {
        tags,
        summary: 'The result, once it is published.',
        description: 'What `urna export json` writes: every round, transfer and tie of every contest.',
        params: electionAddress,
        response: { 200: resultSchema },
      },
    },
    async ({ params: { id: election } }) => resultOf(election, await keyOf(election)),
  )

  routes.get(
    '/api/elections/:id/results/export/',
    { schema: { tags, summary: 'The published result as a workbook (XLSX).', params: electionAddress } },
    async ({ params: { id: election } }, reply) => {
      const key = await keyOf(election)
      const result = await resultOf(election, key)
      const workbook = await workbooks.of(election, key, async () => {
        const [{ resultWorkbook }, { summaryOf }] = await Promise.all([
          import('../../report/result-workbook.ts'),
          import('../../report/summary.ts'),
        ])
        // Without the audit log, which names officers and says whose ballot came in when, and without other elections.
        return resultWorkbook(result, { summary: summaryOf(result, []), log: undefined })
      })
      reply.type(workbookType)
      reply.header('content-disposition', `attachment; filename="${election}.result.xlsx"`)
      return reply.send(Buffer.from(workbook))
    },
  )
}
