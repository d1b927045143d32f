import { useEffect, useState } from 'preact/hooks'
import { ballotFileName } from '../../src/voting/ballot-file-name.ts'
import type { Receipt } from '../../src/voting/ballot-paper-schema.ts'
import { notUnderstood } from '../shared/answers.ts'
import { message } from '../shared/messages.ts'
import { refusalSentence } from './refusal-text.ts'
import { saveFile } from './save-file.ts'
import type { PendingBallot } from './sealed-store.ts'
import { StepHeading } from './step-heading.tsx'
import { useAsking } from './use-asking.ts'
import type { VotingServer } from './voting-server.ts'
import { WaitNotice } from './wait-notice.tsx'

interface CastStepProps {
  readonly name: string
  readonly slug: string
  readonly server: VotingServer
  readonly sealed: PendingBallot
  readonly code: string | undefined
  readonly accepted: (receipt: Receipt) => void
  /** The one-time code was none, or not the right one. */
  readonly askCode: (reason: string) => void
  /** This ballot will not be taken: the voter may begin anew. */
  readonly restart: () => void
}

/**
 * Sends the sealed ballot until the server has answered. Whatever happens on the way, the same bytes go again, and the
 * server knows them: a ballot that was in the box already is a success.
 */
export function CastStep(props: CastStepProps) {
  const { name, slug, server, sealed, code, accepted, askCode, restart } = props
  const { ask, wait, retry } = useAsking()
  const [refusal, setRefusal] = useState<{ reason: string; message: string }>()

  async function send(): Promise<void> {
    setRefusal(undefined)
    const answer = await ask(() => server.cast(sealed.json, code))
    if (answer.kind === 'answer') {
      if (answer.value.trackingCode === sealed.trackingCode) return accepted(answer.value)
      // A receipt for another ballot says nothing of this one.
      return setRefusal({ reason: notUnderstood, message: '' })
    }
    if (answer.reason.startsWith('code-')) return askCode(answer.reason)
    setRefusal(answer)
  }

  useEffect(() => {
    void send()
  }, [])

  const title = message(refusal === undefined ? 'vote.cast.sending' : 'vote.cast.refused')
  return (
    <>
      <StepHeading key={title} title={`${title} – ${name}`}>
        {title}
      </StepHeading>
      {refusal === undefined ? (
        <>
          <p>{message('vote.cast.stay')}</p>
          {wait === undefined && <progress aria-label={title} />}
        </>
      ) : (
        <p class="notice" role="alert">
          {refusalSentence(refusal)}
        </p>
      )}
      <WaitNotice wait={wait} retry={retry} />
      {(wait !== undefined || refusal !== undefined) && (
        <p class="actions">
          {refusal !== undefined && (
            <button type="button" onClick={send}>
              {message('vote.cast.again')}
            </button>
          )}
          <button
            type="button"
            class="quiet"
            onClick={() => saveFile(ballotFileName(slug, sealed.trackingCode), sealed.json)}
          >
            {message('vote.save')}
          </button>
          {/* An answer that was not understood may say that the ballot is in the box: its bytes must not be forgotten. */}
          {refusal !== undefined && refusal.reason !== notUnderstood && (
            <button type="button" class="quiet" onClick={restart}>
              {message('vote.restart')}
            </button>
          )}
        </p>
      )}
    </>
  )
}
