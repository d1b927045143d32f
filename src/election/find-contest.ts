import type { ReadTransaction } from '../store/unit-of-work.ts'
import { type Contest, readContests } from './contests.ts'
import type { Election } from './find-election.ts'
import { ContestNotFound } from './refusals.ts'
import { folded } from './spelling.ts'

/**
 * The contest of that title (without regard to case) or number, or the only one.
 * @throws ContestNotFound
 */
export async function findContest(
  tx: ReadTransaction,
  election: Election,
  named: string | undefined,
): Promise<Contest> {
  const contests = await readContests(tx, election.id)
  const contest = contestNamed(contests, named)
  if (contest !== undefined) return contest
  throw new ContestNotFound({
    contest: named,
    election: election.slug,
    known: contests.map(({ title }) => title),
  })
}

/**
 * Of contests those of these titles or numbers, in the order of the contests; all where none is named.
 * @throws ContestNotFound
 */
export function contestsNamed<T extends { title: string }>(
  contests: readonly T[],
  { election, named }: { election: string; named: readonly string[] },
): readonly T[] {
  if (named.length === 0) return contests
  const wanted = named.map((contest) => {
    const found = contestNamed(contests, contest)
    if (found !== undefined) return found
    throw new ContestNotFound({ contest, election, known: contests.map(({ title }) => title) })
  })
  return contests.filter((contest) => wanted.includes(contest))
}

/** The title prevails over the number: there may be a contest called `2`. */
export function contestNamed<T extends { title: string }>(
  contests: readonly T[],
  named: string | undefined,
): T | undefined {
  if (named === undefined) return contests.length === 1 ? contests[0] : undefined
  const wanted = folded(named)
  const titled = contests.filter(({ title }) => folded(title) === wanted)
  if (titled.length > 0) return titled.length === 1 ? titled[0] : undefined
  return /^\d+$/.test(wanted) ? contests[Number(wanted) - 1] : undefined
}
