import { useState } from 'preact/hooks'
import { language, message } from '../shared/messages.ts'
import { ErrorSummary, type PageError } from './error-summary.tsx'
import { refusalSentence } from './refusal-text.ts'
import { StepHeading } from './step-heading.tsx'
import { useAsking } from './use-asking.ts'
import { useOneAtATime } from './use-one-at-a-time.ts'
import type { VotingServer } from './voting-server.ts'
import type { VotingSession } from './voting-session.ts'
import { WaitNotice } from './wait-notice.tsx'

interface CodeStepProps {
  readonly session: VotingSession
  readonly server: VotingServer
  /** Undefined after the page was loaded anew: it is kept nowhere. */
  readonly token: string | undefined
  /** Why the last code was not taken. */
  readonly fault: string | undefined
  readonly next: (code: string) => void
  readonly restart: () => void
}

/** Has a one-time code sent, and asks for it. */
export function CodeStep({ session, server, token, fault, next, restart }: CodeStepProps) {
  const { desk, election, paper } = session
  const [code, setCode] = useState('')
  const [errors, setErrors] = useState<readonly PageError[]>(
    fault === undefined ? [] : [{ text: refusalSentence({ reason: fault, message: '' }), field: 'code' }],
  )
  const [said, setSaid] = useState('')
  const { ask, wait, retry } = useAsking()

  const { busy, run: send } = useOneAtATime(async (holder: string) => {
    setSaid('')
    const asked = await ask(() => server.challenge())
    if (asked.kind === 'refused') return setSaid(message('vote.code.notSent', { reason: asked.message }))
    const proof = await desk.prove(holder, asked.value)
    const request = { ...proof, challenge: asked.value, language: language() }
    const answer = await ask(() => server.askForCode(request))
    if (answer.kind === 'answer') setSaid(message('vote.code.sent'))
    else setSaid(message('vote.code.notSent', { reason: answer.message }))
  })

  function submit(event: Event): void {
    event.preventDefault()
    const digits = code.replace(/\s/g, '')
    if (/^[0-9]{6}$/.test(digits)) next(digits)
    else setErrors([{ text: message('vote.code.missing'), field: 'code' }])
  }

  return (
    <form onSubmit={submit} noValidate>
      <StepHeading title={`${message('vote.code.title')} – ${election.name}`}>
        {message('vote.code.title')}
      </StepHeading>
      {errors.length > 0 && <ErrorSummary errors={errors} />}
      <p>{message(paper.code === 'sms' ? 'vote.code.sms' : 'vote.code.email')}</p>
      {token === undefined ? (
        <p class="notice">
          {message('vote.code.anew')}{' '}
          <button type="button" class="quiet" onClick={restart}>
            {message('vote.restart')}
          </button>
        </p>
      ) : (
        <p>
          <button type="button" class="quiet" aria-disabled={busy} onClick={() => send(token)}>
            {message('vote.code.send')}
          </button>
        </p>
      )}
      <p role="status">{said}</p>
      <WaitNotice wait={wait} retry={retry} />
      <label for="code">{message('vote.code.label')}</label>
      <p class="hint" id="code-hint">
        {message('vote.code.hint')}
      </p>
      <input
        id="code"
        class="one-time"
        type="text"
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={7}
        value={code}
        onInput={(event) => setCode(event.currentTarget.value)}
        aria-describedby="code-hint"
        aria-invalid={errors.length > 0}
      />
      <p class="actions">
        <button type="submit">{message('vote.review.cast')}</button>
      </p>
    </form>
  )
}
