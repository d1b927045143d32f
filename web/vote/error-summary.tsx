import { useEffect, useRef } from 'preact/hooks'
import { message } from '../shared/messages.ts'

export interface PageError {
  readonly text: string
  /** The id of the field that it is about. */
  readonly field: string
}

/** What must be mended before the voter can go on, with links to the fields; the focus goes to it. */
export function ErrorSummary({ errors }: { errors: readonly PageError[] }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [errors])
  return (
    <div class="errors" role="alert" tabIndex={-1} ref={box}>
      <h2>{message('vote.errors', { count: errors.length })}</h2>
      <ul>
        {errors.map(({ text, field }) => (
          <li key={field}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                // The address stays as it is, and so does the history.
                event.preventDefault()
                const target = document.getElementById(field)
                ;(target?.querySelector<HTMLElement>('input:not(:disabled), button') ?? target)?.focus()
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
