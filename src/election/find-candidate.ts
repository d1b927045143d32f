import type { ReadTransaction } from '../store/unit-of-work.ts'
import { type Contest, type ContestOption, readContests } from './contests.ts'
import { findContest } from './find-contest.ts'
import type { Election } from './find-election.ts'
import { CandidateAmbiguous, CandidateNotFound } from './refusals.ts'
import { folded, nearestWord } from './spelling.ts'

/**
 * The candidate of that name; without regard to case where only one fits.
 * @param wanted.contest title or number; undefined where the name is in one contest alone
 * @throws CandidateNotFound, CandidateAmbiguous, ContestNotFound
 */
export async function findCandidate(
  tx: ReadTransaction,
  election: Election,
  wanted: { name: string; contest: string | undefined },
): Promise<{ contest: Contest; option: ContestOption }> {
  const contests =
    wanted.contest === undefined
      ? await readContests(tx, election.id)
      : [await findContest(tx, election, wanted.contest)]
  const found = contests.flatMap((contest) => {
    const option = optionNamed(contest.options, wanted.name)
    return option === undefined ? [] : [{ contest, option }]
  })
  if (found.length > 1) {
    const titles = found.map(({ contest }) => contest.title)
    throw new CandidateAmbiguous({ candidate: wanted.name, contests: titles })
  }
  if (found[0] !== undefined) return found[0]
  const known = contests.flatMap(({ options }) => options.map(({ name }) => name))
  const nearest = nearestWord(wanted.name, known)
  throw new CandidateNotFound({ candidate: wanted.name, election: election.slug, nearest })
}

function optionNamed(options: readonly ContestOption[], wanted: string): ContestOption | undefined {
  const exact = options.find(({ name }) => name === wanted)
  const alike = options.filter(({ name }) => folded(name) === folded(wanted))
  return exact ?? (alike.length === 1 ? alike[0] : undefined)
}
