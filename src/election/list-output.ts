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
      zone: z.string(),
      opensAt: z.string().nullable(),
      closesAt: z.string().nullable(),
      contests: count,
      voters: count,
      voted: count,
    }),
  ),
})

export function outputOfList(listed: readonly ListedElection[]): z.infer<typeof electionListOutput> {
  return {
    elections: listed.map(({ election, contests, voters, voted }) => ({
      election: election.slug,
      title: election.title,
      status: election.status,
      zone: election.zone,
      opensAt: election.opens_at,
      closesAt: election.closes_at,
      ...{ contests, voters, voted },
    })),
  }
}
