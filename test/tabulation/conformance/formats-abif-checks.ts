import type { BallotFile } from '../../../src/interchange/ballot-file.ts'
import type { BallotGroups } from '../../../src/tabulation/ballot-groups.ts'
import { recastBallots } from '../../../src/tabulation/recast.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import type { Tabulation } from '../../../src/tabulation/tabulation.ts'
import { sameOrDiffers, type Verdict } from '../../support/conformance.ts'
import type { CorpusCase } from '../../support/tabulation-corpus.ts'

interface IrvResult {
  readonly canddict: Readonly<Record<string, string>>
  readonly winner: readonly string[]
  readonly rounds: readonly Readonly<Record<string, number>>[]
  readonly has_tie: boolean
}

/** What abiftool made of a file. */
export interface AbifExpectation {
  readonly method: string
  readonly result?: unknown
  /** Its report, of the methods of which it gives no figures otherwise. */
  readonly text?: string
  readonly winners?: readonly string[]
}

type AbifCheck = (
  expectation: AbifExpectation,
  file: BallotFile,
  rated: () => BallotFile,
  corpusCase: CorpusCase,
) => Verdict

/** Counts for one seat, with ties left open. */
function count(method: string, file: BallotFile, rules: object = {}, seats = 1): Tabulation {
  const { style, tabulate } = methodById(method)
  const { ballots } = recastBallots(file.ballots as BallotGroups, style)
  return tabulate({ options: file.options, seats, ballots, rules: { ties: [], ...rules }, tieBreaks: {} })
}

/** The elected, or those whose tie for it is open. */
function winnersOf({ winners, outcome, options }: Tabulation): string[] {
  const open = outcome.kind === 'tied' && outcome.tie.to === 'elect' ? outcome.tie.among : []
  return [...winners.map(({ option }) => option), ...open].map((option) => options[option]!).sort()
}

/** The ids that a file gives its options; abiftool writes those in some places, and names in others. */
function idsOf(corpusCase: CorpusCase): Readonly<Record<string, string>> {
  const parse = corpusCase.expectations.find(({ id }) => id === 'parse') as unknown as {
    readonly candidates: Readonly<Record<string, string>>
  }
  return parse.candidates
}

const irv: AbifCheck = ({ result }, file) => {
  const { canddict, rounds, winner, has_tie } = result as IrvResult
  const tabulation = count('irv', file, { overvotes: 'exhaust if several continuing' })
  if (has_tie && tabulation.outcome.kind === 'tied' && tabulation.outcome.tie.to === 'exclude') {
    return { kind: 'differs', how: 'abiftool excludes all who are tied for the fewest votes at once' }
  }
  const votes = tabulation.rounds.map((round) =>
    Object.fromEntries(file.options.map((name, option) => [name, Number(round.votes[option])])),
  )
  const expected = rounds.map((round) => ({
    ...Object.fromEntries(file.options.map((name) => [name, 0])),
    ...Object.fromEntries(Object.entries(round).map(([id, number]) => [canddict[id], number])),
  }))
  return sameOrDiffers(
    { votes, winners: winnersOf(tabulation) },
    { votes: expected, winners: winner.map((id) => canddict[id]).sort() },
  )
}

const pairwise: AbifCheck = ({ result }, file, _, corpusCase) => {
  const ids = idsOf(corpusCase)
  const votes = count('schulze', file).pairwise!.votes
  const found = Object.fromEntries(
    file.options.map((name, a) => [
      name,
      Object.fromEntries(file.options.map((other, b) => [other, a === b ? null : Number(votes[a]![b])])),
    ]),
  )
  const byName = (row: object) =>
    Object.fromEntries(Object.entries(row).map(([id, value]) => [ids[id], value]))
  const expected = Object.entries(result as object).map(([id, row]) => [ids[id], byName(row)])
  return sameOrDiffers(found, Object.fromEntries(expected))
}

const winLossTie: AbifCheck = ({ result }, file, _, corpusCase) => {
  const ids = idsOf(corpusCase)
  const votes = count('schulze', file).pairwise!.votes.map((row) => row.map(Number))
  const found = file.options.map((name, a) => {
    const others = [...file.options.keys()].filter((b) => b !== a)
    const number = (is: (margin: number) => boolean) =>
      others.filter((b) => is(votes[a]![b]! - votes[b]![a]!)).length
    return [
      name,
      {
        wins: number((margin) => margin > 0),
        losses: number((margin) => margin < 0),
        ties: number((margin) => margin === 0),
      },
    ]
  })
  const expected = Object.entries(result as object).map(([id, row]) => [ids[id], row])
  return sameOrDiffers(Object.fromEntries(found), Object.fromEntries(expected))
}

/** The lines of a report that a pattern fits. */
function lines(text: string, pattern: RegExp): RegExpMatchArray[] {
  return [...text.matchAll(pattern)]
}

function whole(text: string): number {
  return Number(text.replaceAll(',', ''))
}

const plurality: AbifCheck = ({ text }, file, _, corpusCase) => {
  const ids = idsOf(corpusCase)
  const tabulation = count('plurality', file)
  const { blank, invalid } = tabulation.statistics
  const [report, winners = ''] = text!.split(/Winners? with|Tied winners/)
  const votes = lines(report!, /^ {3}\* (.*): ([\d,]+)$/gm).map(([, id, number]) => [
    ids[id!] ?? id,
    whole(number!),
  ])
  return sameOrDiffers(
    {
      votes: {
        ...Object.fromEntries(
          file.options.map((name, option) => [name, Number(tabulation.rounds[0]!.votes[option])]),
        ),
        None: Number(blank) + Number(invalid),
      },
      winners: winnersOf(tabulation),
    },
    {
      votes: Object.fromEntries(votes),
      winners: lines(winners, /^ {3}\* (.*?)(?: with .*)?$/gm)
        .map(([, id]) => ids[id!] ?? id)
        .sort(),
    },
  )
}

const approval: AbifCheck = ({ text }, file, rated) => {
  if (!text!.includes('Native Approval'))
    return { kind: 'skipped', why: 'approvals that abiftool guesses from ranks' }
  const tabulation = count('approval-vote', rated())
  const expected = lines(text!.split('Winner')[0]!, /^ {3}\* (.*?)(?: \(\w+\))?: ([\d,]+) \(/gm)
  const votes = file.options.map((name, option) => [name, Number(tabulation.rounds[0]!.votes[option])])
  return sameOrDiffers(
    Object.fromEntries(votes),
    Object.fromEntries(expected.map(([, name, number]) => [name, whole(number!)])),
  )
}

const scorePattern = /^- ([\d,]+) (?:points|stars).* -- (.*)$/gm

function scoresOf(text: string): Record<string, number> {
  return Object.fromEntries(lines(text, scorePattern).map(([, number, name]) => [name, whole(number!)]))
}

const score: AbifCheck = ({ text }, file, rated) => {
  if (rated().ballots.kind !== 'scores' || (rated().ballots as BallotGroups).entries.length === 0) {
    return { kind: 'skipped', why: 'there are no scores in the file' }
  }
  const tabulation = count('score', rated())
  const votes = file.options.map((name, option) => [name, Number(tabulation.rounds[0]!.votes[option])])
  return sameOrDiffers(
    { votes: Object.fromEntries(votes), winners: winnersOf(tabulation) },
    {
      votes: scoresOf(text!),
      winners: lines(text!, /^Score Winners?: (.*)$/gm).flatMap(([, names]) => [names]),
    },
  )
}

const star: AbifCheck = ({ text }, file, rated) => {
  if (text!.startsWith('No stars')) return { kind: 'skipped', why: 'there are no scores in the file' }
  const tabulation = count('star', rated(), { highestScore: 1000 })
  const votes = file.options.map((name, option) => [name, Number(tabulation.rounds[0]!.votes[option])])
  const finalists = Object.fromEntries(
    lines(text!, /^- (.*) preferred by ([\d,]+) of/gm).map(([, name, number]) => [name, whole(number!)]),
  )
  const final = tabulation.rounds[1]!.votes
  const found = Object.fromEntries(
    Object.keys(finalists).map((name) => [name, Number(final[file.options.indexOf(name)])]),
  )
  return sameOrDiffers(
    { votes: Object.fromEntries(votes), found, winners: winnersOf(tabulation) },
    {
      votes: scoresOf(text!),
      found: finalists,
      winners: lines(text!, /^STAR Winners?: (.*)$/gm).map(([, name]) => name),
    },
  )
}

const stv: AbifCheck = ({ winners }, file) =>
  sameOrDiffers(winnersOf(count('stv-scottish', file, {}, file.seats)), [...winners!].sort())

/** By the method that an expectation names. */
export const abifChecks: Readonly<Record<string, AbifCheck>> = {
  IRV: irv,
  pairwise,
  winlosstie: winLossTie,
  FPTP: plurality,
  approval,
  score,
  STAR: star,
  stv,
}
