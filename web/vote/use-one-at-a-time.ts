import { useRef, useState } from 'preact/hooks'

/** Does a thing once at a time, however often it is asked for meanwhile: a second press of a button does nothing. */
export function useOneAtATime<Given extends unknown[]>(
  deed: (...given: Given) => Promise<void>,
): { busy: boolean; run: (...given: Given) => Promise<void> } {
  const [busy, setBusy] = useState(false)
  // Two presses may come before the page is drawn anew.
  const running = useRef(false)
  async function run(...given: Given): Promise<void> {
    if (running.current) return
    running.current = true
    setBusy(true)
    try {
      await deed(...given)
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return { busy, run }
}
