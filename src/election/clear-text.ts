import { organisationNameOf } from '../organisation/find-organisation.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { writeClearElection } from './clear-election.ts'
import type { Contest } from './contests.ts'
import type { Election } from './find-election.ts'
import { rightsOf } from './rights.ts'
import { sealedContestOf } from './sealed-election.ts'

/** The one text of a public election whose ballots are not sealed. */
export async function clearText(
  tx: ReadTransaction,
  election: Election,
  { contests, unit }: { contests: readonly Contest[]; unit: number },
): Promise<string> {
  const { uuid, title, description, visibility } = election
  if (visibility === 'secret') throw new TypeError('the ballots of a secret election are sealed')
  return writeClearElection({
    ...{ uuid, name: title, description },
    organisation: await organisationNameOf(tx, election),
    visibility,
    allowInvalid: election.allow_invalid === 1,
    liveVoting: election.live_voting === 1,
    ...(rightsOf(election).allowVoteSplit && { voteSplit: true as const }),
    contests: contests.map((contest) => sealedContestOf(contest, unit)),
  })
}
