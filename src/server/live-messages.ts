import { z } from 'zod'

const count = z.int().nonnegative()

const voteCountUpdated = z.strictObject({
  event: z.literal('vote_count_updated'),
  election: z.string(),
  votes: count.describe('Ballots that count: of each voter at most one.'),
})

const voterTurnoutUpdated = z.strictObject({
  event: z.literal('voter_turnout_updated'),
  election: z.string(),
  voters: count.describe('On the electoral roll, those struck off it left out.'),
  voted: count,
  units: z
    .array(
      z.strictObject({
        unit: z.enum(['region', 'chapter', 'district']),
        name: z.string().nullable().describe('Null for the small ones together, and whoever is of none.'),
        voters: count,
        voted: count.describe('In steps of five while ballots come in.'),
      }),
    )
    .describe('Parts of the roll, the small ones merged.'),
})

/** All that the live channel ever says: totals. */
export const liveMessage = z.discriminatedUnion('event', [voteCountUpdated, voterTurnoutUpdated])

export type LiveMessage = z.infer<typeof liveMessage>
export type LiveEvent = LiveMessage['event']
