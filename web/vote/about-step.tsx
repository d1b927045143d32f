import { formatMoment, message } from '../shared/messages.ts'
import { secrecyText } from './secrecy-text.ts'
import { StepHeading } from './step-heading.tsx'
import type { VotingSession } from './voting-session.ts'

/** What is voted on, until when, and how to be sure that it is the right election. */
export function AboutStep({ session, next }: { session: VotingSession; next: () => void }) {
  const { election, paper, contests, server } = session
  const { closesAt, zone, recast, status } = paper
  return (
    <>
      <StepHeading title={election.name}>{election.name}</StepHeading>
      {status === 'paused' && <p class="notice">{message('vote.status.paused')}</p>}
      {election.description !== '' && <p>{election.description}</p>}
      <p>{message('vote.about.contests', { count: contests.length })}</p>
      <ol class="contents">
        {contests.map(({ index, title }) => (
          <li key={index}>{title}</li>
        ))}
      </ol>
      {closesAt !== null && (
        <p>
          {message('vote.about.ends')} <strong>{formatMoment(closesAt, zone)}</strong>
        </p>
      )}
      <p>{secrecyText(session)}</p>
      {server !== undefined && <p>{message(recast === 'refuse' ? 'vote.about.once' : 'vote.about.again')}</p>}
      <details>
        <summary>{message('vote.about.fingerprint')}</summary>
        <p>{message('vote.about.compare')}</p>
        <p>
          <code class="code">{election.fingerprint}</code>
        </p>
      </details>
      <p class="actions">
        <button type="button" onClick={next}>
          {message('vote.begin')}
        </button>
      </p>
    </>
  )
}
