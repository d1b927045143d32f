import type { Dashboard } from '../../src/election/dashboard-schema.ts'
import { formatMoment, type MessageKey, message } from '../shared/messages.ts'

type Progress = Dashboard['trustees']
type Standing = Progress['trustees'][number]

const steps: Readonly<Record<NonNullable<Progress['step']>, MessageKey>> = {
  certificate: 'officer.stepCertificate',
  shares: 'officer.stepShares',
  public_key: 'officer.stepPublicKey',
  rehearsal: 'officer.stepRehearsal',
  shuffle: 'officer.stepShuffle',
  decryption: 'officer.stepDecryption',
}

const states: Readonly<Record<Standing['state'], MessageKey>> = {
  awaited: 'officer.stateAwaited',
  done: 'officer.stateDone',
  spare: 'officer.stateSpare',
  later: 'officer.stateLater',
}

/** The key ceremony, the rehearsal and the opening, trustee by trustee. */
export function TrusteeTable({ dashboard: { trustees: progress, zone } }: { readonly dashboard: Dashboard }) {
  const { step, awaited, trustees } = progress
  if (trustees.every(({ kind }) => kind === 'server')) return null
  const shown = (name: string) =>
    trustees.some((each) => each.name === name && each.kind === 'server')
      ? message('officer.thisServer')
      : name
  return (
    <section>
      <h2>{message('officer.trustees')}</h2>
      <p>{message(step === null ? 'officer.stepNone' : steps[step])}</p>
      {awaited.map(({ names, needed }) => (
        <p key={names.join()}>
          {message(needed === names.length ? 'officer.awaitedAll' : 'officer.awaitedSome', {
            ...{ needed, names: names.map(shown).join(', ') },
          })}
        </p>
      ))}
      <table class="trustees">
        <thead>
          <tr>
            <th scope="col">{message('frame.name')}</th>
            <th scope="col">{message('officer.state')}</th>
          </tr>
        </thead>
        <tbody>
          {trustees
            .filter(({ kind }) => kind === 'person')
            .map((trustee) => (
              <tr key={trustee.name}>
                <th scope="row">
                  {trustee.name}
                  {!trustee.invited && <span class="soft"> {message('officer.byFiles')}</span>}
                </th>
                <td>
                  {step !== null && (
                    <span class={trustee.state === 'done' ? 'good' : ''}>
                      {message(states[trustee.state])}
                    </span>
                  )}
                  <Refused trustee={trustee} zone={zone} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}

function Refused({ trustee: { refused }, zone }: { readonly trustee: Standing; readonly zone: string }) {
  if (refused === null) return null
  return (
    <p>
      <strong class="bad">{message('officer.refusedAt', { moment: formatMoment(refused.at, zone) })}</strong>{' '}
      {/* What the program finds, it says in English. */}
      <span lang="en">{refused.reason}</span>
    </p>
  )
}
