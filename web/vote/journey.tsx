import { useEffect, useState } from 'preact/hooks'
import type { Receipt } from '../../src/voting/ballot-paper-schema.ts'
import { AboutStep } from './about-step.tsx'
import { CastStep } from './cast-step.tsx'
import { CodeStep } from './code-step.tsx'
import { ContestStep } from './contest-step.tsx'
import { countMarked, type Draft, emptyDraft, isBlank, selectionsOf } from './draft.ts'
import { FileStep } from './file-step.tsx'
import { ReceiptStep } from './receipt-step.tsx'
import { ReviewStep } from './review-step.tsx'
import { forgetPending, keepPending, type PendingBallot } from './sealed-store.ts'
import { SealingStep } from './sealing-step.tsx'
import { isSealed } from './secrecy-text.ts'
import { TokenStep } from './token-step.tsx'
import { type Step, useSteps } from './use-steps.ts'
import type { VotingSession } from './voting-session.ts'

interface JourneyProps {
  readonly session: VotingSession
  /** What the link brought, as it stands there. */
  readonly given: string
  /** The same, where it is a token of this election. */
  readonly token: string | undefined
  /** A ballot that this tab sealed before it was loaded anew. */
  readonly pending: PendingBallot | undefined
}

/** From the token to the tracking code. */
export function Journey({ session, given, token: known, pending }: JourneyProps) {
  const { contests, server, desk, election, paper } = session
  const clear = !isSealed(session)
  const { step, go } = useSteps(
    pending !== undefined ? { at: 'sealed' } : { at: known === undefined ? 'token' : 'about' },
  )
  const [token, setToken] = useState(known)
  const nothingMarked = () => contests.map(({ rules, options }) => emptyDraft(rules, options.length))
  const [drafts, setDrafts] = useState<readonly Draft[]>(nothingMarked)
  const [sealed, setSealed] = useState(pending)
  const [receipt, setReceipt] = useState<Receipt>()
  const [code, setCode] = useState<string>()
  const [codeFault, setCodeFault] = useState<string>()
  const [said, announce] = useState('')
  useLeaveWarning(sealed === undefined && drafts.some((draft) => countMarked(draft) > 0 || isBlank(draft)))

  const contest = (index: number, reviewing = false): Step => ({ at: 'contest', index, reviewing })
  const last = contests.length - 1

  async function seal(): Promise<PendingBallot> {
    if (token === undefined) throw new Error('there is no token')
    const { json, trackingCode } = await desk.seal(token, drafts.map(selectionsOf))
    return { json, trackingCode, fingerprint: election.fingerprint }
  }

  function keep(ballot: PendingBallot): void {
    if (server !== undefined) keepPending(paper.slug, ballot)
    setSealed(ballot)
    setDrafts(nothingMarked())
  }

  function restart(): void {
    forgetPending(paper.slug)
    location.reload()
  }

  function shown() {
    if (receipt !== undefined && sealed !== undefined) {
      return (
        <ReceiptStep
          {...{ sealed, receipt, clear }}
          name={election.name}
          slug={paper.slug}
          finish={restart}
        />
      )
    }
    if (sealed !== undefined) {
      if (server === undefined) return <FileStep session={session} sealed={sealed} />
      if (codeFault !== undefined) return codeStep(() => setCodeFault(undefined))
      return (
        <CastStep
          {...{ server, sealed, code, restart }}
          name={election.name}
          slug={paper.slug}
          askCode={setCodeFault}
          accepted={(answer) => {
            forgetPending(paper.slug)
            setToken(undefined)
            setReceipt(answer)
          }}
        />
      )
    }
    // The browser's buttons can't lead past the token.
    switch (token === undefined ? 'token' : step.at) {
      case 'token':
        return (
          <TokenStep
            {...{ session, given }}
            accept={(accepted) => {
              setToken(accepted)
              go({ at: 'about' })
            }}
          />
        )
      case 'about':
        return <AboutStep session={session} next={() => go(contest(0))} />
      case 'contest':
        return contestStep(step as Extract<Step, { at: 'contest' }>)
      case 'review':
        return (
          <ReviewStep
            {...{ session, drafts }}
            edit={(index) => go(contest(index, true))}
            back={() => go(contest(last))}
            next={() => go({ at: server === undefined || paper.code === 'none' ? 'sealed' : 'code' })}
          />
        )
      case 'code':
        return codeStep(() => go({ at: 'sealed' }))
      default:
        return (
          <SealingStep
            {...{ clear }}
            name={election.name}
            seal={seal}
            sealed={keep}
            back={() => go({ at: 'review' })}
          />
        )
    }
  }

  function codeStep(next: () => void) {
    if (server === undefined) throw new Error('nobody sends a code without a network')
    return (
      <CodeStep
        {...{ session, server, token, restart }}
        fault={codeFault}
        next={(entered) => {
          setCode(entered)
          next()
        }}
      />
    )
  }

  function contestStep({ index, reviewing }: Extract<Step, { at: 'contest' }>) {
    return (
      <ContestStep
        key={`contest-${index}`}
        {...{ session, announce, reviewing }}
        contest={contests[index]!}
        draft={drafts[index]!}
        change={(draft) => setDrafts(drafts.map((each, place) => (place === index ? draft : each)))}
        back={() => go(index === 0 ? { at: 'about' } : contest(index - 1))}
        next={() => go(reviewing || index === last ? { at: 'review' } : contest(index + 1))}
      />
    )
  }

  return (
    <>
      {shown()}
      <div role="status" class="hidden">
        {said}
      </div>
    </>
  )
}

/** The browser asks before it leaves a page whose choices would be lost. */
function useLeaveWarning(unsealed: boolean): void {
  useEffect(() => {
    if (!unsealed) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [unsealed])
}
