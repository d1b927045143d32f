import { ballotFileName } from '../../src/voting/ballot-file-name.ts'
import { message } from '../shared/messages.ts'
import { TrackingCode } from './receipt-step.tsx'
import { saveFile } from './save-file.ts'
import type { PendingBallot } from './sealed-store.ts'
import { isSealed } from './secrecy-text.ts'
import { StepHeading } from './step-heading.tsx'
import type { VotingSession } from './voting-session.ts'

/** On a page without a network: the sealed ballot is a file, to be sent to the election office. */
export function FileStep({ session, sealed }: { session: VotingSession; sealed: PendingBallot }) {
  const sealedOne = isSealed(session)
  const title = message(sealedOne ? 'vote.file.title' : 'vote.file.titleClear')
  const file = ballotFileName(session.paper.slug, sealed.trackingCode)
  return (
    <>
      <StepHeading title={`${title} – ${session.election.name}`}>{title}</StepHeading>
      <p>{message(sealedOne ? 'vote.file.intro' : 'vote.file.introClear')}</p>
      <p class="actions">
        <button type="button" onClick={() => saveFile(file, sealed.json)}>
          {message('vote.save')}
        </button>
      </p>
      <TrackingCode code={sealed.trackingCode} />
      <p>{message('vote.file.check')}</p>
    </>
  )
}
