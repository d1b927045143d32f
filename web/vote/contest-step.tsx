import { useState } from 'preact/hooks'
import { message } from '../shared/messages.ts'
import { countSentence, faultSentence, unusedSentence } from './contest-text.ts'
import { fieldId } from './contest-view.ts'
import { countMarked, countUnused, type Draft, faultOfDraft } from './draft.ts'
import { ErrorSummary, type PageError } from './error-summary.tsx'
import { GradeContest } from './grade-contest.tsx'
import type { PageContest } from './paper.ts'
import { RankingContest } from './ranking-contest.tsx'
import { ScoreContest } from './score-contest.tsx'
import { SelectionContest } from './selection-contest.tsx'
import { StepHeading } from './step-heading.tsx'
import type { VotingSession } from './voting-session.ts'
import './options.css'

interface ContestStepProps {
  readonly session: VotingSession
  readonly contest: PageContest
  readonly draft: Draft
  readonly change: (draft: Draft) => void
  readonly announce: (text: string) => void
  /** Whether the voter came back here from the review. */
  readonly reviewing: boolean
  readonly back: () => void
  readonly next: () => void
}

/** One contest: the voter goes on when it can be sealed as it is. */
export function ContestStep(props: ContestStepProps) {
  const { session, contest, draft, reviewing, back, next } = props
  const [errors, setErrors] = useState<readonly PageError[]>([])
  const { rules, options, title, index, seats } = contest
  const fault = faultOfDraft(draft, rules, options.length)
  const overvote = fault?.code === 'too-many'

  function submit(event: Event): void {
    event.preventDefault()
    if (fault === undefined) next()
    else setErrors([{ text: faultSentence(fault, contest), field: fieldId(contest) }])
  }

  const of = session.contests.length
  const place = message('vote.contest.place', { place: index + 1, of })
  return (
    <form onSubmit={submit} noValidate>
      <p class="place">{place}</p>
      <progress value={index + 1} max={of + 1} aria-hidden="true" />
      <StepHeading title={`${title} (${index + 1}/${of}) – ${session.election.name}`}>{title}</StepHeading>
      {fault !== undefined && errors.length > 0 && <ErrorSummary errors={errors} />}
      {contest.description !== '' && <p>{contest.description}</p>}
      {seats > 1 && <p class="hint">{message('vote.contest.seats', { count: seats })}</p>}
      <ContestMarks {...props} />
      <div role="status" class={overvote ? 'count bad' : 'count'}>
        <p>{overvote ? faultSentence(fault, contest) : countSentence(contest, draft)}</p>
        {!overvote && countMarked(draft) > 0 && (
          <p class="hint">{unusedSentence(countUnused(draft, rules, options.length), contest)}</p>
        )}
      </div>
      <p class="actions">
        <button type="submit">{message(reviewing ? 'vote.toReview' : 'vote.next')}</button>
        {!reviewing && (
          <button type="button" class="quiet" onClick={back}>
            {message('vote.back')}
          </button>
        )}
      </p>
    </form>
  )
}

function ContestMarks({ contest, draft, change, announce }: ContestStepProps) {
  switch (draft.kind) {
    case 'options':
      return <SelectionContest {...{ contest, draft, change, announce }} />
    case 'ranking':
      return <RankingContest {...{ contest, draft, change, announce }} />
    case 'scores':
      return <ScoreContest {...{ contest, draft, change, announce }} />
    case 'grades':
      return <GradeContest {...{ contest, draft, change, announce }} />
  }
}
