import { useState } from 'preact/hooks'
import type { Answer } from '../shared/answers.ts'
import { message } from '../shared/messages.ts'
import { base64Of, type Nomination, type Nominee } from './nomination.ts'

/** In characters and in bytes, as the server takes them. */
const longestStatement = 5000
const largestPhoto = 10 * 1024 * 1024

type Outcome = 'sending' | 'saved' | { readonly fault: string } | undefined

export function AnswerForm({
  nominee,
  nomination,
  again,
}: {
  readonly nominee: Nominee
  readonly nomination: Nomination
  again(): void
}) {
  const { state, statement: before, photo } = nomination
  const [statement, setStatement] = useState(before)
  const [file, setFile] = useState<File>()
  const [without, setWithout] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>()
  const accepted = state === 'accepted'

  async function send(question: () => Promise<Answer<unknown>>) {
    if (outcome === 'sending') return
    setOutcome('sending')
    const answer = await question()
    if (answer.kind === 'answer') again()
    setOutcome(answer.kind === 'answer' ? 'saved' : { fault: faultText(answer) })
  }

  async function accept() {
    if (file !== undefined && file.size > largestPhoto) {
      setOutcome({ fault: message('nominate.picture') })
      return
    }
    await send(async () =>
      nominee.accept(statement, without ? null : file === undefined ? undefined : await base64Of(file)),
    )
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void accept()
      }}
    >
      <p>
        <label for="statement">{message('nominate.statement')}</label>
        <textarea
          id="statement"
          rows={8}
          maxLength={longestStatement}
          value={statement}
          onInput={(event) => setStatement(event.currentTarget.value)}
          aria-describedby="statement-hint"
          autocomplete="off"
        />
        <span class="hint" id="statement-hint">
          {message('nominate.statementHint', { count: longestStatement })}
        </span>
      </p>
      <p>
        <label for="photo">{message('nominate.photo')}</label>
        <input
          id="photo"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          onChange={(event) => setFile(event.currentTarget.files?.[0])}
          aria-describedby="photo-hint"
        />
        <span class="hint" id="photo-hint">
          {message('nominate.photoHint')} {photo && message('nominate.hasPhoto')}
        </span>
      </p>
      {photo && (
        <label class="check">
          <input
            type="checkbox"
            checked={without}
            onChange={(event) => setWithout(event.currentTarget.checked)}
          />{' '}
          {message('nominate.removePhoto')}
        </label>
      )}
      <p class="actions">
        <button type="submit">{message(accepted ? 'nominate.change' : 'nominate.accept')}</button>
        {(state === 'silent' || accepted) && (
          <button type="button" class="quiet" onClick={() => void send(nominee.decline)}>
            {message(accepted ? 'nominate.withdraw' : 'nominate.decline')}
          </button>
        )}
      </p>
      <OutcomeText outcome={outcome} />
    </form>
  )
}

function OutcomeText({ outcome }: { outcome: Outcome }) {
  if (outcome === undefined) return null
  if (typeof outcome === 'object') {
    return (
      <p class="bad" role="alert">
        {outcome.fault}
      </p>
    )
  }
  return (
    <p role="status" class={outcome === 'saved' ? 'good' : ''}>
      {message(outcome === 'saved' ? 'nominate.saved' : 'nominate.sending')}
    </p>
  )
}

function faultText(answer: Exclude<Answer<unknown>, { kind: 'answer' }>): string {
  if (answer.kind === 'unreachable') return message('shared.offline')
  if (answer.code === 'photo-invalid') return message('nominate.picture')
  if (answer.code === 'nominations-over') return message('nominate.over')
  return message('nominate.refused', { reason: answer.message })
}
