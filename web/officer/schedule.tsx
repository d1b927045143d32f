import { useEffect, useState } from 'preact/hooks'
import type { Dashboard } from '../../src/election/dashboard-schema.ts'
import { formatMoment, language, message } from '../shared/messages.ts'

/** When the election opens and closes, as the clocks of its zone show it, and how long that is from now. */
export function Schedule({ dashboard }: { readonly dashboard: Dashboard }) {
  const { zone, opensAt, openedAt, closesAt, closedAt } = dashboard
  const now = useServerTime(dashboard.now)
  const told = (moment: string | null) =>
    moment === null ? (
      message('officer.unscheduled')
    ) : (
      <>
        {formatMoment(moment, zone)} <span class="soft">{spanOf(Date.parse(moment) - now)}</span>
      </>
    )
  return (
    <section class="card">
      <h2>{message('officer.schedule')}</h2>
      <dl class="facts stacked">
        <dt>{message('officer.opens')}</dt>
        <dd>{told(openedAt ?? opensAt)}</dd>
        <dt>{message('officer.closes')}</dt>
        <dd>{told(closedAt ?? closesAt)}</dd>
      </dl>
      <p class="soft">{message('home.zone', { zone })}</p>
    </section>
  )
}

/** The clock of the server, second by second, whatever the clock of this machine shows. */
function useServerTime(told: string): number {
  const [ahead, setAhead] = useState(0)
  const [now, setNow] = useState(Date.now())
  useEffect(() => setAhead(Date.parse(told) - Date.now()), [told])
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now + ahead
}

const spans = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** In the largest unit of which there are two: "in 3 hours", "5 minutes ago". */
function spanOf(milliseconds: number): string {
  const length = Math.abs(milliseconds)
  const [unit, size] = spans.find(([, each]) => length >= 2 * each) ?? spans[3]
  return new Intl.RelativeTimeFormat(language()).format(Math.trunc(milliseconds / size), unit)
}
