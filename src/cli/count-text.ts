import type { CountReport } from '../report/count-report.ts'
import { decidingFigures, outcomeSentence, tieSentence } from '../report/narrative.ts'
import { ruleText } from '../report/rule-text.ts'
import { addDecimals } from '../tabulation/decimal.ts'
import { nameList } from '../tabulation/sentences.ts'
import type { InactiveVotes, Transfer } from '../tabulation/tabulation.ts'
import type { Tie } from '../tabulation/ties.ts'
import { pairwiseTables, roundTables, workingTables } from './count-tables.ts'
import { countOf, printable } from './output.ts'
import type { Page } from './paged-table.ts'
import { hanging as hangingLines } from './wrap.ts'

/** How much a text tells: what a person wants to see, or everything that a file of the count should hold. */
export type Detail = 'usual' | 'everything'

/** A committee or a warning more than so many is only counted, where not everything is told. */
const most = 12

/** A count as text, round by round, as a scrutineer follows it with a pencil. */
export function countText(report: CountReport, { page, detail }: { page: Page; detail: Detail }): string {
  const { tabulation, trace } = report
  const all = detail === 'everything'
  const title = (text: string) => page.head(text)
  const section = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', ...hanging(name, '', page.width).map(title), ...lines]
  const say = (sentence: string, mark = '') => hanging(sentence, mark, page.width)
  const { rounds, ties, options } = tabulation
  const happened = rounds.flatMap((round) => [
    ...say(round.sentence, `${round.number}. `.padStart(4)),
    ...(all ? round.transfers.flatMap((transfer) => say(transferSentence(transfer, options), '    ')) : []),
  ])
  return [
    ...headLines(report, page, detail),
    '',
    ...say(outcomeSentence(resultOf(report))).map((line) => title(line)),
    ...section('Rounds', roundTables({ tabulation, page })),
    ...section('What happened', happened),
    ...section('Order', rankingLines(report, page)),
    ...section('Ballots that prefer one option to another', pairwiseTables({ tabulation, page })),
    ...(tabulation.workings ?? []).flatMap((working) => section(working.title, workingTables(working, page))),
    ...section('Committees that are equally good', committeeLines(report, page, detail)),
    ...section(
      'Ties',
      ties.flatMap((tie) => [
        ...say(tieSentence(tie, options)),
        ...(all ? figureLines(tie, options, page) : []),
      ]),
    ),
    ...section('Ballots', say(statisticsSentence(report))),
    ...(trace === undefined ? [] : section(`Ballot ${trace.ballot}`, traceLines(trace, page))),
  ].join('\n')
}

function resultOf({ tabulation }: CountReport): Parameters<typeof outcomeSentence>[0] {
  const { winners, options, seats } = tabulation
  return { tabulation, seats, winners: winners.map(({ option }) => options[option]!) }
}

function headLines(report: CountReport, page: Page, detail: Detail): string[] {
  const { title, file, method, tabulation, seatsFrom, remarks, seed } = report
  const { options, statuses, seats, statistics } = tabulation
  const { valid, blank, invalid } = statistics
  const say = (sentence: string, mark = '') => hanging(sentence, mark, page.width)
  const withdrawn = options.filter((_, option) => statuses[option]!.kind === 'withdrawn')
  const cast = addDecimals([valid, blank, invalid])
  const seatsText = `${countOf(seats, 'seat')}${seatsFrom === 'assumption' ? ' (assumed)' : ''}`
  return [
    ...say(title === '' ? file.name : title).map((line) => page.head(line)),
    ...say(`${method.title} (${method.id}) · ${seatsText} · ${cast} ${cast === '1' ? 'ballot' : 'ballots'}`),
    ...(detail === 'everything' ? factLines(report, page) : []),
    ...(withdrawn.length === 0 ? [] : say(`Withdrawn: ${nameList(withdrawn)}.`)),
    ...(seed === undefined ? [] : say(`Seed of the lot: ${seed}`)),
    ...remarks.flatMap((remark) => say(remark, '· ')),
  ]
}

/** What makes the count repeatable. */
function factLines({ file, method, rules, warnings, version }: CountReport, page: Page): string[] {
  const facts = [
    ['File', file.name],
    ['Format', file.format.title],
    ['SHA-256', file.sha256],
    ['Source', method.source],
    ...Object.entries(rules).map(([rule, value]) => [`Rule ${rule}`, ruleText(value)]),
    ['Counted by', `urna ${version}`],
    ...warnings.map(({ line, column, message }) => ['Warning', `line ${line}, column ${column}: ${message}`]),
  ] as [string, string][]
  return facts.flatMap(([name, value]) =>
    hanging(value, name === 'SHA-256' ? 'SHA-256 ' : `${name}: `, page.width),
  )
}

function rankingLines({ tabulation }: CountReport, page: Page): string[] {
  const { ranking, options, rounds } = tabulation
  // Where rounds have votes the sheet is in this order already.
  if (ranking === undefined || rounds.some(({ votes }) => votes.length > 0)) return []
  let place = 1
  return ranking.flatMap((equals) => {
    const mark = `${place}. `.padStart(5)
    place += equals.length
    return hanging(nameList(equals.map((option) => options[option]!)), mark, page.width)
  })
}

function committeeLines({ tabulation }: CountReport, page: Page, detail: Detail): string[] {
  const { committees = [], options } = tabulation
  if (committees.length < 2) return []
  const told = detail === 'everything' ? committees : committees.slice(0, most)
  return [
    ...told.flatMap((committee) =>
      hanging(nameList(committee.map((option) => options[option]!)), '· ', page.width),
    ),
    ...(told.length < committees.length ? [`and ${committees.length - told.length} more`] : []),
  ]
}

function transferSentence(transfer: Transfer, names: readonly string[]): string {
  const { from, to, exhausted, loss, kept, values } = transfer
  const got = to.map(({ option, votes }) => `${names[option]} +${votes}`)
  return [
    `From ${names[from]}: ${got.length === 0 ? 'nobody gets any' : got.join(', ')}`,
    ...(exhausted === '0' ? [] : [`exhausted +${exhausted}`]),
    ...(loss === '0' ? [] : [`lost to rounding +${loss}`]),
    ...(kept === '0' ? [] : [`kept ${kept}`]),
    ...values.map(({ before, after }) => `value ${before} becomes ${after}`),
  ].join(', ')
}

function figureLines(tie: Tie, names: readonly string[], page: Page): string[] {
  return tie.decisions
    .flatMap(decidingFigures)
    .flatMap(({ option, figure }) => hanging(`${names[option]}: ${figure}`, '    ', page.width))
}

const inactiveReasons: Record<keyof InactiveVotes, string> = {
  overvotes: 'by an overvote',
  skippedRanks: 'by skipped ranks',
  repeatedOptions: 'by an option ranked twice',
  noChoiceLeft: 'without a choice left',
}

function statisticsSentence({ tabulation }: CountReport): string {
  const { valid, blank, invalid, exhausted, overvotes } = tabulation.statistics
  const inactive = Object.entries(tabulation.rounds.at(-1)?.inactive ?? {})
    .filter(([, votes]) => votes !== '0')
    .map(([reason, votes]) => `${votes} ${inactiveReasons[reason as keyof InactiveVotes]}`)
  return [
    `Valid ${valid}`,
    `blank ${blank}`,
    `invalid ${invalid}`,
    ...(exhausted === '0' ? [] : [`exhausted ${exhausted}`]),
    ...(overvotes === '0' ? [] : [`overvotes ${overvotes}`]),
    ...(inactive.length === 0 ? [] : [`inactive at the end: ${inactive.join(', ')}`]),
  ].join(' · ')
}

function traceLines(trace: NonNullable<CountReport['trace']>, page: Page): string[] {
  const { says, rounds, remark } = trace
  return [
    ...hanging(`It says ${says}.`, '', page.width),
    ...(remark === undefined ? [] : hanging(remark, '', page.width)),
    ...rounds.flatMap(({ round, sentence }) => hanging(sentence, `${round}. `.padStart(4), page.width)),
  ]
}

/** Names and titles come from outside. */
function hanging(sentence: string, mark: string, width: number): string[] {
  return hangingLines(printable(sentence), mark, width)
}
