import { useCallback, useEffect } from 'preact/hooks'
import type { Dashboard } from '../../src/election/dashboard-schema.ts'
import { Waiting } from '../shared/frame.tsx'
import { message } from '../shared/messages.ts'
import { StateLabel } from '../shared/state-label.tsx'
import { percentOf, UnitTable } from '../shared/unit-table.tsx'
import { useAnswer } from '../shared/use-answer.ts'
import { type LiveCount, useLive } from '../shared/use-live.ts'
import { Findings } from './findings.tsx'
import { Health } from './health.tsx'
import { Incidents } from './incidents.tsx'
import { Keeping } from './keeping.tsx'
import { askDashboard, isNobody, type Session } from './office.ts'
import { Schedule } from './schedule.tsx'
import { Steps } from './steps.tsx'
import { TrusteeTable } from './trustee-table.tsx'
import { TurnoutChart } from './turnout-chart.tsx'

interface ElectionDeskProps {
  readonly session: Session
  readonly slug: string
  /** Told when the election has taken a step. */
  readonly changed: () => void
  /** Told when the session is over. */
  readonly ended: () => void
}

/** In milliseconds; votes come in over the live channel meanwhile. */
const refreshEvery = 5_000

/** How one election goes. */
export function ElectionDesk({ session, slug, changed, ended }: ElectionDeskProps) {
  const { answer, again } = useAnswer(useCallback(() => askDashboard(slug), [slug]))
  const known = answer?.kind === 'answer' ? answer.value : undefined
  const live = useLive(known === undefined || known.openedAt === null ? undefined : slug)
  useEffect(() => {
    const timer = setInterval(again, refreshEvery)
    return () => clearInterval(timer)
  }, [again])
  useEffect(() => {
    if (isNobody(answer)) ended()
  }, [answer, ended])
  const stepped = () => {
    again()
    changed()
  }
  if (known === undefined) return <Waiting answer={answer} again={again} />
  return (
    <>
      <div class="cards">
        <section class="card">
          <h2>{message('officer.state')}</h2>
          <p>
            <StateLabel status={known.status} />
          </p>
          <Steps session={session} dashboard={known} changed={stepped} ended={ended} />
        </section>
        {known.openedAt !== null && <Turnout live={live} />}
        <Schedule dashboard={known} />
        <Keeping keeping={known.keeping} zone={known.zone} />
        <Health health={known.health} zone={known.zone} />
      </div>
      <Findings dashboard={known} />
      <Incidents session={session} dashboard={known} ended={ended} />
      <TrusteeTable dashboard={known} />
      {known.openedAt !== null && <OverTime dashboard={known} live={live} />}
    </>
  )
}

function Turnout({ live: { connected, turnout } }: { readonly live: LiveCount }) {
  return (
    <section class="card">
      <h2>{message('officer.turnout')}</h2>
      {turnout !== undefined && (
        <p class="large">
          {percentOf(turnout)}
          <span class="under">
            {message('officer.votedOf', { count: turnout.voted, voters: turnout.voters })}
          </span>
        </p>
      )}
      <p class={connected ? 'good' : 'bad'} role="status">
        {message(connected ? 'officer.live' : 'officer.notLive')}
      </p>
    </section>
  )
}

function OverTime({ dashboard, live }: { readonly dashboard: Dashboard; readonly live: LiveCount }) {
  const { turnout } = live
  return (
    <>
      <section>
        <h2>{message('officer.overTime')}</h2>
        {turnout !== undefined && <TurnoutChart dashboard={dashboard} turnout={turnout} />}
      </section>
      {turnout !== undefined && turnout.units.length > 0 && (
        <section>
          <h2>{message('officer.byUnit')}</h2>
          <p>{message('officer.byUnitAbout')}</p>
          <UnitTable units={turnout.units} />
        </section>
      )}
    </>
  )
}
