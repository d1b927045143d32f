import * as z from 'zod/mini'

/** ISO 8601 in UTC. */
const moment = z.nullable(z.string())
const count = z.int().check(z.nonnegative())
const bytes = z.number().check(z.nonnegative())

/** What the officers' page shows of an election beside its live counts. */
export const dashboardSchema = z.object({
  election: z.string(),
  title: z.string(),
  status: z.string(),
  zone: z.string(),
  opensAt: moment,
  closesAt: moment,
  openedAt: moment,
  closedAt: moment,
  publishedAt: moment,
  /** Of the server, to count down by. */
  now: z.string(),
  history: z.array(z.object({ at: z.string(), voted: count })),
  /** The key ceremony, the rehearsal and the opening, by trustee. */
  trustees: z.object({
    /** What trustees do now; null while nothing is asked of any. */
    step: z.nullable(z.enum(['certificate', 'shares', 'public_key', 'rehearsal', 'shuffle', 'decryption'])),
    /** Of these, so many. */
    awaited: z.array(z.object({ names: z.array(z.string()), needed: count })),
    trustees: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['server', 'person']),
        state: z.enum(['awaited', 'done', 'spare', 'later']),
        invited: z.boolean(),
        refused: z.nullable(z.object({ at: z.string(), reason: z.string() })),
      }),
    ),
  }),
  findings: z.array(
    z.object({
      level: z.enum(['blocks', 'warns']),
      code: z.string(),
      message: z.string(),
      command: z.nullable(z.string()),
    }),
  ),
  /** How long its voters are kept, and what can be put away. */
  keeping: z.object({
    keepDays: z.nullable(count),
    keptUntil: moment,
    purgedAt: moment,
    due: z.array(
      z.object({
        deed: z.enum(['archive', 'purge']),
        at: z.string(),
        due: z.boolean(),
        command: z.string(),
      }),
    ),
  }),
  health: z.object({
    startedAt: z.string(),
    lastVoteAt: moment,
    /** Ballots that arrived and have no answer yet. */
    queue: count,
    disk: z.object({ file: bytes, free: bytes }),
    /** Those that the server makes on its own; null where it makes none. */
    backups: z.nullable(
      z.object({
        lastAt: moment,
        failing: z.nullable(z.object({ since: z.string(), message: z.string() })),
      }),
    ),
  }),
})

export type Dashboard = z.infer<typeof dashboardSchema>
