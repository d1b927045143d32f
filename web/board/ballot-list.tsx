import { useState } from 'preact/hooks'
import { message } from '../shared/messages.ts'
import { askBoard, type Board } from './board-answers.ts'

/** The sealed ballots by their tracking codes, a page at a time. */
export function BallotList({ slug, first }: { readonly slug: string; readonly first: Board }) {
  const [pages, setPages] = useState([first])
  const [failed, setFailed] = useState(false)
  const shown = pages.at(-1)!
  const before = pages.slice(0, -1).reduce((sum, { list }) => sum + list.length, 0)

  async function forward(after: number): Promise<void> {
    const answer = await askBoard(slug, after)
    setFailed(answer.kind !== 'answer')
    if (answer.kind === 'answer') setPages([...pages, answer.value])
  }

  return (
    <section>
      <h2>{message('board.list')}</h2>
      {shown.list.length === 0 ? (
        <p>{message('board.empty')}</p>
      ) : (
        <>
          <p role="status">
            {message('board.range', {
              from: before + 1,
              to: before + shown.list.length,
              all: shown.ballots,
            })}
          </p>
          <ol class="ballots" start={before + 1}>
            {shown.list.map(({ trackingCode, counts }) => (
              <li key={trackingCode}>
                <span class="code">{trackingCode}</span>
                {!counts && <span class="soft"> {message('board.replaced')}</span>}
              </li>
            ))}
          </ol>
        </>
      )}
      {failed && <p role="alert">{message('shared.offline')}</p>}
      <p class="row">
        {pages.length > 1 && (
          <button type="button" class="quiet" onClick={() => setPages(pages.slice(0, -1))}>
            {message('board.earlier')}
          </button>
        )}
        {shown.next !== null && (
          <button type="button" class="quiet" onClick={() => forward(shown.next ?? 0)}>
            {message('board.later')}
          </button>
        )}
      </p>
    </section>
  )
}
