import { useState } from 'preact/hooks'
import type { Answer } from '../shared/answers.ts'
import { message } from '../shared/messages.ts'
import { askBallot, type Board } from './board-answers.ts'

/** Looks a tracking code up. */
export function FindBallot({ slug }: { readonly slug: string }) {
  const [code, setCode] = useState('')
  const [found, setFound] = useState<Answer<Board>>()
  const submit = async (event: Event) => {
    event.preventDefault()
    if (code.trim() !== '') setFound(await askBallot(slug, code.trim()))
  }
  return (
    <section>
      <h2>{message('board.find')}</h2>
      <form class="row" onSubmit={submit}>
        <label>
          {message('board.code')}
          <input
            class="code"
            value={code}
            onInput={(event) => setCode(event.currentTarget.value)}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            maxLength={100}
          />
        </label>
        <button type="submit">{message('board.search')}</button>
      </form>
      <p role="status">{found !== undefined && <strong class={toneOf(found)}>{sentenceOf(found)}</strong>}</p>
    </section>
  )
}

function toneOf(found: Answer<Board>): string {
  if (found.kind !== 'answer') return 'bad'
  return found.value.list[0]?.counts === true ? 'good' : ''
}

function sentenceOf(found: Answer<Board>): string {
  if (found.kind === 'unreachable') return message('shared.offline')
  if (found.kind === 'refused') {
    return message(found.code === 'ballot-not-found' ? 'board.notFound' : 'frame.unexpected')
  }
  return message(found.value.list[0]?.counts === true ? 'board.found' : 'board.foundReplaced')
}
