import { useEffect, useState } from 'preact/hooks'
import { message } from '../shared/messages.ts'
import type { PendingBallot } from './sealed-store.ts'
import { StepHeading } from './step-heading.tsx'

/** While the ballot is sealed, which takes a second or a few on an old phone. */
export function SealingStep({
  name,
  clear,
  seal,
  sealed,
  back,
}: {
  name: string
  /** Whether it is only signed. */
  clear: boolean
  seal: () => Promise<PendingBallot>
  sealed: (ballot: PendingBallot) => void
  back: () => void
}) {
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    // Whoever goes back meanwhile has not cast it.
    let left = false
    seal().then(
      (ballot) => left || sealed(ballot),
      () => left || setFailed(true),
    )
    return () => {
      left = true
    }
  }, [])
  const doing = clear ? 'vote.seal.titleClear' : 'vote.seal.title'
  const title = message(failed ? 'vote.seal.failed' : doing)
  return (
    <>
      <StepHeading key={title} title={`${title} – ${name}`}>
        {title}
      </StepHeading>
      {failed ? (
        <>
          <p role="alert">{message('vote.seal.failedText')}</p>
          <p class="actions">
            <button type="button" onClick={back}>
              {message('vote.back')}
            </button>
          </p>
        </>
      ) : (
        <progress aria-label={title} />
      )}
    </>
  )
}
