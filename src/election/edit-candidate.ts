import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type Change, changesBetween } from './changes.ts'
import type { OptionDraft } from './contest-draft.ts'
import { draftOfContest } from './draft-of-fields.ts'
import { candidateConfigOf, contestConfigOf } from './export-config.ts'
import { findCandidate } from './find-candidate.ts'
import { findElection, requireDraft } from './find-election.ts'
import { rewriteContest } from './insert-contest.ts'

/** What is left out stays as it is; an empty text takes away what was there. */
export type CandidateChanges = { [Field in keyof OptionDraft]?: string }

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
    const { name, statement, ...others } = input.changes
    const edited = {
      ...(typeof config === 'string' ? { name: config } : config),
      ...(name !== undefined && { name }),
      ...(statement !== undefined && { statement }),
      ...Object.fromEntries(Object.entries(others).map(([field, text]) => [field, text || null])),
    }
    const index = contest.options.indexOf(option)
    const candidates = contest.options.map(candidateConfigOf).with(index, edited)
    const draft = draftOfContest({ ...contestConfigOf(contest), candidates })
    const after = draft.options[index]!
    const changes = changesBetween(factsOf(option), factsOf(after))
    if (changes.length > 0) {
      await rewriteContest(tx, contest, draft)
      await tx.record({
        action: 'candidate-edited',
        election: election.slug,
        details: { contest: contest.title, name: option.name, changes },
      })
    }
    return { election: election.slug, contest: contest.title, name: after.name, changes }
  })
}

function factsOf(candidate: OptionDraft) {
  const { name, statement, party, symbol, birth_date: birthDate, district, slate } = candidate
  return { name, statement, party, symbol, birthDate, district, slate }
}
