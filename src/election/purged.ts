import { z } from 'zod'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { ElectionPurged } from './refusals-purge.ts'

const count = z.int().nonnegative()
const turnout = { voters: count, voted: count }

/** What was counted while there were voters to count. */
const figuresSchema = z.strictObject({
  turnout: z.strictObject({
    ...turnout,
    units: z.array(
      z.strictObject({
        ...turnout,
        unit: z.enum(['region', 'chapter', 'district']),
        name: z.string().nullable(),
      }),
    ),
  }),
  history: z.array(z.strictObject({ at: z.string(), voted: count })),
  lastVoteAt: z.string().nullable(),
})

export type PurgedFigures = z.infer<typeof figuresSchema>

/** When an election lost its personal data, and what was counted before; undefined where it has it. */
export async function readPurge(
  tx: ReadTransaction,
  { id }: { id: number },
): Promise<{ at: string; figures: PurgedFigures } | undefined> {
  const row = await tx.db
    .selectFrom('purge')
    .select(['at', 'figures'])
    .where('election_id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : { at: row.at, figures: figuresSchema.parse(JSON.parse(row.figures)) }
}

/** @param deed completes "so it is not possible to": `show its roll` @throws ElectionPurged */
export async function requireVoters(
  tx: ReadTransaction,
  election: { id: number; slug: string },
  deed: string,
): Promise<void> {
  const purge = await readPurge(tx, election)
  if (purge !== undefined) throw new ElectionPurged({ election: election.slug, at: purge.at, deed })
}
