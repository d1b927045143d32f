import ExcelJS from 'exceljs'
import { textOfMoment } from '../election/zoned-time.ts'
import { changesIn, outcomeSentence, percentOf, statusText, tieSentence } from './narrative.ts'
import type { ContestResult, ElectionResultDocument } from './result-schema.ts'
import { withoutZipTimes } from './zip-time.ts'

/** An entry of the audit log as the workbook shows it. */
export interface LoggedEntry {
  readonly position: number
  readonly at: string
  readonly officer: string
  readonly action: string
  readonly details: Readonly<Record<string, unknown>>
  readonly hash: string
}

type Cell = string | number | null

/**
 * The result as a workbook: a summary, a sheet for each contest with its rounds, the turnout and the audit log.
 * The same result gives the same bytes. No cell is a formula, whatever its text begins with.
 */
export async function resultWorkbook(
  document: ElectionResultDocument,
  log: readonly LoggedEntry[],
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  const made = new Date(document.election.talliedAt ?? 0)
  Object.assign(workbook, { creator: 'urna', lastModifiedBy: 'urna', created: made, modified: made })
  const names = new Set<string>()
  addSheet(workbook, sheetName('Summary', names), summaryRows(document), [32, 70, 10, 12, 60])
  for (const contest of document.contests) {
    const name = sheetName(`${contest.position} ${contest.title}`, names)
    addSheet(workbook, name, contestRows(contest), [34, 48])
  }
  addSheet(workbook, sheetName('Turnout', names), turnoutRows(document), [14, 34, 12, 12, 12])
  addSheet(workbook, sheetName('Audit log', names), logRows(log), [8, 28, 18, 26, 70, 70])
  return withoutZipTimes(new Uint8Array(await workbook.xlsx.writeBuffer()))
}

/** Rows of a sheet; those whose first cell begins a table are bold. */
interface SheetRow {
  readonly cells: readonly Cell[]
  readonly bold?: true
}

/** Of a column, in characters. */
const defaultWidth = 14

/** In points. */
const lineHeight = 15

/** Lines that the tallest cell of a row takes: spreadsheets don't work it out for a file that they open. */
function linesOf(cells: readonly Cell[], widths: readonly number[]): number {
  const lines = cells.slice(1).map((cell, index) => {
    const width = (widths[index + 1] ?? defaultWidth) - 2
    return typeof cell === 'string' ? wrapped(cell, width) : 1
  })
  return Math.max(1, ...lines)
}

function wrapped(text: string, width: number): number {
  let [lines, used] = [1, 0]
  for (const word of text.split(' ')) {
    if (used > 0 && used + 1 + word.length > width) [lines, used] = [lines + 1, 0]
    used += (used > 0 ? 1 : 0) + word.length
    lines += Math.ceil(used / width) - 1
    used = ((used - 1) % width) + 1
  }
  return lines
}

function row(...cells: readonly Cell[]): SheetRow {
  return { cells }
}

function heading(...cells: readonly Cell[]): SheetRow {
  return { cells, bold: true }
}

function addSheet(
  workbook: ExcelJS.Workbook,
  name: string,
  rows: readonly SheetRow[],
  widths: readonly number[],
): void {
  // Printed, it is as wide as the page.
  const page = {
    orientation: 'landscape',
    paperSize: 9,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
  } as const
  const sheet = workbook.addWorksheet(name, { pageSetup: page })
  sheet.properties.defaultColWidth = defaultWidth
  sheet.columns = widths.map((width) => ({ width }))
  for (const { cells, bold } of rows) {
    const added = sheet.addRow([...cells])
    if (bold) added.font = { bold: true }
    added.eachCell((cell, column) => {
      const text = typeof cell.value === 'string'
      const horizontal = text || column <= 2 ? 'left' : 'right'
      const indent = column === 1 ? 0 : 1
      cell.alignment = { vertical: 'top', horizontal, indent, wrapText: text && column > 1 }
      // As text even when a person edits the cell or saves the sheet as CSV.
      if (text) cell.numFmt = '@'
    })
    added.height = lineHeight * linesOf(cells, widths)
  }
}

function summaryRows({
  election,
  turnout,
  ballots,
  board,
  contests,
  trustees,
}: ElectionResultDocument): SheetRow[] {
  const { voters, voted } = turnout
  return [
    heading(election.title),
    row('Organisation', election.organisation),
    row('Election', `${election.slug} (${election.uuid})`),
    row('Status', election.status),
    row('Time zone', election.zone),
    row('Opened', told(election.openedAt, election.zone)),
    row('Closed', told(election.closedAt, election.zone)),
    row('Counted', told(election.talliedAt, election.zone)),
    row('Voters on the roll', voters),
    row('Voted', voted),
    row('Turnout', percentOf(voted, voters)),
    row('Ballots counted', ballots.counted),
    row('Ballots replaced by a later one', ballots.replaced),
    row('Head of the public archive', board.head),
    row('Fingerprint of the election', board.fingerprint),
    row(),
    heading('Contest', 'Method', 'Seats', 'Outcome', 'Result'),
    ...contests.map((contest) =>
      row(
        contest.title,
        contest.method.title,
        contest.seats,
        contest.tabulation.outcome.kind,
        outcomeSentence(contest),
      ),
    ),
    row(),
    heading('Trustee', 'Key'),
    ...trustees.map(({ name, publicKey }) => row(name, publicKey)),
  ]
}

/** In the zone of the election, which the summary names. */
function told(moment: string | null, zone: string): Cell {
  return moment === null ? null : textOfMoment(moment, zone)
}

function contestRows(contest: ContestResult): SheetRow[] {
  const { tabulation, method, seats, options } = contest
  const { rounds, statistics, statuses, ties, invalidBallots } = tabulation
  return [
    heading(contest.title),
    row('Method', method.title),
    row('Source of the rules', method.source),
    row('Seats', seats),
    row('Result', outcomeSentence(contest)),
    row(),
    heading('Option', 'Outcome', ...rounds.flatMap(({ number }) => roundTitles(number))),
    ...options.map(({ name }, option) =>
      row(
        name,
        statusText(statuses[option]!),
        ...rounds.flatMap((round) => {
          const votes = figure(round.votes[option] ?? '0')
          return round.number === 1 ? [votes] : [signed(changesIn(rounds, round.number)[option] ?? ''), votes]
        }),
      ),
    ),
    ...(['exhausted', 'loss', 'quota'] as const).map((of) =>
      row(
        { exhausted: 'Exhausted', loss: 'Lost to rounding', quota: 'Needed to be elected' }[of],
        null,
        ...rounds.flatMap((round) => {
          const votes = round[of] === undefined ? null : figure(round[of])
          return round.number === 1 ? [votes] : [null, votes]
        }),
      ),
    ),
    row(),
    heading('Statistics', 'Votes'),
    ...Object.entries(statistics).map(([name, votes]) => row(name, figure(votes))),
    ...invalidBallots.map(({ reason, ballots }) => row(`invalid: ${reason}`, ballots)),
    row(),
    heading('Round', 'What happened'),
    ...rounds.map(({ number, sentence }) => row(number, sentence)),
    ...(ties.length === 0 ? [] : [row(), heading('Ties')]),
    ...ties.map((tie) => row(tieSentence(tie, tabulation.options))),
  ]
}

function roundTitles(number: number): string[] {
  return number === 1 ? ['Round 1'] : ['Change', `Round ${number}`]
}

function turnoutRows({ turnout }: ElectionResultDocument): SheetRow[] {
  const line = (unit: string, name: string, { voters, voted }: { voters: number; voted: number }) =>
    row(unit, name, voters, voted, percentOf(voted, voters))
  return [
    heading('Part', 'Name', 'Voters', 'Voted', 'Turnout'),
    line('all', '', turnout),
    ...turnout.units.map((unit) => line(unit.unit, unit.name ?? '(others together)', unit)),
  ]
}

function logRows(log: readonly LoggedEntry[]): SheetRow[] {
  return [
    heading('#', 'At (UTC)', 'Officer', 'Action', 'Details', 'Hash'),
    ...log.map(({ position, at, officer, action, details, hash }) =>
      row(position, at, officer, action, JSON.stringify(details), hash),
    ),
  ]
}

/** Exact decimals stay text where a spreadsheet's numbers, of 15 digits, would round them. */
function figure(votes: string): Cell {
  return votes.replace('.', '').length <= 15 ? Number(votes) : votes
}

function signed(change: string): Cell {
  return change === '' ? null : change.replace(/[.+-]/g, '').length <= 15 ? Number(change) : change
}

/** At most 31 characters, none of those that a sheet's name may not have, and no two alike. */
function sheetName(title: string, taken: Set<string>): string {
  const plain =
    title
      .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || 'Sheet'
  let name = plain.slice(0, 31).trim()
  for (let number = 2; taken.has(name.toLowerCase()); number++) {
    const suffix = ` (${number})`
    name = `${plain.slice(0, 31 - suffix.length).trim()}${suffix}`
  }
  taken.add(name.toLowerCase())
  return name
}
