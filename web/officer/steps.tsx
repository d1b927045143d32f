import { useState } from 'preact/hooks'
import type { Dashboard } from '../../src/election/dashboard-schema.ts'
import { type MessageKey, message } from '../shared/messages.ts'
import { isNobody, type Session, type Step, takeStep } from './office.ts'
import { StepDialog } from './step-dialog.tsx'

interface StepsProps {
  readonly session: Session
  readonly dashboard: Dashboard
  readonly changed: () => void
  readonly ended: () => void
}

interface Way {
  readonly step: Step
  readonly from: readonly string[]
  /** What the officer must be allowed to do. */
  readonly action: string
  readonly label: MessageKey
  readonly about: MessageKey
}

const ways: readonly Way[] = [
  {
    ...{ step: 'open', from: ['draft'], action: 'election:open' },
    ...{ label: 'officer.open', about: 'officer.openAbout' },
  },
  {
    ...{ step: 'pause', from: ['open'], action: 'election:pause' },
    ...{ label: 'officer.pause', about: 'officer.pauseAbout' },
  },
  {
    ...{ step: 'resume', from: ['paused'], action: 'election:pause' },
    ...{ label: 'officer.resume', about: 'officer.resumeAbout' },
  },
  {
    ...{ step: 'close', from: ['open', 'paused'], action: 'election:close' },
    ...{ label: 'officer.close', about: 'officer.closeAbout' },
  },
]

/** What can be done now, by whoever may; each after the name of the election was typed. */
export function Steps({ session, dashboard, changed, ended }: StepsProps) {
  const { election: slug, title, status } = dashboard
  const [asked, setAsked] = useState<Way>()
  const [said, setSaid] = useState('')
  const possible = ways.filter(({ from }) => from.includes(status))
  const allowed = possible.filter(({ action }) => session.may.includes(action))

  async function take({ step }: Way, confirmed: string): Promise<void> {
    setAsked(undefined)
    const answer = await takeStep(session, { slug, step, confirmed })
    if (isNobody(answer)) return ended()
    if (answer.kind === 'unreachable') setSaid(message('shared.offline'))
    else if (answer.kind === 'refused') setSaid(message('officer.refused', { reason: answer.message }))
    else setSaid(message('officer.done'))
    changed()
  }

  return (
    <>
      {possible.length > 0 && allowed.length === 0 && <p>{message('officer.noActions')}</p>}
      <p class="row">
        {allowed.map((way) => (
          <button key={way.step} type="button" class="quiet" onClick={() => setAsked(way)}>
            {message(way.label)}
          </button>
        ))}
      </p>
      <p role="status">{said}</p>
      {asked !== undefined && (
        <StepDialog
          heading={message(asked.label)}
          about={message(asked.about)}
          names={[title, slug]}
          confirm={(typed) => take(asked, typed)}
          cancel={() => setAsked(undefined)}
        />
      )}
    </>
  )
}
