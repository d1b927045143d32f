import { useRef, useState } from 'preact/hooks'
import type { Ask } from './load-session.ts'
import { newPatience, untilAnswered, type Wait } from './patience.ts'

/** Asks the server, with what the voter is told meanwhile. */
export function useAsking(): { ask: Ask; wait: Wait | undefined; retry: () => void } {
  const [wait, setWait] = useState<Wait>()
  const patience = useRef(newPatience())
  return {
    ask: (question) => untilAnswered(question, patience.current, setWait),
    wait,
    retry: () => patience.current.end(),
  }
}
