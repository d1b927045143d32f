import type { UnitOfWork } from '../store/unit-of-work.ts'

const day = 86_400_000
/** In milliseconds: refused ballots are counted over so long, and told of again after six times as long. */
const span = 600_000
/** Refused ballots in that time: more than slips and repeated clicks of a few make. */
const many = 50

/** What only time or numbers show, and no deed. */
export interface Signs {
  /** Writes down what shows since it last looked. */
  look(): Promise<void>
}

/**
 * Writes signs into the log, each once, so that officers are told of them as of everything else: that an election
 * closes within a day, and that many ballots are refused. Refused ballots are counted from when this begins.
 */
export function openSigns(work: UnitOfWork): Signs {
  let seen: number | undefined
  const announced = new Set<string>()
  const refused = new Map<string, { at: number; count: number }[]>()
  const told = new Map<string, number>()
  return {
    look: async () => {
      const before = seen
      const { closing, latest, entries } = await work.read(async ({ db, now }) => {
        const soon = new Date(Date.parse(now) + day).toISOString()
        const head = await db
          .selectFrom('audit_entry')
          .select(({ fn }) => fn.max<number | null>('position').as('position'))
          .executeTakeFirstOrThrow()
        return {
          latest: head.position ?? 0,
          closing: await db
            .selectFrom('election')
            .select(['slug', 'closes_at as closesAt'])
            .where('status', 'in', ['open', 'paused'])
            .where('closes_at', '>', now)
            .where('closes_at', '<=', soon)
            .execute(),
          entries:
            before === undefined
              ? []
              : await db
                  .selectFrom('audit_entry')
                  .select(['at', 'election', 'action', 'details'])
                  .where('position', '>', before)
                  .where('action', 'in', ['ballot-refused', 'ballots-refused'])
                  .execute(),
        }
      })
      seen = latest
      for (const { slug, closesAt } of closing) {
        if (announced.has(`${slug} ${closesAt}`)) continue
        await announce(work, { slug, closesAt: closesAt! })
        announced.add(`${slug} ${closesAt}`)
      }
      for (const { at, election, action, details } of entries) {
        if (election === null) continue
        const count = action === 'ballot-refused' ? 1 : sumOf(details)
        refused.set(election, [...(refused.get(election) ?? []), { at: Date.parse(at), count }])
      }
      for (const [slug, list] of refused) {
        const end = Math.max(...list.map(({ at }) => at))
        const recent = list.filter(({ at }) => at > end - span)
        refused.set(slug, recent)
        const count = recent.reduce((sum, each) => sum + each.count, 0)
        if (count < many || end - (told.get(slug) ?? Number.NEGATIVE_INFINITY) < 6 * span) continue
        told.set(slug, end)
        await work.write('tell of refused ballots', (tx) =>
          tx.record({
            action: 'ballots-refused-often',
            election: slug,
            details: { count, seconds: span / 1000 },
          }),
        )
      }
    },
  }
}

/** Once for each moment, whoever announced it. */
async function announce(
  work: UnitOfWork,
  { slug, closesAt }: { slug: string; closesAt: string },
): Promise<void> {
  const action = 'election-closes-soon'
  await work.write('tell that an election closes', async (tx) => {
    const rows = await tx.db
      .selectFrom('audit_entry')
      .select('details')
      .where('election', '=', slug)
      .where('action', '=', action)
      .execute()
    const known = rows.some(
      ({ details }) => (JSON.parse(details) as { closesAt?: string }).closesAt === closesAt,
    )
    if (!known) await tx.record({ action, election: slug, details: { closesAt } })
  })
}

/** @param details how many by their codes, as JSON */
function sumOf(details: string): number {
  return Object.values(JSON.parse(details) as Record<string, unknown>).reduce<number>(
    (sum, count) => sum + (typeof count === 'number' ? count : 0),
    0,
  )
}
