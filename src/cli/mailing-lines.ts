import type { MailingReport, MailingStanding } from '../mailing/mailing-report.ts'
import { countOf, formatCount, printable } from './output.ts'

/** What an officer reads after a mailing: what went out, what did not and why, and what mends it. */
export function reportLines(report: MailingReport): string[] {
  const { election, mailing, states, recipients, due, leftOut, ending } = report
  const lines = leftOutLines(leftOut)
  const whole = `${printable(mailing)} of ${election}`
  if (ending === 'rehearsed') {
    return [
      ...lines,
      `${whole} would go to ${formatCount(due)} of ${countOf(recipients, 'voter')}.`,
      ...standingLines(report),
    ]
  }
  if (due === 0 && ending === 'done')
    lines.push(`Nothing of ${whole} is due: whom it goes to has it already.`)
  return [
    ...lines,
    `${whole}: ${formatCount(states.sent)} of ${formatCount(recipients)} sent.`,
    ...standingLines(report),
    ...endLine[ending],
  ]
}

/** Which tokens of a file are not sent. */
export function leftOutLines(leftOut: MailingReport['leftOut']): string[] {
  return leftOut.map(
    ({ reason, count, firstLine }) =>
      `Left out: ${countOf(count, 'token')} (${leftOutWords[reason] ?? reason}), first on line ${firstLine} of the file.`,
  )
}

/** Whom it did not reach, and what mends it. */
export function standingLines({ states, reasons, nextTryAt }: MailingStanding): string[] {
  return waysOut.flatMap(({ state, says }) => {
    if (states[state] === 0) return []
    const why = reasons
      .filter((each) => each.state === state)
      .map(({ reason, count }) => `${reason} ${formatCount(count)}`)
    const next = state === 'deferred' && nextTryAt !== null ? `, next try at ${nextTryAt}` : ''
    return `  ${formatCount(states[state])} ${says}${why.length === 0 ? '' : ` (${why.join(', ')})`}${next}`
  })
}

const waysOut = [
  { state: 'queued', says: 'not sent yet: type the same command again' },
  { state: 'sending', says: 'on their way' },
  { state: 'deferred', says: 'put off by the other side' },
  { state: 'failed', says: 'refused for good: mend the addresses and say --retry-failed, or print letters' },
  { state: 'bounced', says: 'came back: print letters for them with urna send letters --only bounced' },
  { state: 'skipped', says: 'skipped' },
  {
    state: 'unknown',
    says: 'may have arrived or not: --resend-unknown sends them again, and some will get it twice',
  },
] as const

const leftOutWords: Readonly<Record<string, string>> = {
  voted: 'their voters have voted',
  'vote-given-away': 'their voters gave the vote to others, who get it',
  'unknown-credential': 'not of this election',
  'revoked-token': 'revoked',
  'expired-token': 'expired',
  'struck-voter': 'their voters were struck off the roll',
  'reserve-not-assigned': 'of the reserve, nobody’s yet',
}

const endLine: Readonly<Record<Exclude<MailingReport['ending'], 'rehearsed'>, readonly string[]>> = {
  done: [],
  over: ['The voting is over, so nobody else was written to.'],
  taken: ['Another urna goes on with it.'],
  interrupted: ['Stopped. Nothing is lost: the same command goes on with it.'],
  halted: [],
}
