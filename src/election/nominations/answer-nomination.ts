import type { UnitOfWork, WriteTransaction } from '../../store/unit-of-work.ts'
import type { Photo } from '../photo.ts'
import { findNomination, type Nomination } from './find-nomination.ts'
import { findPhase, type OpenPhase, requireOpen } from './phase.ts'
import { NominationInvalid, NomineeOnBallot } from './refusals.ts'

/** Of what a nominee says to the voters, in characters. */
export const longestStatement = 5000

/** What a nominee says to it. Who accepted and then declines has withdrawn. */
export type NomineeAnswer =
  | {
      readonly kind: 'accept'
      /** Undefined leaves what was said before. */
      readonly statement: string | undefined
      /** Undefined leaves the one that is there; null takes it away. */
      readonly photo: Photo | null | undefined
    }
  | { readonly kind: 'decline' }

export interface AnsweredNomination {
  election: string
  /** Title. */
  contest: string
  name: string
  state: Nomination['state']
}

/**
 * Writes down what a nominee answers, until the nominations are over; the last answer counts.
 * @param input.name or its place in the list
 * @throws NominationsOver, NominationNotFound, NominationAmbiguous, NominationInvalid, NomineeOnBallot, WrongState
 */
export async function answerNomination(
  work: UnitOfWork,
  input: {
    election: string | undefined
    contest: string | undefined
    name: string
    answer: NomineeAnswer
  },
): Promise<AnsweredNomination> {
  return work.write('answer a nomination', async (tx) => {
    const found = await findPhase(tx, { ...input, deed: 'answer a nomination' })
    return takeAnswer(tx, found, { nomination: await findNomination(tx, found, input.name), ...input })
  })
}

/** @throws NominationsOver, NominationInvalid, NomineeOnBallot */
export async function takeAnswer(
  tx: WriteTransaction,
  found: OpenPhase,
  { nomination, answer }: { nomination: Nomination; answer: NomineeAnswer },
): Promise<AnsweredNomination> {
  requireOpen(found, tx.now)
  const { election, contest } = found
  if (nomination.option_id !== null) throw new NomineeOnBallot({ election: election.slug })
  const state = stateAfter(nomination.state, answer)
  await tx.db
    .updateTable('nomination')
    .set({ state, answered_at: tx.now, ...(answer.kind === 'accept' && saidWith(answer)) })
    .where('id', '=', nomination.id)
    .execute()
  await tx.record({
    action: 'nomination-answered',
    election: election.slug,
    details: { contest: contest.title, state },
    personal: { name: nomination.name },
  })
  return { election: election.slug, contest: contest.title, name: nomination.name, state }
}

function stateAfter(before: Nomination['state'], { kind }: NomineeAnswer): Nomination['state'] {
  if (kind === 'accept') return 'accepted'
  return before === 'accepted' || before === 'withdrawn' ? 'withdrawn' : 'declined'
}

/** @throws NominationInvalid */
function saidWith({ statement, photo }: Extract<NomineeAnswer, { kind: 'accept' }>) {
  const said = statement?.normalize('NFC').trim()
  if (said !== undefined && said.length > longestStatement) {
    throw new NominationInvalid(`A statement has at most ${longestStatement} characters.`, {
      characters: said.length,
    })
  }
  return {
    ...(said !== undefined && { statement: said }),
    ...(photo !== undefined && {
      ...{ photo_type: photo?.type ?? null, photo_bytes: photo?.bytes ?? null },
      photo_sha256: photo?.sha256 ?? null,
    }),
  }
}
