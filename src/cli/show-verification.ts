import chalk from 'chalk'
import { listOf, outcomeSentence } from '../report/narrative.ts'
import type { PublishedVerification } from '../report/verification-schema.ts'
import type { BoardStage } from '../sealing/event.ts'
import type { Check } from '../sealing/verification-report.ts'
import { placeText } from '../tally/refusals.ts'
import { countOf, printable, terminalWidth } from './output.ts'
import { wrapText } from './wrap.ts'

/** What was verified, for somebody who knows nothing of cryptography. */
export function verificationText(verification: PublishedVerification): string {
  const { election, checks, recasts, head, since, contests, questions, paper } = verification
  return [
    ...(election === null ? [] : [chalk.bold(printable(election.name)), `Election ${election.uuid}`, '']),
    ...checks.flatMap(checkLines),
    ...(since === null || verification.outcome === 'failed'
      ? []
      : [
          line(
            '· ',
            `Up to event ${since.head.height} everything was verified before, and is the same to the byte.`,
          ),
        ]),
    ...(recasts === 0
      ? []
      : [
          line(
            '· ',
            `${countOf(recasts, 'ballot')} ${recasts === 1 ? 'was' : 'were'} replaced by a later one of the same token.`,
          ),
        ]),
    ...(contests === null ? [] : ['', ...recountLines(contests, paper)]),
    ...(questions === null ? [] : ['', ...questionLines(questions, paper)]),
    '',
    ...verdictLines(verification),
    ...(head === null ? [] : ['', 'Head, to compare with what others have:', `  ${head}`]),
    ...(election === null ? [] : ['Fingerprint, as the voters saw it:', `  ${election.fingerprint}`]),
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

function recountLines(
  contests: NonNullable<PublishedVerification['contests']>,
  paper: PublishedVerification['paper'],
): string[] {
  return [
    chalk.bold(
      paper === 'counted'
        ? 'Result, counted again from the archive and the papers of the certificate'
        : 'Result, counted again from the archive alone',
    ),
    ...(paper === 'counted'
      ? [line('  ', 'The sealed ballots are proven; what the papers say, the officers have signed.')]
      : []),
    ...contests.flatMap(({ title, tabulation, winners, vacantBy }) => {
      const { options, rounds, statistics, seats } = tabulation
      const sentence = outcomeSentence({ tabulation, seats, winners, vacantBy })
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

function questionLines(
  questions: NonNullable<PublishedVerification['questions']>,
  paper: PublishedVerification['paper'],
): string[] {
  return [
    chalk.bold('What was opened'),
    line(
      '  ',
      paper === 'missing'
        ? 'Papers count beside the sealed ballots, and are not in the archive: give the certificate with --certificate to count both.'
        : 'The archive does not say how winners follow from it.',
    ),
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

function verdictLines({ outcome, stage, complete, paper }: PublishedVerification): string[] {
  if (outcome === 'failed') return [chalk.red.bold('This archive does not verify.')]
  if (complete && paper !== null) {
    return [
      chalk.green.bold('Verified: what was opened follows from the sealed ballots.'),
      line('', 'Of the papers that count beside them nothing is proven but who signed for them.', 0),
    ]
  }
  if (complete) {
    return [
      chalk.green.bold('Verified: the result follows from the ballots.'),
      line('', 'Nobody had to be trusted for that, and no secret was needed.', 0),
    ]
  }
  return [chalk.bold(line('', `Everything holds so far. ${stages[stage]}`, 0))]
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
