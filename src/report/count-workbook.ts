import { nameList } from '../tabulation/sentences.ts'
import type { Tabulation } from '../tabulation/tabulation.ts'
import type { CountReport } from './count-report.ts'
import { displayOrder } from './html/option-order.ts'
import { decidingFigures, outcomeSentence, tieSentence } from './narrative.ts'
import { roundTable } from './round-table.ts'
import { ruleText } from './rule-text.ts'
import { type Cell, figure, heading, row, type Sheet, type SheetRow, workbookOf } from './sheets.ts'

/**
 * A count as a workbook: a summary, the rounds, and where there is any, the transfers, ties, pairwise comparison,
 * workings and committees. The same count gives the same bytes.
 */
export async function countWorkbook(report: CountReport): Promise<Uint8Array> {
  const { tabulation } = report
  const { statistics, workings = [] } = tabulation
  const sheets: (Sheet | false)[] = [
    { title: 'Summary', rows: summaryRows(report), widths: [32, 70] },
    { title: 'Rounds', rows: roundRows(tabulation), widths: [34, 26] },
    sheetOf('Transfers', transferRows(tabulation), [8, 30, 30, 14, 40]),
    sheetOf('Ties', tieRows(tabulation), [8, 80, 30, 70]),
    {
      title: 'Statistics',
      rows: [
        heading('Ballots', 'Votes'),
        ...Object.entries(statistics).map(([name, votes]) => row(name, figure(votes))),
      ],
      widths: [20, 20],
    },
    sheetOf('Pairwise', pairwiseRows(tabulation), [30]),
    ...workings.map(({ title, head, rows }) => ({
      title,
      rows: [heading(...head), ...rows.map((cells) => row(...cells))],
      widths: [30],
    })),
    sheetOf('Committees', committeeRows(tabulation), [100]),
  ]
  // Not of now: the same count gives the same file.
  return workbookOf(
    sheets.filter((sheet) => sheet !== false),
    new Date(0),
  )
}

/** No sheet for what the count has none of; its first row is the heading. */
function sheetOf(title: string, rows: readonly SheetRow[], widths: readonly number[]): Sheet | false {
  return rows.length > 1 && { title, rows, widths }
}

function summaryRows(report: CountReport): SheetRow[] {
  const { title, file, method, rules, tabulation, seatsFrom, seed, warnings, remarks, trace, version } =
    report
  const { options, seats, winners, statuses } = tabulation
  const names = winners.map(({ option }) => options[option]!)
  const withdrawn = options.filter((_, option) => statuses[option]!.kind === 'withdrawn')
  return [
    heading(title === '' ? file.name : title),
    row('Result', outcomeSentence({ tabulation, seats, winners: names })),
    row('Method', `${method.title} (${method.id})`),
    row('Source of the rules', method.source),
    row(seatsFrom === 'assumption' ? 'Seats (assumed)' : 'Seats', seats),
    ...(withdrawn.length === 0 ? [] : [row('Withdrawn', nameList(withdrawn))]),
    ...(seed === undefined ? [] : [row('Seed of the lot', seed)]),
    row('File', file.name),
    row('Format', file.format.title),
    row('SHA-256 of the file', file.sha256),
    row('Counted by', `urna ${version}`),
    row(),
    ...(tabulation.seatsWon === undefined
      ? [heading('Elected', 'In round'), ...winners.map(({ option, round }) => row(options[option]!, round))]
      : [
          heading('List', 'Seats'),
          ...displayOrder(tabulation).map((option) => row(options[option]!, tabulation.seatsWon![option]!)),
        ]),
    row(),
    heading('Rule', 'Value'),
    ...Object.entries(rules).map(([rule, value]) => row(rule, ruleText(value))),
    ...(remarks.length === 0 ? [] : [row(), heading('Remarks')]),
    ...remarks.map((remark) => row(null, remark)),
    ...(warnings.length === 0 ? [] : [row(), heading('Warnings', 'In the file')]),
    ...warnings.map(({ line, column, message }) => row(`line ${line}, column ${column}`, message)),
    ...(trace === undefined ? [] : [row(), heading(`Ballot ${trace.ballot}`, trace.says)]),
    ...(trace?.remark === undefined ? [] : [row(null, trace.remark)]),
    ...(trace?.rounds ?? []).map(({ round, sentence }) => row(`Round ${round}`, sentence)),
  ]
}

function roundRows(tabulation: Tabulation): SheetRow[] {
  const { options, ranking = [], rounds } = tabulation
  return [
    ...roundTable(tabulation, displayOrder(tabulation)),
    row(),
    heading('Round', 'What happened'),
    ...rounds.map(({ number, sentence }) => row(`Round ${number}`, sentence)),
    ...(ranking.length === 0 ? [] : [row(), heading('Place', 'Options')]),
    ...ranking.map((equals, place) =>
      row(
        `Place ${1 + ranking.slice(0, place).flat().length}`,
        nameList(equals.map((option) => options[option]!)),
      ),
    ),
  ]
}

function transferRows({ rounds, options }: Tabulation): SheetRow[] {
  return [
    heading('Round', 'From', 'To', 'Votes', 'Value of a paper'),
    ...rounds.flatMap(({ number, transfers }) =>
      transfers.flatMap(({ from, to, exhausted, loss, kept, values }) => {
        const name = options[from]!
        const becomes = values.map(({ before, after }) => `${before} becomes ${after}`).join(', ')
        return [
          ...to.map(({ option, votes }) => row(number, name, options[option]!, figure(votes), becomes)),
          row(number, name, '(exhausted)', figure(exhausted)),
          row(number, name, '(lost to rounding)', figure(loss)),
          row(number, name, '(kept)', figure(kept)),
        ]
      }),
    ),
  ]
}

function tieRows({ ties, options }: Tabulation): SheetRow[] {
  return [
    heading('Round', 'Tie', 'Option', 'Figure'),
    ...ties.flatMap((tie) => [
      row(tie.round, tieSentence(tie, options)),
      ...tie.decisions
        .flatMap(decidingFigures)
        .map(({ option, figure }) => row(null, null, options[option]!, figure)),
    ]),
  ]
}

function pairwiseRows({ pairwise, options }: Tabulation): SheetRow[] {
  if (pairwise === undefined) return []
  const matrix = (title: string, cells: readonly (readonly string[])[], cell: (text: string) => Cell) => [
    heading(title, ...options),
    ...options.map((name, of) =>
      row(name, ...options.map((_, over) => (of === over ? null : cell(cells[of]?.[over] ?? '')))),
    ),
  ]
  return [
    ...matrix('Ballots that prefer', pairwise.votes, figure),
    ...(pairwise.strengths
      ? [row(), ...matrix('Strength', pairwise.strengths, (text) => (text === '' ? null : text))]
      : []),
  ]
}

function committeeRows({ committees = [], options }: Tabulation): SheetRow[] {
  return [
    heading('Committees that are equally good'),
    ...committees.map((committee) => row(nameList(committee.map((option) => options[option]!)))),
  ]
}
