import { scaleLinear, scaleUtc } from 'd3-scale'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Dashboard } from '../../src/election/dashboard-schema.ts'
import { formatMoment, formatNumber, formatShortMoment, language, message } from '../shared/messages.ts'
import { percentOf } from '../shared/unit-table.tsx'

interface TurnoutChartProps {
  readonly dashboard: Dashboard
  readonly turnout: { readonly voters: number; readonly voted: number }
}

const height = 240
const margin = { top: 12, right: 36, bottom: 28, left: 48 }
const day = 86_400_000

/** How many had voted when: a line, and the same figures as a table. */
export function TurnoutChart({ dashboard, turnout }: TurnoutChartProps) {
  const { openedAt, closedAt, zone, history } = dashboard
  const { box, width } = useWidth()
  const now = Date.parse(closedAt ?? dashboard.now)
  const start = Date.parse(openedAt ?? dashboard.now)
  const points = [
    ...history.map(({ at, voted }) => ({ at: Math.min(Date.parse(at), now), voted })),
    { at: now, voted: Math.max(turnout.voted, history.at(-1)?.voted ?? 0) },
  ]
  const x = scaleUtc([start, Math.max(now, start + 60_000)], [margin.left, width - margin.right])
  const y = scaleLinear([0, Math.max(1, turnout.voters)], [height - margin.bottom, margin.top])
  const line = points.map(({ at, voted }) => `H${x(at).toFixed(1)}V${y(voted).toFixed(1)}`).join('')
  const path = `M${x(start).toFixed(1)},${y(0).toFixed(1)}${line}`
  const clock = new Intl.DateTimeFormat(language(), {
    timeZone: zone,
    ...(now - start > day ? { day: 'numeric', month: 'short' } : { hour: 'numeric', minute: '2-digit' }),
  })
  const summary = message('officer.chart', {
    voted: turnout.voted,
    voters: turnout.voters,
    moment: formatMoment(new Date(now).toISOString(), zone),
  })
  return (
    <>
      <div ref={box}>
        <svg class="chart" width={width} height={height} role="img" aria-label={summary}>
          {y.ticks(4).map((tick) => (
            <g key={tick}>
              <line class="grid" x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
              <text x={margin.left - 8} y={y(tick)} dy="0.32em" text-anchor="end">
                {formatNumber(tick)}
              </text>
            </g>
          ))}
          {x.ticks(Math.max(2, Math.floor(width / 160))).map((tick) => (
            <text key={tick.getTime()} x={x(tick)} y={height - 8} text-anchor="middle">
              {clock.format(tick)}
            </text>
          ))}
          <path class="area" d={`${path}V${y(0).toFixed(1)}Z`} />
          <path class="line" d={path} />
        </svg>
      </div>
      <details>
        <summary>{message('officer.table')}</summary>
        {history.length === 0 ? (
          <p>{message('officer.noVotes')}</p>
        ) : (
          <table class="units">
            <thead>
              <tr>
                <th scope="col">{message('officer.time')}</th>
                <th scope="col">{message('frame.votedHead')}</th>
                <th scope="col">{message('frame.share')}</th>
              </tr>
            </thead>
            <tbody>
              {history.map(({ at, voted }) => (
                <tr key={at}>
                  <th scope="row">{formatShortMoment(at, zone)}</th>
                  <td>{formatNumber(voted)}</td>
                  <td>{percentOf({ voters: turnout.voters, voted })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </details>
    </>
  )
}

/** How wide a box is, in pixels, whenever it changes: a drawing that is only stretched has letters too small to read. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(640)
  useLayoutEffect(() => {
    if (box.current === null) return undefined
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)))
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  return { box, width }
}
