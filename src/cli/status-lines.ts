import chalk from 'chalk'
import { textOfMoment } from '../election/zoned-time.ts'
import type { ElectionStatus } from '../tally/election-status.ts'
import type { UnitTurnout } from '../tally/turnout-cells.ts'
import { overdueSentence, stateOf } from './election-table.ts'
import { countOf, formatCount, formatTable, printable, terminalWidth } from './output.ts'
import { prose } from './prose.ts'

/** How it stands with an election, for a terminal: what moves first, then what waits for somebody, then what comes next. */
export function statusLines(status: ElectionStatus, now: Date): string[] {
  const { overview, units, approvals, incidents } = status
  const { election, obstacles, over, next } = overview
  const { slug } = election
  const waits = [
    ...(over === null ? [] : [overdueSentence(election)]),
    ...obstacles.map(({ message }) => message),
    ...approvals.map(
      ({ approval, deed, requestedBy }) =>
        `${requestedBy} asks a second officer to ${deed}: urna approval grant ${approval}`,
    ),
    ...(incidents === 0
      ? []
      : [`${countOf(incidents, 'incident')} without a resolution: urna incident list ${slug}`]),
  ]
  return [
    `${chalk.bold(printable(election.title))} (${slug})`,
    `  ${[stateOf(election), ...timeLeft(status, now)].join(', ')}`,
    ...(election.opened_at === null ? [] : turnoutLines(status, now)),
    ...(units.length < 2 ? [] : ['', indented(unitTable(units))]),
    ...(waits.length === 0 ? [] : ['', ...waits.map((each) => prose(each, `  ${chalk.yellow('!')} `, 4))]),
    '',
    chalk.dim(`  Next: ${next}`),
  ]
}

const widestBar = 40

function turnoutLines({ overview, history, lastVoteAt }: ElectionStatus, now: Date): string[] {
  const { election, voters, voted } = overview
  const width = Math.min(widestBar, Math.max(10, terminalWidth() - 45))
  const from = Date.parse(election.opened_at!)
  const until = election.closed_at === null ? now.getTime() : Date.parse(election.closed_at)
  const last = lastVoteAt === null ? '' : `last vote at ${textOfMoment(lastVoteAt, election.zone)}`
  const share = voters === 0 ? 0 : voted / voters
  return [
    `  ${bar(share, width)}  ${formatCount(voted)} of ${countOf(voters, 'voter')}${percentage({ voters, voted })}`,
    ...(voted === 0
      ? []
      : [`  ${chalk.cyan(sparkline(rises(history, { from, until, parts: width })))}  ${last}`]),
  ]
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** @param share from 0 to 1 */
export function bar(share: number, width: number): string {
  const filled = Math.floor(share * width * 8)
  const full = '█'.repeat(Math.floor(filled / 8)) + eighths[filled % 8]
  return chalk.green(full) + chalk.dim('·'.repeat(width - Math.ceil(filled / 8)))
}

const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** Nothing is a blank; anything else at least the lowest mark. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(1, ...values)
  return values
    .map((value) => (value === 0 ? ' ' : heights[Math.ceil((value / most) * heights.length) - 1]))
    .join('')
}

/** How many voted in each part of the time, in milliseconds since 1970. */
function rises(
  history: ElectionStatus['history'],
  { from, until, parts }: { from: number; until: number; parts: number },
): number[] {
  const values = Array.from({ length: parts }, () => 0)
  let before = 0
  for (const { at, voted } of history) {
    // A point is the end of its stretch.
    const place = Math.ceil(((Date.parse(at) - from) / Math.max(1, until - from)) * parts) - 1
    const part = Math.min(parts - 1, Math.max(0, place))
    values[part]! += voted - before
    before = voted
  }
  return values
}

function unitTable(units: readonly UnitTurnout[]): string {
  return formatTable({
    head: ['Unit', '', 'Voted', 'Voters', ''],
    rows: units.map(({ unit, name, voters, voted }) => [
      unit,
      name === null ? 'others' : printable(name),
      formatCount(voted),
      formatCount(voters),
      percentage({ voters, voted }).slice(2),
    ]),
    right: [2, 3, 4],
  })
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ')
}

/** `, 61.7 %` */
function percentage({ voters, voted }: { voters: number; voted: number }): string {
  return voters === 0 ? '' : `, ${((100 * voted) / voters).toFixed(1)} %`
}

function timeLeft({ overview: { election, over } }: ElectionStatus, now: Date): string[] {
  const { status, opens_at, closes_at, zone } = election
  const [verb, moment] = status === 'draft' ? ['opens', opens_at] : ['closes', closes_at]
  const underWay = status === 'draft' || status === 'open' || status === 'paused'
  if (!underWay || moment === null || over !== null) return []
  const left = Date.parse(moment) - now.getTime()
  const text = `${textOfMoment(moment, zone)} (${zone})`
  return [
    left > 0 ? `${verb} in ${durationText(left)}, at ${text}` : `was to ${verb.slice(0, -1)} at ${text}`,
  ]
}

/** The two largest units of a time in milliseconds: `2 days 3 h`, `3 h 55 min`, `59 s`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor(seconds / 3600) % 24
  const minutes = Math.floor(seconds / 60) % 60
  if (days > 0) return `${countOf(days, 'day')} ${hours} h`
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min` : `${seconds} s`
}
