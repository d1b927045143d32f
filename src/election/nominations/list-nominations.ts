import { z } from 'zod'
import type { ReadTransaction, UnitOfWork } from '../../store/unit-of-work.ts'
import { findElection } from '../find-election.ts'
import { folded, nearestWord } from '../spelling.ts'
import { type Nomination, readNominations } from './find-nomination.ts'

const moment = z.string()

/** What `nomination list --json` prints and the server answers officers. Moments are ISO 8601 in UTC. */
export const nominationListOutput = z.strictObject({
  election: z.string(),
  contests: z.array(
    z.strictObject({
      title: z.string(),
      /** When people are put up and answer no more. */
      until: moment,
      /** Since when those who accepted are on the ballot; null before that. */
      closedAt: moment.nullable(),
      /** How many members must put somebody up. */
      needed: z.int().positive(),
      nominations: z.array(
        z.strictObject({
          /** 1, 2, 3 … in the contest: names may be alike. */
          number: z.int().positive(),
          name: z.string(),
          /** Number on the register; null for somebody who is no member. */
          member: z.string().nullable(),
          state: z.enum(['silent', 'accepted', 'declined', 'withdrawn']),
          answeredAt: moment.nullable(),
          statement: z.string(),
          photo: z.boolean(),
          /** Whether there is a link to answer by. */
          invited: z.boolean(),
          onBallot: z.boolean(),
          nominatedBy: z.array(z.strictObject({ number: z.string(), name: z.string() })),
        }),
      ),
      /** Pairs of numbers of those who may be one person. */
      alike: z.array(z.strictObject({ one: z.int().positive(), other: z.int().positive() })),
    }),
  ),
})

/** What an answer leads to, from the command and from the page of the nominee. */
export const nominationAnsweredOutput = z.strictObject({
  election: z.string(),
  /** Title. */
  contest: z.string(),
  name: z.string(),
  /** `withdrawn` for who had accepted before. */
  state: z.enum(['silent', 'accepted', 'declined', 'withdrawn']),
})

export type NominationList = z.infer<typeof nominationListOutput>

/** The nominations of an election by contest, with who put whom up; contests without any are left out. */
export async function listNominations(
  work: UnitOfWork,
  election: string | undefined,
): Promise<NominationList> {
  return work.read(async (tx) => {
    const { id, slug } = await findElection(tx, election)
    const phases = await tx.db
      .selectFrom('nomination_phase')
      .innerJoin('contest', 'contest.id', 'nomination_phase.contest_id')
      .selectAll('nomination_phase')
      .select('contest.title')
      .where('contest.election_id', '=', id)
      .orderBy('contest.position')
      .execute()
    const contests: NominationList['contests'] = []
    for (const { contest_id, title, ends_at: until, closed_at: closedAt, needed } of phases) {
      const nominations = await readNominations(tx, contest_id)
      const listed = []
      for (const [index, each] of nominations.entries()) {
        listed.push({ number: index + 1, ...(await outputOf(tx, each)) })
      }
      contests.push({ title, until, closedAt, needed, nominations: listed, alike: alikeIn(nominations) })
    }
    return { election: slug, contests }
  })
}

async function outputOf(tx: ReadTransaction, nomination: Nomination) {
  const { id, name, member_id, state, answered_at, statement, photo_sha256, hash, option_id } = nomination
  const member =
    member_id === null
      ? undefined
      : await tx.db.selectFrom('member').select('number').where('id', '=', member_id).executeTakeFirst()
  const nominatedBy = await tx.db
    .selectFrom('nominator')
    .innerJoin('member', 'member.id', 'nominator.member_id')
    .select(['member.number', 'member.name'])
    .where('nominator.nomination_id', '=', id)
    .orderBy('nominator.at')
    .orderBy('member.number')
    .execute()
  return {
    ...{ name, member: member?.number ?? null, state, answeredAt: answered_at, statement },
    ...{ photo: photo_sha256 !== null, invited: hash !== null, onBallot: option_id !== null, nominatedBy },
  }
}

/** Whose names are the same, or two letters apart, where they are not known to be two members. */
function alikeIn(nominations: readonly Nomination[]): { one: number; other: number }[] {
  const pairs: { one: number; other: number }[] = []
  for (const [index, { name, member_id }] of nominations.entries()) {
    for (const [offset, other] of nominations.slice(index + 1).entries()) {
      if (member_id !== null && other.member_id !== null) continue
      const near =
        folded(name) === folded(other.name) || nearestWord(folded(name), [folded(other.name)]) !== undefined
      if (near) pairs.push({ one: index + 1, other: index + offset + 2 })
    }
  }
  return pairs
}
