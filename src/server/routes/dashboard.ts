import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { checkElection } from '../../election/check-election.ts'
import { dashboardSchema } from '../../election/dashboard-schema.ts'
import { findElection } from '../../election/find-election.ts'
import { dueDeeds, readKeeping } from '../../election/keeping.ts'
import type { Finding } from '../../election/readiness.ts'
import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { type readBoxOpening, readTrusteeProgress } from '../../tally/remote/trustee-progress.ts'
import { lastVoteAt, readTurnoutHistory } from '../../tally/turnout-history.ts'
import type { ServerContext } from '../context.ts'
import { Latest } from '../latest.ts'
import { forElection, named, officerOf, refused, security } from '../officer-routes.ts'

/** In milliseconds. To examine a draft is a rehearsed write: pages that ask every few seconds share what was found. */
const examinedFor = 30_000

/** What the officers' page shows of an election beside its live counts. */
export async function dashboardRoutes(
  app: FastifyInstance,
  context: ServerContext & { opening: typeof readBoxOpening },
): Promise<void> {
  const startedAt = context.clock.now().toISOString()
  const examined = new Latest<Finding[]>()
  const findingsOf = (slug: string) =>
    examined.of(slug, String(Math.floor(context.clock.now().getTime() / examinedFor)), async () => {
      const { findings } = await checkElection(context.work, slug)
      return findings
    })
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/elections/:id/dashboard/',
    {
      onRequest: forElection(context, 'turnout:read'),
      schema: {
        ...{ tags: ['elections'], security, params: named },
        summary: 'How an election goes: its state, its turnout over time, and how the server is.',
        response: { 200: dashboardSchema, '4xx': refused },
      },
    },
    async (request) => {
      const { work } = officerOf(request)
      const slug = request.params.id
      const disk = await diskOf(work.path)
      const { status } = await work.read((tx) => findElection(tx, slug))
      const findings = status === 'draft' ? await findingsOf(slug) : []
      const { backups } = context
      return work.read(async (tx) => {
        const election = await findElection(tx, slug)
        const keeping = await readKeeping(tx, election)
        return {
          ...{ election: slug, title: election.title, status: election.status, zone: election.zone },
          opensAt: election.opens_at,
          closesAt: election.closes_at,
          openedAt: election.opened_at,
          closedAt: election.closed_at,
          publishedAt: election.published_at,
          now: tx.now,
          history: await readTurnoutHistory(tx, election),
          trustees: await readTrusteeProgress(tx, election, (of) => context.opening(tx, context.group, of)),
          findings: findings.map((finding) => ({ ...finding, command: finding.command ?? null })),
          keeping: {
            keepDays: keeping.keepDays,
            keptUntil: keeping.keptUntil,
            purgedAt: keeping.purgedAt,
            due: dueDeeds(slug, keeping, tx.now),
          },
          health: {
            startedAt,
            lastVoteAt: await lastVoteAt(tx, election),
            queue: context.casting.waiting(),
            disk,
            backups: backups === undefined ? null : backups.state(),
          },
        }
      })
    },
  )
}

/** How large the file is with its journal, and how much more the disk takes. */
async function diskOf(path: UnitOfWork['path']): Promise<{ file: number; free: number }> {
  const sizes = await Promise.all(
    [path, `${path}-wal`].map((each) =>
      stat(each).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  const { bavail, bsize } = await statfs(dirname(path))
  return { file: sizes.reduce((sum, size) => sum + size, 0), free: bavail * bsize }
}
