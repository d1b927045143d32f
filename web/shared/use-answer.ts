import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Answer } from './answers.ts'

/** An answer that a page shows: undefined until there is one. */
export interface Asked<T> {
  readonly answer: Answer<T> | undefined
  again(): void
}

/**
 * Asks when the page is shown, and again when it is told to. What was answered stays until there is something newer.
 * @param question the same function for as long as it is the same question
 */
export function useAnswer<T>(question: () => Promise<Answer<T>>): Asked<T> {
  const [answer, setAnswer] = useState<Answer<T>>()
  const turn = useRef(0)
  const again = useCallback(() => {
    turn.current++
    const mine = turn.current
    question().then((found) => {
      if (turn.current === mine) setAnswer(found)
    })
  }, [question])
  useEffect(() => {
    again()
    return () => {
      turn.current++
    }
  }, [again])
  return { answer, again }
}
