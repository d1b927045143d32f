import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { storePhoto } from './candidate-photo.ts'
import { type Change, changesBetween } from './changes.ts'
import type { CandidateConfig } from './config-schema.ts'
import type { OptionDraft } from './contest-draft.ts'
import type { Contest, ContestOption } from './contests.ts'
import { draftOfContest } from './draft-of-fields.ts'
import { candidateConfigOf, contestConfigOf } from './export-config.ts'
import { findCandidate } from './find-candidate.ts'
import { type Election, findElection, requireDraft } from './find-election.ts'
import { rewriteContest } from './insert-contest.ts'
import type { Photo } from './photo.ts'

/** What is left out stays as it is; an empty text takes away what was there. */
export type CandidateChanges = {
  [Field in Exclude<keyof OptionDraft, 'role' | 'members' | 'photo'>]?: string
} & {
  /** Null takes it away. */
  photo?: Photo | null
}

export interface EditedCandidate {
  election: string
  /** Title. */
  contest: string
  /** As it is now. */
  name: string
  changes: Change[]
}

/**
 * Describes a candidate of a draft anew, in the same place of the ballot.
 * @param input.contest title or number; undefined where the name is in one contest alone
 * @throws WrongState, CandidateNotFound, CandidateAmbiguous, ContestNotFound, FieldsInvalid
 */
export async function editCandidate(
  work: UnitOfWork,
  input: {
    election: string | undefined
    contest: string | undefined
    name: string
    changes: CandidateChanges
  },
): Promise<EditedCandidate> {
  return work.write('edit candidate', async (tx) => {
    const election = await findElection(tx, input.election)
    requireDraft(election, 'change its candidates')
    const { contest, option } = await findCandidate(tx, election, input)
    const config = candidateConfigOf(option)
    const { name, statement, photo, ...others } = input.changes
    const edited = {
      ...(typeof config === 'string' ? { name: config } : config),
      ...(name !== undefined && { name }),
      ...(statement !== undefined && { statement }),
      ...Object.fromEntries(Object.entries(others).map(([field, text]) => [field, text || null])),
    }
    const after = await rewritten(tx, election, { contest, option, edited })
    if (photo !== undefined) await changePhoto(tx, option.id, photo)
    const photoAfter = photo === undefined ? option.photo : (photo?.sha256 ?? null)
    const changes = changesBetween(factsOf(option), factsOf({ ...after, photo: photoAfter }))
    if (changes.length > 0) {
      await tx.record({
        action: 'candidate-edited',
        election: election.slug,
        details: { contest: contest.title, name: option.name },
        // Also a date of birth.
        personal: { changes },
      })
    }
    return { election: election.slug, contest: contest.title, name: after.name, changes }
  })
}

/** The ballot with the option described anew, and the others as they are. @throws FieldsInvalid, ContestInvalid */
async function rewritten(
  tx: WriteTransaction,
  { visibility }: Election,
  { contest, option, edited }: { contest: Contest; option: ContestOption; edited: CandidateConfig },
): Promise<OptionDraft> {
  const config = contestConfigOf(contest)
  if (option.role === 'none') {
    const draft = draftOfContest({ ...config, none: edited.name }, visibility)
    await rewriteContest(tx, contest, draft)
    return draft.options.at(-1)!
  }
  const index = contest.options.indexOf(option)
  const candidates = config.candidates?.with(index, edited)
  const draft = draftOfContest({ ...config, candidates }, visibility)
  await rewriteContest(tx, contest, draft)
  return draft.options[index]!
}

async function changePhoto(tx: WriteTransaction, option: number, photo: Photo | null): Promise<void> {
  if (photo === null) await tx.db.deleteFrom('candidate_photo').where('option_id', '=', option).execute()
  else await storePhoto(tx, option, photo)
}

type Described = Omit<OptionDraft, 'photo' | 'members' | 'role'> & { photo: string | null }

function factsOf(candidate: Described) {
  const { name, statement, party, symbol, birth_date: birthDate, district, slate, photo } = candidate
  return { name, statement, party, symbol, birthDate, district, slate, photo }
}
