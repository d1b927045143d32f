import { z } from 'zod'
import type { ListedElection } from './list-elections.ts'

const count = z.int().nonnegative()

/** What `election list --json` prints and the server answers. Moments are ISO 8601 in UTC. */
export const electionListOutput = z.strictObject({
  elections: z.array(
    z.strictObject({
      election: z.string(),
      title: z.string(),
      status: z.string(),
      rehearsal: z.boolean(),
      zone: z.string(),
      opensAt: z.string().nullable(),
      closesAt: z.string().nullable(),
      /** Since when it takes no ballot any more, though nobody has closed it; null otherwise. */
      closedToBallotsSince: z.string().nullable(),
      embargoUntil: z.string().nullable(),
      publishedAt: z.string().nullable(),
      contests: count,
      voters: count,
      voted: count,
    }),
  ),
})

export function outputOfList(listed: readonly ListedElection[]): z.infer<typeof electionListOutput> {
  return {
    elections: listed.map(({ election, over, contests, voters, voted }) => ({
      election: election.slug,
      title: election.title,
      status: election.status,
      rehearsal: election.rehearsal === 1,
      zone: election.zone,
      opensAt: election.opens_at,
      closesAt: election.closes_at,
      closedToBallotsSince: over,
      embargoUntil: election.embargo_until,
      publishedAt: election.published_at,
      ...{ contests, voters, voted },
    })),
  }
}
