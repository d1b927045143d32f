import chalk from 'chalk'
import { textOfMoment } from '../election/zoned-time.ts'
import {
  changesIn,
  outcomeSentence,
  percentOf,
  statusText,
  tieSentence,
  writeInSentences,
} from '../report/narrative.ts'
import type { ContestResult, ElectionResultDocument } from '../report/result-schema.ts'
import { countOf, formatCount, formatTable, printable, terminalWidth } from './output.ts'
import { wrapText } from './wrap.ts'

/** A result as a scrutineer follows it with a pencil: every round with its votes, transfers and sentence. */
export function resultText(document: ElectionResultDocument): string {
  const { election, turnout, ballots, contests, secrecy, enteredBy, votes } = document
  const { voters, voted } = turnout
  return [
    chalk.bold(sentence(election.title)),
    chalk.bold(sentence(election.standingSentence)),
    sentence(`${election.organisation} · ${election.slug} · ${election.status}`),
    sentence(
      `${formatCount(voted)} of ${countOf(voters, 'voter')} voted (${percentOf(voted, voters)}) · ${countOf(ballots.counted, 'ballot')} counted`,
    ),
    sentence(secrecy.sentence),
    ...(enteredBy === null
      ? []
      : [sentence(`Typed in by ${enteredBy.officer}, ${textOfMoment(enteredBy.at, election.zone)}.`)]),
    ...contests.flatMap((contest) => ['', ...contestLines(contest)]),
    ...(votes === null || votes.length === 0 ? [] : ['', ...voteLines(document, votes)]),
  ].join('\n')
}

/** Who voted what, in a vote by name. */
function voteLines(
  { contests }: ElectionResultDocument,
  votes: NonNullable<ElectionResultDocument['votes']>,
): string[] {
  return [
    chalk.bold('Who voted what'),
    formatTable({
      head: ['Number', 'Voter', 'Weight', ...contests.map(({ title }) => printable(title))],
      rows: votes.map(({ number, name, weight, choices }) =>
        [number, name, weight, ...choices].map(printable),
      ),
      right: [2],
    }),
  ]
}

function contestLines(contest: ContestResult): string[] {
  const { position, title, method, seats, tabulation } = contest
  const { rounds, ties, options } = tabulation
  return [
    chalk.bold(sentence(`${position}. ${title}`)),
    sentence(`${method.title} · ${countOf(seats, 'seat')}`),
    chalk.bold(sentence(outcomeSentence(contest))),
    ...(rounds.length > 1 ? [] : ['']),
    ...rounds.flatMap((round) => roundLines(contest, round.number)),
    // The outcome tells of a tie that is still open.
    ...ties
      .filter(({ chosen }) => chosen !== undefined)
      .flatMap((tie) => ['', sentence(tieSentence(tie, options))]),
    '',
    sentence(statisticsLine(contest)),
    ...writeInLines(contest),
  ]
}

function roundLines({ tabulation }: ContestResult, number: number): string[] {
  const { rounds, options, statuses } = tabulation
  const round = rounds[number - 1]!
  const single = rounds.length === 1
  const changes = changesIn(rounds, number)
  const rows = options.flatMap((name, option) => {
    const votes = round.votes[option] ?? '0'
    const status = statuses[option]!
    const gone = status.kind === 'excluded' && status.round < number
    const withdrawn = status.kind === 'withdrawn'
    if (!single && !changes[option] && votes === '0' && (gone || withdrawn)) return []
    return [[printable(name), votes, changes[option] ?? '', statusIn(number, status, single)]]
  })
  const losses = [
    ...(round.exhausted === '0' ? [] : [['(exhausted)', round.exhausted, '', '']]),
    ...(round.loss === '0' ? [] : [['(lost to rounding)', round.loss, '', '']]),
  ]
  const head = single ? ['Option', 'Votes', '', 'Outcome'] : ['Option', 'Votes', 'Change', 'Outcome']
  return [
    ...(single ? [] : ['', sentence(`Round ${number}. ${round.sentence}`)]),
    ...(round.quota === undefined ? [] : [`Needed to be elected: ${round.quota}`]),
    withoutEmptyColumns(head, [...rows, ...losses]),
    ...(single ? [sentence(round.sentence)] : []),
  ]
}

/** What has become of an option by the end of a round; nothing is told before it happens. */
function statusIn(
  number: number,
  status: ContestResult['tabulation']['statuses'][number],
  single: boolean,
): string {
  if (single) return statusText(status)
  if (status.kind === 'elected') return status.round <= number ? 'elected' : ''
  if (status.kind === 'excluded') return status.round <= number ? 'excluded' : ''
  return status.kind === 'withdrawn' ? 'withdrawn' : ''
}

function withoutEmptyColumns(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const kept = head.map((_, column) => column).filter((column) => rows.some((row) => row[column] !== ''))
  const take = (cells: readonly string[]) => kept.map((column) => cells[column] ?? '')
  const right = kept.flatMap((column, index) => (column === 1 || column === 2 ? [index] : []))
  return formatTable({ head: take(head), rows: rows.map(take), right })
}

function statisticsLine({ tabulation, blankName }: ContestResult): string {
  const { statistics, invalidBallots } = tabulation
  const reasons = invalidBallots.map(({ reason, ballots }) => `${ballots} ${reason}`)
  return [
    `Valid ${statistics.valid}`,
    `${blankName ?? 'blank'} ${statistics.blank}`,
    `invalid ${statistics.invalid}${reasons.length === 0 ? '' : ` (${reasons.join(', ')})`}`,
    ...(statistics.exhausted === '0' ? [] : [`exhausted ${statistics.exhausted}`]),
    ...(statistics.overvotes === '0' ? [] : [`overvotes ${statistics.overvotes}`]),
  ].join(' · ')
}

/** How names were written in, so that what was put together can be followed. */
function writeInLines({ tabulation }: ContestResult): string[] {
  return writeInSentences(tabulation).map((text) => sentence(text))
}

function sentence(text: string): string {
  return wrapText(printable(text), terminalWidth()).join('\n')
}
