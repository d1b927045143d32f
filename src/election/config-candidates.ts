import type { CandidateFile } from './candidate-file.ts'
import { contestFaults } from './contest-draft.ts'
import type { ElectionDraft } from './create-election.ts'
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
    const options = [...contest.options, ...file.rows.map((row) => row.option)]
    const faults = contestFaults({ ...contest, options })
    if (faults.length > 0) throw new ContestInvalid({ contest: contest.title, faults })
    return { ...contest, options }
  })
  return { ...draft, contests }
}
