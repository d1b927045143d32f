import chalk from 'chalk'
import { type BatchContest, type PaperStanding, stateWords } from '../voting/paper/read-paper.ts'
import { countOf, formatCount, formatTable, printable } from './output.ts'

/** How far the papers of an election are counted, batch by batch. */
export function paperTable({ batches }: Pick<PaperStanding, 'batches'>): string {
  return formatTable({
    head: ['Batch', 'Place', 'Issued', 'Spoiled', 'Papers', 'Contest', 'Count'],
    rows: batches.flatMap(({ number, place, issued, spoiled, papers, contests }) =>
      contests.map(({ contest, state, officers }, index) => [
        ...(index > 0
          ? ['', '', '', '', '']
          : [
              String(number),
              printable(place),
              formatCount(issued),
              formatCount(spoiled),
              formatCount(papers),
            ]),
        printable(contest),
        [stateWords[state], ...(officers.length === 0 ? [] : [`(${printable(officers.join(', '))})`])].join(
          ' ',
        ),
      ]),
    ),
    right: [0, 2, 3, 4],
  })
}

/** One sentence on all of them. */
export function paperSentence({ struck, issued, spoiled, papers, agreed }: PaperStanding): string {
  return `${countOf(struck, 'voter')} struck off for paper; ${countOf(issued, 'paper')} issued, ${formatCount(spoiled)} spoiled, ${formatCount(papers)} in the batches, ${formatCount(agreed)} of them agreed.`
}

/** Where two officers read a batch differently. */
export function differenceLines({ contest, officers, differences }: BatchContest): string[] {
  const [first = '', second = ''] = officers
  return [
    chalk.yellow(`${printable(contest)}: ${printable(first)} and ${printable(second)} read it differently.`),
    formatTable({
      head: ['Line', printable(first), printable(second)],
      rows: differences.map(({ line, first, second }) => [
        printable(line),
        formatCount(first),
        formatCount(second),
      ]),
      right: [1, 2],
    }),
  ]
}
