import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Dashboard } from '../../src/election/dashboard-schema.ts'
import { Waiting } from '../shared/frame.tsx'
import { formatMoment, type MessageKey, message } from '../shared/messages.ts'
import { useAnswer } from '../shared/use-answer.ts'
import { IncidentForm } from './incident-form.tsx'
import { kindTexts } from './incident-kinds.ts'
import { askIncidents, isNobody, type ListedIncident, type Session } from './office.ts'

interface IncidentsProps {
  readonly session: Session
  readonly dashboard: Dashboard
  readonly ended: () => void
}

const effectTexts: Readonly<Record<ListedIncident['effect'], MessageKey>> = {
  none: 'officer.effectNone',
  could: 'officer.effectCould',
  'not-excluded': 'officer.effectOpen',
  'no-result': 'officer.effectLater',
}

/** In milliseconds: others record too. */
const refreshEvery = 30_000

/** What went wrong in an election, and a form to record it. */
export function Incidents({ session, dashboard: { election: slug, zone }, ended }: IncidentsProps) {
  const { answer, again } = useAnswer(useCallback(() => askIncidents(slug), [slug]))
  const [said, setSaid] = useState('')
  useEffect(() => {
    const timer = setInterval(again, refreshEvery)
    return () => clearInterval(timer)
  }, [again])
  useEffect(() => {
    if (isNobody(answer)) ended()
  }, [answer, ended])
  const recorded = () => {
    setSaid(message('officer.recorded'))
    again()
  }
  return (
    <section>
      <h2>{message('officer.incidents')}</h2>
      {answer?.kind !== 'answer' && <Waiting answer={answer} again={again} />}
      {answer?.kind === 'answer' && answer.value.incidents.length === 0 && (
        <p>{message('officer.noIncidents')}</p>
      )}
      {answer?.kind === 'answer' && (
        <ol class="incidents">
          {answer.value.incidents.map((incident) => (
            <li key={incident.number} value={incident.number}>
              <OneIncident incident={incident} zone={zone} />
            </li>
          ))}
        </ol>
      )}
      {session.may.includes('incident:record') && (
        <IncidentForm session={session} slug={slug} recorded={recorded} ended={ended} />
      )}
      <p role="status">{said}</p>
    </section>
  )
}

function OneIncident({ incident, zone }: { readonly incident: ListedIncident; readonly zone: string }) {
  const { kind, at, text, contest, affected, affectedKind, effect, resolution } = incident
  const affectedText = affectedKind === 'voters' ? 'officer.votersAffected' : 'officer.ballotsAffected'
  return (
    <>
      <strong>{message(kindTexts[kind])}</strong>
      <span class="soft">
        {' '}
        {formatMoment(at, zone)}
        {contest !== null && ` · ${contest}`}
      </span>
      <p>{text}</p>
      <p class="soft">
        {message(affectedText, { count: affected })} {message(effectTexts[effect])}
      </p>
      <p class={resolution === null ? 'bad' : 'good'}>
        {resolution === null ? message('officer.unresolved') : message('officer.resolved', { resolution })}
      </p>
    </>
  )
}
