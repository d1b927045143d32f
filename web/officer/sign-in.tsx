import { useState } from 'preact/hooks'
import type { Answer } from '../shared/answers.ts'
import { message } from '../shared/messages.ts'
import { type Session, signIn } from './office.ts'

/** Opens a session with an API key. */
export function SignIn({ done }: { readonly done: (session: Session) => void }) {
  const [key, setKey] = useState('')
  const [wrong, setWrong] = useState<string>()
  const submit = async (event: Event) => {
    event.preventDefault()
    if (key.trim() === '') return
    const answer = await signIn(key.trim())
    if (answer.kind !== 'answer') return setWrong(sentenceOf(answer))
    setKey('')
    done(answer.value)
  }
  return (
    <form onSubmit={submit}>
      <div class="row">
        <label>
          {message('officer.key')}
          <input
            type="password"
            value={key}
            onInput={(event) => setKey(event.currentTarget.value)}
            autocomplete="off"
            maxLength={200}
            aria-describedby="key-about key-wrong"
            aria-invalid={wrong !== undefined}
          />
        </label>
        <button type="submit">{message('officer.signIn')}</button>
      </div>
      <p id="key-about" class="hint">
        {message('officer.keyAbout')}
      </p>
      <p id="key-wrong" role="alert" class="bad">
        {wrong}
      </p>
    </form>
  )
}

function sentenceOf(answer: Exclude<Answer<Session>, { kind: 'answer' }>): string {
  if (answer.kind === 'unreachable') return message('shared.offline')
  if (answer.status === 429) return message('officer.tooMany')
  return message(answer.status < 500 ? 'officer.keyWrong' : 'frame.unexpected')
}
