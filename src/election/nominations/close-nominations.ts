import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { readContests } from '../contests.ts'
import { draftOfContest } from '../draft-of-fields.ts'
import { contestConfigOf } from '../export-config.ts'
import { rewriteContest } from '../insert-contest.ts'
import type { Photo } from '../photo.ts'
import { type Nomination, readNominations } from './find-nomination.ts'
import { findPhase } from './phase.ts'

export interface ClosedNominations {
  election: string
  /** Title. */
  contest: string
  /** Who is on the ballot by it now, in the order in which they were nominated. */
  candidates: string[]
  /** Who accepted, and has too few members behind them. */
  tooFew: string[]
  /** Who never answered. */
  silent: string[]
  /** False if it was closed already. */
  changed: boolean
}

/**
 * Ends the nominations for a contest: whoever accepted, with enough members behind them, is on the ballot, behind those
 * who are there already.
 * @throws NominationsOver where they never began, WrongState, ContestNotFound, ContestInvalid where two are alike
 */
export async function closeNominations(
  work: UnitOfWork,
  input: { election: string | undefined; contest: string | undefined },
): Promise<ClosedNominations> {
  return work.write('close nominations', async (tx) => {
    const { election, contest, phase } = await findPhase(tx, { ...input, deed: 'close nominations' })
    const nominations = await readNominations(tx, contest.id)
    const voices = await tx.db
      .selectFrom('nominator')
      .innerJoin('nomination', 'nomination.id', 'nominator.nomination_id')
      .select(({ fn }) => ['nomination.id', fn.countAll<number>().as('count')])
      .where('nomination.contest_id', '=', contest.id)
      .groupBy('nomination.id')
      .execute()
    const hasEnough = ({ id }: Nomination) =>
      (voices.find((voice) => voice.id === id)?.count ?? 0) >= phase.needed
    const accepted = nominations.filter(({ state }) => state === 'accepted')
    const standing = accepted.filter((each) => each.option_id !== null || hasEnough(each))
    const summary = {
      ...{ election: election.slug, contest: contest.title },
      candidates: standing.map(({ name }) => name),
      tooFew: accepted.filter((each) => !standing.includes(each)).map(({ name }) => name),
      silent: nominations.filter(({ state }) => state === 'silent').map(({ name }) => name),
    }
    if (phase.closed_at !== null) return { ...summary, changed: false }
    const fresh = standing.filter(({ option_id }) => option_id === null)
    if (fresh.length > 0) {
      const config = contestConfigOf(contest)
      const candidates = [
        ...(config.candidates ?? []),
        ...fresh.map(({ name, statement }) => (statement === '' ? name : { name, statement })),
      ]
      const draft = draftOfContest({ ...config, candidates }, election.visibility)
      const options = draft.options.map((option) => {
        const photo = photoOf(fresh.find(({ name }) => name === option.name))
        return photo === null ? option : { ...option, photo }
      })
      await rewriteContest(tx, contest, { ...draft, options })
      const written = (await readContests(tx, election.id)).find(({ id }) => id === contest.id)!
      for (const { id, name } of fresh) {
        const option_id = written.options.find((option) => option.name === name)!.id
        await tx.db.updateTable('nomination').set({ option_id }).where('id', '=', id).execute()
      }
    }
    await tx.db
      .updateTable('nomination_phase')
      .set({ closed_at: tx.now })
      .where('contest_id', '=', contest.id)
      .execute()
    const { candidates, tooFew, silent } = summary
    const counts = { candidates: candidates.length, tooFew: tooFew.length, silent: silent.length }
    const details = { contest: contest.title, ...counts }
    await tx.record({ action: 'nominations-closed', election: election.slug, details })
    return { ...summary, changed: true }
  })
}

function photoOf(nomination: Nomination | undefined): Photo | null {
  if (nomination === undefined) return null
  const { photo_type: type, photo_bytes: bytes, photo_sha256: sha256 } = nomination
  return type === null || bytes === null || sha256 === null ? null : { type, bytes, sha256 }
}
