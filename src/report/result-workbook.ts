import { textOfMoment } from '../election/zoned-time.ts'
import { outcomeSentence, percentOf, tieSentence, writeInSentences } from './narrative.ts'
import type { ContestResult, ElectionResultDocument } from './result-schema.ts'
import { roundTable } from './round-table.ts'
import { type Cell, figure, heading, row, type SheetRow, workbookOf } from './sheets.ts'
import type { Summary } from './summary.ts'

/** An entry of the audit log as the workbook shows it. */
export interface LoggedEntry {
  readonly position: number
  readonly at: string
  readonly officer: string
  readonly action: string
  readonly details: Readonly<Record<string, unknown>>
  readonly hash: string
}

/**
 * The result as a workbook: a summary, a sheet for each contest with its rounds, the turnout and the audit log.
 * The same result gives the same bytes. No cell is a formula, whatever its text begins with.
 * @param about.log undefined where the reader may not see it
 */
export async function resultWorkbook(
  document: ElectionResultDocument,
  { summary, log }: { summary: Summary; log: readonly LoggedEntry[] | undefined },
): Promise<Uint8Array> {
  return workbookOf(
    [
      {
        title: 'Summary',
        rows: [...summaryRows(document), ...inWords(summary)],
        widths: [32, 70, 10, 12, 60],
      },
      ...document.contests.map((contest) => ({
        title: `${contest.position} ${contest.title}`,
        rows: contestRows(contest, document.election.standingSentence),
        widths: [34, 48],
      })),
      { title: 'Turnout', rows: turnoutRows(document), widths: [14, 34, 12, 12, 12] },
      ...(document.votes === null
        ? []
        : [{ title: 'Votes', rows: voteRows(document, document.votes), widths: [14, 34, 12, 40, 40] }]),
      ...(log === undefined
        ? []
        : [{ title: 'Audit log', rows: logRows(log), widths: [8, 28, 18, 26, 70, 70] }]),
    ],
    new Date(document.election.talliedAt ?? 0),
  )
}

function summaryRows({
  election,
  turnout,
  ballots,
  board,
  contests,
  trustees,
  secrecy,
  enteredBy,
}: ElectionResultDocument): SheetRow[] {
  const { voters, voted } = turnout
  return [
    heading(election.title),
    heading(election.standingSentence),
    row('Organisation', election.organisation),
    row('Election', `${election.slug} (${election.uuid})`),
    row('Status', election.status),
    row('Time zone', election.zone),
    row('Opened', told(election.openedAt, election.zone)),
    row('Closed', told(election.closedAt, election.zone)),
    row('Counted', told(election.talliedAt, election.zone)),
    row('Secrecy', secrecy.sentence),
    ...(enteredBy === null
      ? []
      : [row('Typed in by', `${enteredBy.officer}, ${told(enteredBy.at, election.zone)}`)]),
    row('Voters on the roll', voters),
    row('Voted', voted),
    row('Turnout', percentOf(voted, voters)),
    row('Ballots counted', ballots.counted),
    row('Ballots replaced by a later one', ballots.replaced),
    row('Head of the public archive', board.head),
    row('Fingerprint of the election', board.fingerprint),
    row('Head of the audit log', board.auditHead),
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
    ...(trustees.length === 0 ? [] : [heading('Trustee', 'Key')]),
    ...trustees.map(({ name, publicKey }) => row(name, publicKey)),
  ]
}

/** As sentences, each beside what it is of. */
function inWords({ turnout, contests, earlier }: Summary): SheetRow[] {
  return [
    row(),
    heading('In words'),
    row('Turnout', turnout.sentence),
    ...contests.map(({ title, sentences }) => row(title, sentences.join(' '))),
    ...earlier.map(({ sentence }) => row('Before', sentence)),
  ]
}

/** In the zone of the election, which the summary names. */
function told(moment: string | null, zone: string): Cell {
  return moment === null ? null : textOfMoment(moment, zone)
}

function contestRows(contest: ContestResult, standing: string): SheetRow[] {
  const { tabulation, method, seats, blankName } = contest
  const { rounds, statistics, ties, invalidBallots, options } = tabulation
  const writeIns = writeInSentences(tabulation)
  return [
    heading(contest.title),
    heading(standing),
    row('Method', method.title),
    row('Source of the rules', method.source),
    row('Seats', seats),
    row('Result', outcomeSentence(contest)),
    row(),
    ...roundTable(tabulation, [...options.keys()]),
    row(),
    heading('Statistics', 'Votes'),
    ...Object.entries(statistics).map(([name, votes]) =>
      row(name === 'blank' && blankName !== null ? `blank (${blankName})` : name, figure(votes)),
    ),
    ...invalidBallots.map(({ reason, ballots }) => row(`invalid: ${reason}`, ballots)),
    row(),
    heading('Round', 'What happened'),
    ...rounds.map(({ number, sentence }) => row(number, sentence)),
    ...(ties.length === 0 ? [] : [row(), heading('Ties')]),
    ...ties.map((tie) => row(tieSentence(tie, options))),
    ...(writeIns.length === 0 ? [] : [row(), heading('Names written in')]),
    ...writeIns.map((sentence) => row(sentence)),
  ]
}

/** Who voted what, in a vote by name. */
function voteRows(
  { election, contests }: ElectionResultDocument,
  votes: NonNullable<ElectionResultDocument['votes']>,
): SheetRow[] {
  return [
    heading(election.title),
    heading(election.standingSentence),
    row(),
    heading('Number', 'Voter', 'Weight', ...contests.map(({ title }) => title)),
    ...votes.map(({ number, name, weight, choices }) => row(number, name, figure(weight), ...choices)),
  ]
}

function turnoutRows({ election, turnout }: ElectionResultDocument): SheetRow[] {
  const line = (unit: string, name: string, { voters, voted }: { voters: number; voted: number }) =>
    row(unit, name, voters, voted, percentOf(voted, voters))
  return [
    heading(election.title),
    heading(election.standingSentence),
    row(),
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
