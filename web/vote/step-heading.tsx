import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'

/** Whether a step has been shown before: on the first one the browser's own order of reading holds. */
let shown = false

/** The heading of a step: it names the window, and the focus goes to it, so that every reader knows where it is. */
export function StepHeading({ title, children }: { title: string; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  // Before anybody sees the step: later it could take back what the reader has done meanwhile.
  useLayoutEffect(() => {
    if (shown) heading.current?.focus()
    scrollTo(0, 0)
    shown = true
  }, [])
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
