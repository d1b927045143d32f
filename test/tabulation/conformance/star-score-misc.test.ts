import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Method } from '../../../src/tabulation/method.ts'
import { recastBallots } from '../../../src/tabulation/recast.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import type { Tabulation } from '../../../src/tabulation/tabulation.ts'
import { conformanceSuite, matched, sameOrDiffers, type Verdict } from '../../support/conformance.ts'
import { readStarLibrary, type StarElection, starBallots } from '../../support/star-library.ts'
import {
  drawnOrders,
  figuresOf,
  readStarVoteCsv,
  readStarvote,
  tiedOf,
  winnersOf,
} from '../../support/starvote-files.ts'
import {
  type CorpusCase,
  comparableName,
  corpusText,
  type Expectation,
} from '../../support/tabulation-corpus.ts'

/** What the sources call a method, and how urna has it. */
const known: Readonly<Record<string, { readonly id: string; readonly rules?: object }>> = {
  Approval: { id: 'approval-vote' },
  Approval_Multi_Winner: { id: 'approval-vote' },
  Plurality: { id: 'plurality' },
  Range: { id: 'score' },
  STAR: { id: 'star' },
  star: { id: 'star' },
  'Bloc STAR': { id: 'star-bloc' },
  bloc: { id: 'star-bloc' },
  allocated: { id: 'allocated-score' },
  rrv: { id: 'rrv' },
  sss: { id: 'sss' },
  rr: { id: 'copeland' },
  RankedRobin: { id: 'copeland' },
  IRV: { id: 'irv' },
  RCV_IRV: { id: 'irv' },
  STV: { id: 'stv-scottish' },
}

type StarExpectation = Omit<Expectation, 'winners'> & {
  readonly winners: readonly string[] | null
  readonly expect?: 'ok' | 'tie' | 'error'
}

function read(corpusCase: CorpusCase): StarElection {
  const { file } = corpusCase.ballots[0]!
  const text = corpusText(corpusCase)
  if (file.endsWith('.yaml')) return readStarLibrary(text)
  return file.endsWith('.csv') ? readStarVoteCsv(text) : readStarvote(text)
}

function isRefused(corpusCase: CorpusCase): boolean {
  try {
    read(corpusCase)
    return false
  } catch {
    return true
  }
}

/** @param drawn the orders that the other program drew by lot, one for each tie that it met */
function count(method: Method, election: StarElection, rules: object, drawn: string[][]): Tabulation {
  const position = (name: string) => election.options.indexOf(name)
  const order = election.lotOrder.map(position)
  return method.tabulate({
    options: election.options,
    seats: election.seats,
    ballots: recastBallots(starBallots(election), method.style).ballots,
    rules: { ...rules, ties: order.length > 0 ? ['order given'] : ['ask'] },
    tieBreaks: {
      order,
      decide: ({ among, choose }) =>
        drawn
          .shift()
          ?.map(position)
          .filter((option) => among.includes(option))
          .slice(0, choose),
    },
  })
}

/** Totals and preferences, where the case has a report of a count by STAR. */
function sameFigures({ options, rounds }: Tabulation, report: string): Verdict {
  const scores = figuresOf(report, 'Scoring Round')
  const runoff = figuresOf(report, 'Automatic Runoff Round')
  const votes = (round: number, names: Iterable<string>) =>
    [...names].map((name) =>
      name === 'No Preference' ? rounds[round]!.exhausted : rounds[round]!.votes[options.indexOf(name)],
    )
  const actual = [votes(0, scores.keys()), votes(1, runoff.keys())]
  return sameOrDiffers(actual, [[...scores.values()], [...runoff.values()]])
}

function check(corpusCase: CorpusCase, expectation: Expectation): Verdict {
  const { expect: expected, winners } = expectation as unknown as StarExpectation
  if (expected === 'error') {
    return isRefused(corpusCase) ? matched : { kind: 'differs', how: 'the file is not refused' }
  }
  const election = read(corpusCase)
  const { id, rules } = known[election.method]!
  const method = methodById(id === 'star' && election.seats > 1 ? 'star-bloc' : id)
  const names = (options: readonly number[]) =>
    options.map((option) => comparableName(election.options[option]!)).sort()
  const path = join(corpusCase.folder, 'expected_output.txt')
  const report = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const tabulation = count(method, election, rules ?? {}, drawnOrders(report))
  const actual = {
    winners: names(tabulation.winners.map(({ option }) => option)),
    tied: tabulation.outcome.kind === 'tied' ? names(tabulation.outcome.tie.among) : [],
  }
  const figures = sameFigures(tabulation, report)
  if (figures.kind === 'differs') return figures
  const elected = (winners ?? winnersOf(report)).map(comparableName).sort()
  return sameOrDiffers(actual, { winners: elected, tied: elected.length > 0 ? [] : tiedOf(report) })
}

conformanceSuite('star-score-misc', check)
