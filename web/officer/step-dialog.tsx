import { useEffect, useRef, useState } from 'preact/hooks'
import { message } from '../shared/messages.ts'

interface StepDialogProps {
  readonly heading: string
  readonly about: string
  /** The names of the election that will do; the first is shown. */
  readonly names: readonly [string, ...string[]]
  readonly confirm: (typed: string) => void
  readonly cancel: () => void
}

/** Asks for the name of the election, so that no slip of a finger does what many would feel. */
export function StepDialog({ heading, about, names, confirm, cancel }: StepDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState('')
  const fits = names.includes(typed.trim())
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} aria-labelledby="step-heading" onClose={cancel}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (fits) confirm(typed.trim())
        }}
      >
        <h2 id="step-heading">{heading}</h2>
        <p>{about}</p>
        <label>
          {message('officer.confirm', { name: names[0] })}
          <input
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
            autocomplete="off"
            spellcheck={false}
          />
        </label>
        <p class="row">
          <button type="submit" disabled={!fits}>
            {heading}
          </button>
          <button type="button" class="quiet" onClick={cancel}>
            {message('officer.cancel')}
          </button>
        </p>
      </form>
    </dialog>
  )
}
