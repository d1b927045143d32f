import type { CandidateFile } from './candidate-file.ts'
import { contestFaults } from './contest-draft.ts'
import type { ElectionDraft } from './create-election.ts'
import { gatheredLists, hasLists } from './lists.ts'
import type { Photo } from './photo.ts'
import { CandidatesRejected, ContestInvalid } from './refusals.ts'

/**
 * Adds the candidates of the file that a contest names, after those that it lists itself.
 * @param source.contest its index
 * @throws CandidatesRejected if a row can't be taken, ContestInvalid
 */
export function withCandidates(
  draft: ElectionDraft,
  source: { contest: number; name: string; file: CandidateFile },
): ElectionDraft {
  const { contest: index, name, file } = source
  if (file.rejected.length > 0) throw new CandidatesRejected({ file: name, rejected: file.rejected })
  const contests = draft.contests.map((contest, position) => {
    if (position !== index) return contest
    const none = contest.options.filter(({ role }) => role === 'none')
    const candidates = contest.options.filter(({ role }) => role === null)
    const all = [...candidates, ...file.rows.map((row) => row.option)]
    const options = [...(hasLists(contest) ? gatheredLists(all) : all), ...none]
    const faults = contestFaults({ ...contest, options }, draft.visibility)
    if (faults.length > 0) throw new ContestInvalid({ contest: contest.title, faults })
    return { ...contest, options }
  })
  return { ...draft, contests }
}

/** The draft with the photo of a candidate in it. @param source.contest its index */
export function withPhoto(
  draft: ElectionDraft,
  source: { contest: number; candidate: string; photo: Photo },
): ElectionDraft {
  const contests = draft.contests.map((contest, index) => {
    if (index !== source.contest) return contest
    const options = contest.options.map((option) =>
      option.name === source.candidate ? { ...option, photo: source.photo } : option,
    )
    return { ...contest, options }
  })
  return { ...draft, contests }
}
