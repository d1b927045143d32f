import { message } from '../shared/messages.ts'
import { draftLines, faultSentence, unusedSentence } from './contest-text.ts'
import { countUnused, type Draft, faultOfDraft } from './draft.ts'
import type { PageContest } from './paper.ts'
import { isSealed } from './secrecy-text.ts'
import { StepHeading } from './step-heading.tsx'
import type { VotingSession } from './voting-session.ts'

interface ReviewStepProps {
  readonly session: VotingSession
  readonly drafts: readonly Draft[]
  readonly edit: (contest: number) => void
  readonly back: () => void
  readonly next: () => void
}

/** The whole ballot once more, before it is sealed. */
export function ReviewStep({ session, drafts, edit, back, next }: ReviewStepProps) {
  const { contests, paper, server } = session
  const whole = contests.every(
    ({ rules, options, index }) => faultOfDraft(drafts[index]!, rules, options.length) === undefined,
  )
  const sealed = isSealed(session)
  const cast = sealed ? 'vote.review.cast' : 'vote.review.castClear'
  const save = sealed ? 'vote.review.save' : 'vote.review.saveClear'
  const deed = server === undefined ? save : paper.code === 'none' ? cast : 'vote.next'
  return (
    <>
      <StepHeading title={`${message('vote.review.title')} – ${session.election.name}`}>
        {message('vote.review.title')}
      </StepHeading>
      <p>{message('vote.review.intro')}</p>
      {contests.map((contest) => (
        <ContestReview key={contest.index} {...{ contest, edit }} draft={drafts[contest.index]!} />
      ))}
      <p class="hint">{message(sealed ? 'vote.review.final' : 'vote.review.finalClear')}</p>
      <p class="actions">
        {whole && (
          <button type="button" onClick={next}>
            {message(deed)}
          </button>
        )}
        <button type="button" class="quiet" onClick={back}>
          {message('vote.back')}
        </button>
      </p>
    </>
  )
}

function ContestReview({
  contest,
  draft,
  edit,
}: {
  contest: PageContest
  draft: Draft
  edit: (contest: number) => void
}) {
  const { rules, options, title, index } = contest
  const lines = draftLines(contest, draft)
  const fault = faultOfDraft(draft, rules, options.length)
  const unused = unusedSentence(countUnused(draft, rules, options.length), contest)
  const List = draft.kind === 'ranking' && !draft.blank ? 'ol' : 'ul'
  return (
    <section class="reviewed">
      <h2>{title}</h2>
      <List>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </List>
      {fault !== undefined && <p class="bad">{faultSentence(fault, contest)}</p>}
      {unused !== undefined && fault === undefined && <p class="notice">{unused}</p>}
      <button
        type="button"
        class="quiet"
        onClick={() => edit(index)}
        aria-label={message('vote.review.changeNamed', { contest: title })}
      >
        {message('vote.review.change')}
      </button>
    </section>
  )
}
