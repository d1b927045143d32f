import { useEffect, useState } from 'preact/hooks'

/** Where a voter is on the page. */
export type Step =
  | { readonly at: 'token' | 'about' | 'review' | 'code' | 'sealed' }
  | { readonly at: 'contest'; readonly index: number; readonly reviewing: boolean }

/**
 * The steps of the page, which the browser's own buttons go back and forth through: nothing is lost by them. What is
 * kept in the history is the place alone.
 */
export function useSteps(first: Step) {
  const [step, setStep] = useState(first)

  useEffect(() => {
    history.replaceState(first, '')
    const follow = ({ state }: PopStateEvent) => setStep((state as Step | null) ?? first)
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])

  return {
    step,
    go: (next: Step) => {
      history.pushState(next, '')
      setStep(next)
    },
  }
}
