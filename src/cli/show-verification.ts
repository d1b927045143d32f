import chalk from 'chalk'
import { listOf, outcomeSentence, seated } from '../report/narrative.ts'
import type { BoardStage } from '../sealing/event.ts'
import type { Check } from '../sealing/verification-report.ts'
import { placeText } from '../tally/refusals.ts'
import type { ElectionVerification, OpenedQuestion, Recount } from '../tally/verification.ts'
import { countOf, printable, terminalWidth } from './output.ts'
import { wrapText } from './wrap.ts'

/** What was verified, for somebody who knows nothing of cryptography. */
export function verificationText(verification: ElectionVerification): string {
  const { report, contests, questions } = verification
  const { election, checks, recasts, head } = report
  return [
    ...(election === undefined
      ? []
      : [chalk.bold(printable(election.name)), `Election ${election.uuid}`, '']),
    ...checks.flatMap(checkLines),
    ...(recasts === 0
      ? []
      : [
          line(
            '· ',
            `${countOf(recasts, 'ballot')} ${recasts === 1 ? 'was' : 'were'} replaced by a later one of the same token.`,
          ),
        ]),
    ...(contests === undefined ? [] : ['', ...recountLines(contests)]),
    ...(questions === undefined ? [] : ['', ...questionLines(questions)]),
    '',
    ...verdictLines(verification),
    ...(head === undefined ? [] : ['', 'Head, to compare with what others have:', `  ${head}`]),
    ...(election === undefined ? [] : ['Fingerprint, as the voters saw it:', `  ${election.fingerprint}`]),
  ].join('\n')
}

function checkLines({ outcome, sentence, reason, place }: Check): string[] {
  switch (outcome) {
    case 'passed':
      return [line(chalk.green('✓ '), sentence)]
    case 'not-reached':
      return [chalk.dim(line('· ', `Not reached: ${sentence}`))]
    case 'failed':
      return [
        line(chalk.red('✗ '), `DOES NOT HOLD: ${sentence}`),
        ...(reason === undefined ? [] : [line('  ', `Reason: ${reason.replaceAll('-', ' ')}`)]),
        ...(place === undefined ? [] : [line('  ', `Place: ${printable(placeText(place))}`)]),
      ]
  }
}

function recountLines(contests: readonly Recount[]): string[] {
  return [
    chalk.bold('Result, counted again from the archive alone'),
    ...contests.flatMap(({ title, tabulation, none }) => {
      const { options, rounds, statistics, seats } = tabulation
      const sentence = outcomeSentence({ tabulation, seats, ...seated(tabulation, none) })
      const first = rounds[0]
      const votes = options.map((name, option) => `${name} ${first?.votes[option] ?? '0'}`)
      const count = rounds.length === 1 ? 'Votes' : `First of ${rounds.length} rounds`
      return [
        line('  ', `${printable(title)}: ${printable(sentence)}`),
        line(
          '    ',
          printable(
            `${count}: ${votes.join(', ')}; blank ${statistics.blank}, invalid ${statistics.invalid}.`,
          ),
          4,
        ),
      ]
    }),
  ]
}

function questionLines(questions: readonly OpenedQuestion[]): string[] {
  return [
    chalk.bold('What was opened'),
    line('  ', 'The archive does not say how winners follow from it.'),
    ...questions.map(({ title, totals, ballots }) =>
      line(
        '  ',
        printable(
          totals === undefined
            ? `${title}: ${countOf(ballots ?? 0, 'ballot')}`
            : `${title}: ${listOf(totals.map(({ answer, votes }) => `${answer} ${votes}`))}`,
        ),
      ),
    ),
  ]
}

function verdictLines({ report, complete }: ElectionVerification): string[] {
  if (report.outcome === 'failed') return [chalk.red.bold('This archive does not verify.')]
  if (complete) {
    return [
      chalk.green.bold('Verified: the result follows from the ballots.'),
      line('', 'Nobody had to be trusted for that, and no secret was needed.', 0),
    ]
  }
  return [chalk.bold(line('', `Everything holds so far. ${stages[report.stage]}`, 0))]
}

const stages: Readonly<Record<BoardStage, string>> = {
  empty: 'The election is not open yet.',
  open: 'The election is open, and ballots may still come.',
  closed: 'The box is closed.',
  tallied: 'The box is closed and nothing is opened.',
  shuffling: 'The trustees are shuffling the ballots.',
  shuffled: 'The ballots are shuffled and nothing is opened.',
  decrypting: 'The trustees are opening the tally.',
  finished: 'The result is published.',
}

/** A sentence after a mark; its further lines begin below its first word. */
function line(mark: string, sentence: string, indent = 2): string {
  return mark + wrapText(sentence, terminalWidth() - indent).join(`\n${' '.repeat(indent)}`)
}
