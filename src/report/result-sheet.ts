import { standingMarks } from '../election/standing.ts'
import { textOfMoment } from '../election/zoned-time.ts'
import { displayOrder } from './html/option-order.ts'
import { marginSentence, narrowestMargin } from './margin.ts'
import { outcomeSentence, percentOf, statusText, tieSentence, writeInSentences } from './narrative.ts'
import { beginSection, ink, needRoom, openPaper, type Paper, sheet, styles } from './paper/paper.ts'
import { drawFacts, drawTable } from './paper/table.ts'
import type { ContestResult, ElectionResultDocument } from './result-schema.ts'
import type { Summary } from './summary.ts'

/** So many rounds stand side by side; the next ones in a table below. */
const roundsAcross = 5

/**
 * The result as sheets, each contest on its own. What is not certified says so across every sheet; the frame of a
 * certificate is never around them.
 * @param contests some of the document's
 * @param earlier elections, with the turnout beside theirs
 */
export async function resultSheet(
  result: ElectionResultDocument,
  contests: readonly ContestResult[],
  earlier: Summary['earlier'],
): Promise<Uint8Array> {
  const { election } = result
  const mark = standingMarks[election.standing]
  const paper = openPaper({
    title: `Result of ${election.title}`,
    madeAt: election.talliedAt ?? new Date(0).toISOString(),
    foot: [mark, `Result of ${election.title}`].filter((part) => part !== '').join(' · '),
    whole: 'urna export json',
    ground: (document) => drawMark(document, mark),
  })
  for (const [index, contest] of contests.entries()) {
    if (index > 0) paper.document.addPage()
    writeContest(paper, { result, contest, earlier })
  }
  paper.document.y += 8
  for (const remark of paper.remarks()) paper.write(remark, styles.note)
  return paper.finish()
}

function drawMark(document: PDFKit.PDFDocument, mark: string): void {
  if (mark === '') return
  const middle: [number, number] = [sheet.width / 2, sheet.height / 2]
  document.rotate(-55, { origin: middle }).font('strong').fontSize(88).fillColor('#f4dfe0')
  const width = document.widthOfString(mark)
  document.text(mark, middle[0] - width / 2, middle[1] - 60, { lineBreak: false })
}

function writeContest(
  paper: Paper,
  {
    result,
    contest,
    earlier,
  }: { result: ElectionResultDocument; contest: ContestResult; earlier: Summary['earlier'] },
): void {
  const { election } = result
  const { tabulation, method, seats } = contest
  paper.write(`${election.organisation}: ${election.title}`, styles.soft, { most: 300 })
  paper.document.y += 2
  paper.write(contest.title, styles.title, { most: 300 })
  paper.document.y += 6
  const warns = election.standing !== 'certified'
  paper.write(election.standingSentence, warns ? styles.warning : styles.soft)
  paper.document.y += 8
  paper.write(outcomeSentence(contest), styles.outcome)
  const margin = narrowestMargin(contest)
  if (margin !== undefined) paper.write(marginSentence(margin), styles.plain)
  paper.document.y += 6
  drawFacts(paper, [
    ['Method', `${method.title}, ${seats} ${seats === 1 ? 'seat' : 'seats'}`],
    ...timesOf(election),
    ['Turnout', turnoutText(result)],
    ...earlier.map(({ sentence }) => ['Before', sentence] as const),
  ])
  writeVotes(paper, contest)
  writeStatistics(paper, contest)
  const sentences = [
    ...(tabulation.rounds.length > 1
      ? tabulation.rounds.map(({ number, sentence }) => `${number}. ${sentence}`)
      : []),
    ...tabulation.ties.map((tie) => tieSentence(tie, tabulation.options)),
    ...writeInSentences(tabulation),
  ]
  if (sentences.length > 0) beginSection(paper, 'How it came about')
  for (const sentence of sentences) {
    paper.write(sentence, styles.plain)
    paper.document.y += 2
  }
  writeSource(paper, result)
}

function timesOf({ openedAt, closedAt, talliedAt, zone }: ElectionResultDocument['election']) {
  const told = (moment: string) => textOfMoment(moment, zone)
  return [
    ...(openedAt === null || closedAt === null
      ? []
      : [['Votes were cast', `from ${told(openedAt)} to ${told(closedAt)} (${zone})`] as const]),
    ...(talliedAt === null ? [] : [['Counted', `${told(talliedAt)} (${zone})`] as const]),
  ]
}

function turnoutText({ turnout: { voters, voted }, enteredBy }: ElectionResultDocument): string {
  const entered = enteredBy === null ? '' : `; typed in by ${enteredBy.officer}, not counted here`
  return `${voted} of ${voters} voters, ${percentOf(voted, voters)}${entered}`
}

function writeVotes(paper: Paper, { tabulation }: ContestResult): void {
  const { options, statuses, winners, rounds } = tabulation
  const order = displayOrder(tabulation)
  const told = rounds.filter(({ votes }) => votes.length > 0)
  const won = new Set(winners.map(({ option }) => option))
  paper.document.y += 10
  if (told.length < 2) {
    drawTable(
      paper,
      [
        { title: 'On the ballot', share: 0.52 },
        { title: 'Outcome', share: 0.28 },
        { title: told.length === 0 ? '' : 'Votes', share: 0.2, align: 'right' },
      ],
      order.map((option) => ({
        cells: [options[option]!, statusText(statuses[option]!), told[0]?.votes[option] ?? ''],
        strong: won.has(option),
      })),
    )
    return
  }
  for (let from = 0; from < told.length; from += roundsAcross) {
    const block = told.slice(from, from + roundsAcross)
    if (from > 0) paper.document.y += 10
    needRoom(paper, 80)
    drawTable(
      paper,
      [
        { title: 'On the ballot', share: 1 - 0.14 * block.length },
        ...block.map(({ number }) => ({ title: `Round ${number}`, share: 0.14, align: 'right' as const })),
      ],
      [
        ...order.map((option) => ({
          cells: [options[option]!, ...block.map((round) => votesIn(round, tabulation, option))],
          strong: won.has(option),
        })),
        { cells: ['Exhausted', ...block.map(({ exhausted }) => exhausted)] },
        ...(block.some(({ quota }) => quota !== undefined)
          ? [{ cells: ['Needed to be elected', ...block.map(({ quota }) => quota ?? '')] }]
          : []),
      ],
    )
  }
}

function votesIn(
  { number, votes }: ContestResult['tabulation']['rounds'][number],
  { statuses }: ContestResult['tabulation'],
  option: number,
): string {
  const status = statuses[option]!
  if (status.kind === 'withdrawn') return 'withdrawn'
  return status.kind === 'excluded' && number > status.round ? '–' : (votes[option] ?? '')
}

function writeStatistics(paper: Paper, { tabulation: { statistics }, blankName }: ContestResult): void {
  const { valid, blank, invalid } = statistics
  const blanks = blankName === null ? 'Blank' : `Blank (${blankName})`
  paper.document.y += 10
  drawTable(
    paper,
    ['Valid votes', blanks, 'Invalid'].map((title) => ({ title, share: 1 / 3 })),
    [{ cells: [valid, blank, invalid] }],
  )
}

function writeSource(paper: Paper, { secrecy, board }: ElectionResultDocument): void {
  paper.document.y += 14
  needRoom(paper, 60)
  const { document } = paper
  document
    .moveTo(sheet.margin, document.y)
    .lineTo(sheet.margin + 60, document.y)
    .lineWidth(1)
    .stroke(ink.accent)
  document.y += 6
  paper.write(secrecy.sentence, styles.soft)
  paper.write('Head of the public archive, of which anybody can verify the result:', styles.soft)
  paper.write(board.head, styles.code)
}
