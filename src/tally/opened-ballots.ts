import { contestNamed } from '../election/find-contest.ts'
import { findElection } from '../election/find-election.ts'
import { ContestNotFound } from '../election/refusals.ts'
import type { SealedContest } from '../election/sealed-election.ts'
import { markedTitle } from '../election/standing.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { BallotGroups } from '../tabulation/ballot-groups.ts'
import { groupBallots } from './count-contest.ts'
import { readCountable } from './countable-contests.ts'
import { NoOpenedBallots, ResultNotFound } from './refusals.ts'
import { storedDecisions } from './store-tabulation.ts'

export interface OpenedBallots {
  election: string
  /** Of the contest; marked where it is of a rehearsal. */
  title: string
  /** Of the contest, from 1. */
  position: number
  contest: SealedContest
  /** Of the ballots: those of the contest, and behind them the names that were written in. */
  options: readonly string[]
  ballots: BallotGroups
}

/**
 * The ballots of a contest that is opened ballot by ballot: anonymous, alike ones together.
 *
 * @param input.contest its title or number; needed where several were opened so
 * @throws ResultNotFound, ContestNotFound, NoOpenedBallots
 */
export async function readOpenedBallots(
  { work, group }: { work: UnitOfWork; group: Group },
  input: { slug: string | undefined; contest: string | undefined },
): Promise<OpenedBallots> {
  return work.read(async (tx) => {
    const election = await findElection(tx, input.slug)
    if (election.tallied_at === null) throw new ResultNotFound(election.slug)
    const countable = await readCountable(tx, group, election)
    if (countable === undefined) throw new ResultNotFound(election.slug)
    const contests = countable.map(({ contest, opened }, index) => ({
      title: contest.title,
      position: index + 1,
      contest,
      opened,
    }))
    const found =
      input.contest === undefined
        ? contestNamed(
            contests.filter(({ opened }) => opened.kind !== 'totals'),
            undefined,
          )
        : contestNamed(contests, input.contest)
    if (found === undefined) {
      const known = contests.map(({ title }) => title)
      if (contests.every(({ opened }) => opened.kind === 'totals')) throw new NoOpenedBallots(known)
      throw new ContestNotFound({ contest: input.contest, election: election.slug, known })
    }
    const { position, contest, opened } = found
    if (opened.kind === 'totals') throw new NoOpenedBallots([contest.title])
    const decisions = await storedDecisions(tx, election)
    const { options, ballots } = groupBallots(contest, opened, decisions)
    const title = markedTitle({ title: contest.title, rehearsal: election.rehearsal === 1 })
    return { election: election.slug, title, position, contest, options, ballots }
  })
}
