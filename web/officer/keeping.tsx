import type { Dashboard } from '../../src/election/dashboard-schema.ts'
import { formatMoment, message } from '../shared/messages.ts'

interface KeepingProps {
  readonly keeping: Dashboard['keeping']
  readonly zone: string
}

/** How long who voted is kept, and what an officer is to do with an election that is over, where there is such a thing. */
export function Keeping({ keeping, zone }: KeepingProps) {
  const { keepDays, keptUntil, purgedAt, due } = keeping
  if (keepDays === null && purgedAt === null && due.length === 0) return null
  const told = (moment: string) => formatMoment(moment, zone)
  return (
    <section class="card">
      <h2>{message('officer.keeping')}</h2>
      <dl class="facts stacked">
        <dt>{message('officer.kept')}</dt>
        <dd>
          {purgedAt !== null
            ? message('officer.purged', { moment: told(purgedAt) })
            : keptUntil !== null
              ? message('officer.keptUntil', { moment: told(keptUntil) })
              : keepDays === null
                ? message('officer.keptAlways')
                : message('officer.keptDays', { count: keepDays })}
        </dd>
      </dl>
      {due
        .filter((deed) => deed.due)
        .map(({ deed, at, command }) => (
          <p key={deed}>
            {message(deed === 'purge' ? 'officer.duePurge' : 'officer.dueArchive', { moment: told(at) })}
            <br />
            <code class="code">{command}</code>
          </p>
        ))}
    </section>
  )
}
