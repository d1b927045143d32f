import { z } from 'zod'
import { hashOfSecret, isSecretOf } from '../../organisation/link-secret.ts'
import type { ReadTransaction, UnitOfWork } from '../../store/unit-of-work.ts'
import { findContest } from '../find-contest.ts'
import { findElection } from '../find-election.ts'
import { type AnsweredNomination, type NomineeAnswer, takeAnswer } from './answer-nomination.ts'
import type { Nomination } from './find-nomination.ts'
import { isOpen, type OpenPhase, readPhase } from './phase.ts'
import { NoNominee } from './refusals.ts'

/** What a nominee sees of the nomination. */
export const nomineeView = z.object({
  title: z.string().meta({ description: 'Of the election.' }),
  contest: z.string(),
  name: z.string(),
  nominatedBy: z.array(z.string()).meta({ description: 'Names of the members who want it.' }),
  state: z.enum(['silent', 'accepted', 'declined', 'withdrawn']),
  statement: z.string(),
  photo: z.boolean().meta({ description: 'Whether there is a picture.' }),
  open: z.boolean().meta({ description: 'Whether an answer is taken still.' }),
  until: z.string().meta({ description: 'ISO 8601 in UTC.' }),
  zone: z.string(),
})

/** A nominee who shows the secret of a link, for one request. */
export interface AdmittedNominee {
  readonly slug: string
  readonly nomination: number
}

/** Whose link of this election it is; undefined for all else, whatever is wrong with it. */
export async function admitNominee(
  work: UnitOfWork,
  { slug, secret }: { slug: string; secret: string },
): Promise<AdmittedNominee | undefined> {
  if (!isSecretOf('nominee', secret)) return undefined
  return work.read(async (tx) => {
    const found = await tx.db
      .selectFrom('nomination')
      .innerJoin('contest', 'contest.id', 'nomination.contest_id')
      .innerJoin('election', 'election.id', 'contest.election_id')
      .select('nomination.id')
      .where('nomination.hash', '=', hashOfSecret(secret))
      .where('election.slug', '=', slug)
      // Once the election is under way the links are done with.
      .where('election.status', '=', 'draft')
      .executeTakeFirst()
    return found === undefined ? undefined : { slug, nomination: found.id }
  })
}

/** @throws NoNominee where the nomination is gone meanwhile */
export async function viewNominee(
  work: UnitOfWork,
  nominee: AdmittedNominee,
): Promise<z.infer<typeof nomineeView>> {
  return work.read(async (tx) => {
    const { election, contest, phase, nomination } = await nominationOf(tx, nominee)
    const nominatedBy = await tx.db
      .selectFrom('nominator')
      .innerJoin('member', 'member.id', 'nominator.member_id')
      .select('member.name')
      .where('nominator.nomination_id', '=', nomination.id)
      .orderBy('member.name')
      .execute()
    const { name, state, statement, photo_sha256, option_id } = nomination
    return {
      ...{ title: election.title, contest: contest.title, name, state, statement },
      ...{ nominatedBy: nominatedBy.map((each) => each.name), photo: photo_sha256 !== null },
      ...{ open: isOpen(phase, tx.now) && option_id === null, until: phase.ends_at, zone: election.zone },
    }
  })
}

/** @throws NoNominee, NominationsOver, NominationInvalid, NomineeOnBallot */
export async function answerAsNominee(
  work: UnitOfWork,
  nominee: AdmittedNominee,
  answer: NomineeAnswer,
): Promise<AnsweredNomination> {
  return work.as('nominee').write('answer a nomination', async (tx) => {
    const { nomination, ...found } = await nominationOf(tx, nominee)
    return takeAnswer(tx, found, { nomination, answer })
  })
}

async function nominationOf(
  tx: ReadTransaction,
  { slug, nomination: id }: AdmittedNominee,
): Promise<OpenPhase & { nomination: Nomination }> {
  const nomination = await tx.db
    .selectFrom('nomination')
    .innerJoin('contest', 'contest.id', 'nomination.contest_id')
    .selectAll('nomination')
    .select('contest.title')
    .where('nomination.id', '=', id)
    .executeTakeFirst()
  if (nomination === undefined) throw new NoNominee()
  const election = await findElection(tx, slug)
  const contest = await findContest(tx, election, nomination.title)
  const phase = await readPhase(tx, contest.id)
  if (phase === undefined) throw new NoNominee()
  return { election, contest, phase, nomination }
}
