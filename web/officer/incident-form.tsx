import { useState } from 'preact/hooks'
import { message } from '../shared/messages.ts'
import { kindTexts } from './incident-kinds.ts'
import { incidentKinds, isNobody, type ListedIncident, recordIncident, type Session } from './office.ts'

interface IncidentFormProps {
  readonly session: Session
  readonly slug: string
  readonly recorded: () => void
  readonly ended: () => void
}

/** Records what went wrong. It stays on record, so nothing is sent before somebody has written what happened. */
export function IncidentForm({ session, slug, recorded, ended }: IncidentFormProps) {
  const [kind, setKind] = useState<ListedIncident['kind']>('technical')
  const [text, setText] = useState('')
  const [affected, setAffected] = useState('0')
  const [affectedKind, setAffectedKind] = useState<ListedIncident['affectedKind']>('ballots')
  const [wrong, setWrong] = useState('')
  const [sending, setSending] = useState(false)

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (text.trim() === '' || sending) return
    setSending(true)
    const incident = { kind, text: text.trim(), affected: Number(affected), affectedKind }
    const answer = await recordIncident(session, slug, incident)
    setSending(false)
    if (isNobody(answer)) return ended()
    if (answer.kind === 'unreachable') return setWrong(message('shared.offline'))
    if (answer.kind === 'refused') return setWrong(message('officer.refused', { reason: answer.message }))
    setText('')
    setAffected('0')
    setWrong('')
    recorded()
  }

  return (
    <details>
      <summary>{message('officer.recordIncident')}</summary>
      <form class="incident" onSubmit={submit}>
        <label>
          {message('officer.incidentKind')}
          <select
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as ListedIncident['kind'])}
          >
            {incidentKinds.map((each) => (
              <option key={each} value={each}>
                {message(kindTexts[each])}
              </option>
            ))}
          </select>
        </label>
        <label>
          {message('officer.incidentText')}
          <textarea
            rows={3}
            maxLength={5000}
            value={text}
            required
            aria-describedby="incident-about incident-wrong"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p id="incident-about" class="hint">
          {message('officer.incidentAbout')}
        </p>
        <div class="row">
          <label>
            {message('officer.incidentAffected')}
            <input
              type="number"
              min={0}
              max={1_000_000_000}
              required
              value={affected}
              onInput={(event) => setAffected(event.currentTarget.value)}
            />
          </label>
          <label>
            {message('officer.incidentOf')}
            <select
              value={affectedKind}
              onChange={(event) =>
                setAffectedKind(event.currentTarget.value as ListedIncident['affectedKind'])
              }
            >
              <option value="ballots">{message('officer.ofBallots')}</option>
              <option value="voters">{message('officer.ofVoters')}</option>
            </select>
          </label>
          <button type="submit" disabled={sending}>
            {message('officer.record')}
          </button>
        </div>
        <p id="incident-wrong" role="alert" class="bad">
          {wrong}
        </p>
      </form>
    </details>
  )
}
