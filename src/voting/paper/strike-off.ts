import { findElection } from '../../election/find-election.ts'
import { holds, readProxies } from '../../register/proxies.ts'
import { VoterNotFound } from '../../register/refusals.ts'
import type { UnitOfWork, WriteTransaction } from '../../store/unit-of-work.ts'
import { isStruck } from '../struck.ts'
import { PaperRefused } from './refusals.ts'
import { requirePaper } from './require-paper.ts'

export interface StruckForPaper {
  election: string
  /** Those for whom it changed, and those for whom it was so before: numbers on the roll. */
  struck: string[]
  already: string[]
}

/**
 * Strikes voters off as voting on paper: all of them or, where one may not, none. From here on none of their tokens casts
 * a ballot. Who has cast one can't be struck off even where voters may vote again, as nothing is ever taken out of the box.
 * @throws PaperRefused, VoterNotFound, WrongState
 */
export async function strikeForPaper(
  work: UnitOfWork,
  input: { election: string | undefined; numbers: readonly string[] },
): Promise<StruckForPaper> {
  return work.write('strike off for paper', async (tx) => {
    const election = await findElection(tx, input.election)
    requirePaper(election, { deed: 'strike voters off', allowed: ['open', 'paused', 'closed'] })
    const done: StruckForPaper = { election: election.slug, struck: [], already: [] }
    const given = new Set(
      (await readProxies(tx, election.id))
        .filter((proxy) => holds(proxy, tx.now))
        .map(({ represented }) => represented),
    )
    for (const number of new Set(input.numbers.map((each) => each.trim()))) {
      const place = { election: election.slug, number }
      const voter = await voterWithMark(tx, election.id, number)
      if (voter === undefined) throw new VoterNotFound(place)
      if (voter.officer !== null) {
        done.already.push(number)
        continue
      }
      if (voter.struck) throw new PaperRefused(`Voter ${number} was struck from the roll.`, place)
      if (voter.markedAt !== null) {
        throw new PaperRefused(
          `Voter ${number} has voted online already, and a ballot in the box can't be taken out.`,
          place,
          'Hand out no paper, or put the one that came back aside unopened.',
        )
      }
      if (given.has(number)) {
        throw new PaperRefused(
          `Voter ${number} has given the vote to another member.`,
          place,
          `Take it back first with: urna delegation revoke ${number} --reason WHY`,
        )
      }
      await tx.db
        .insertInto('mark')
        .values({ election_id: election.id, voter_id: voter.id, at: tx.now, paper_officer: tx.officer })
        .execute()
      await tx.record({
        action: 'voter-struck-for-paper',
        election: election.slug,
        personal: { voter: number },
      })
      done.struck.push(number)
    }
    return done
  })
}

/**
 * Takes back that a voter was struck off for paper, whose paper came back unused: the token is good again.
 * @throws PaperRefused, VoterNotFound, WrongState
 */
export async function takeStrikeBack(
  work: UnitOfWork,
  input: { election: string | undefined; number: string; reason: string },
): Promise<{ election: string; number: string; changed: boolean }> {
  return work.write('take a strike back', async (tx) => {
    const election = await findElection(tx, input.election)
    requirePaper(election, { deed: 'take a strike back', allowed: ['open', 'paused', 'closed'] })
    const [number, reason] = [input.number.trim(), input.reason.trim()]
    const place = { election: election.slug, number }
    if (reason === '') throw new PaperRefused('Say why, with --reason.', place)
    const voter = await voterWithMark(tx, election.id, number)
    if (voter === undefined) throw new VoterNotFound(place)
    if (voter.officer === null) return { ...place, changed: false }
    await tx.db
      .deleteFrom('mark')
      .where('election_id', '=', election.id)
      .where('voter_id', '=', voter.id)
      .where('paper_officer', 'is not', null)
      .execute()
    await tx.record({
      action: 'paper-strike-taken-back',
      election: election.slug,
      personal: { voter: number, reason },
    })
    return { ...place, changed: true }
  })
}

async function voterWithMark(tx: WriteTransaction, electionId: number, number: string) {
  return tx.db
    .selectFrom('voter')
    .leftJoin('mark', (join) =>
      join.onRef('mark.voter_id', '=', 'voter.id').onRef('mark.election_id', '=', 'voter.election_id'),
    )
    .select(['voter.id', 'mark.at as markedAt', 'mark.paper_officer as officer'])
    .select(isStruck('voter').as('struck'))
    .where('voter.election_id', '=', electionId)
    .where('voter.number', '=', number)
    .executeTakeFirst()
}
