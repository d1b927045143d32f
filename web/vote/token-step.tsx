import { useState } from 'preact/hooks'
import { message } from '../shared/messages.ts'
import { ErrorSummary } from './error-summary.tsx'
import { mayBeListed } from './load-session.ts'
import { isSealed, secrecyText } from './secrecy-text.ts'
import { StepHeading } from './step-heading.tsx'
import { readTypedToken, type TypedToken } from './token-field.ts'
import { useAsking } from './use-asking.ts'
import { useOneAtATime } from './use-one-at-a-time.ts'
import type { VotingSession } from './voting-session.ts'
import { WaitNotice } from './wait-notice.tsx'

/** Asks for the token, and says as it is typed what is wrong with it. */
export function TokenStep({
  session,
  given,
  accept,
}: {
  session: VotingSession
  /** What the link brought. */
  given: string
  accept: (token: string) => void
}) {
  const [text, setText] = useState(given)
  const [error, setError] = useState<readonly { text: string; field: string }[]>([])
  const { ask, wait, retry } = useAsking()
  const typed = readTypedToken(text)

  const { busy, run: check } = useOneAtATime(async () => {
    const fault = await faultOf(typed)
    if (fault === undefined && typed.state === 'whole') accept(typed.token)
    else setError([{ text: fault ?? '', field: 'token' }])
  })

  function submit(event: Event): void {
    event.preventDefault()
    void check()
  }

  async function faultOf(entered: TypedToken): Promise<string | undefined> {
    switch (entered.state) {
      case 'whole':
        return (await mayBeListed(session, entered.token, ask)) ? undefined : message('vote.token.unknown')
      case 'wrong':
        return entered.text
      case 'unfinished':
        return text.trim() === ''
          ? message('vote.token.missing')
          : message('vote.token.short', { count: entered.missing })
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <StepHeading title={`${message('vote.token.title')} – ${session.election.name}`}>
        {message('vote.token.title')}
      </StepHeading>
      {error.length > 0 && <ErrorSummary errors={error} />}
      {!isSealed(session) && <p class="notice">{secrecyText(session)}</p>}
      <p>{message('vote.token.intro')}</p>
      <label for="token">{message('vote.token.label')}</label>
      <p class="hint" id="token-hint">
        {message('vote.token.hint')}
      </p>
      <input
        id="token"
        class="token"
        type="text"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        autocomplete="off"
        autocapitalize="none"
        autocorrect="off"
        spellcheck={false}
        aria-describedby="token-hint token-state"
        aria-invalid={error.length > 0 || typed.state === 'wrong'}
      />
      <p id="token-state" role="status" class={typed.state === 'wrong' ? 'bad' : 'hint'}>
        {typed.state === 'wrong' && typed.text}
        {typed.state === 'whole' && message('vote.token.whole')}
        {typed.state === 'unfinished' &&
          text.trim() !== '' &&
          message('vote.token.unfinished', { count: typed.missing })}
      </p>
      <p class="hint">{message('vote.token.stays')}</p>
      <WaitNotice wait={wait} retry={retry} />
      <p class="actions">
        <button type="submit" aria-disabled={busy}>
          {message('vote.next')}
        </button>
      </p>
    </form>
  )
}
