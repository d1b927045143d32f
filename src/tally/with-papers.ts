import type { CastVoteRecord } from '../ballot/selections.ts'
import type { SealedContest } from '../election/sealed-election.ts'
import { microsPerVote } from '../register/weights.ts'
import type { PaperTally } from '../voting/paper/paper-schema.ts'
import { isPossible, validIn } from '../voting/paper/paper-tally.ts'
import { type OpenedContest, recordsIn, type WeighedRecord } from './count-contest.ts'
import type { CountableContest } from './opened-box.ts'
import { BoardDamaged } from './refusals.ts'
import type { VoteFigure, WayFigures } from './voted-ways.ts'

/**
 * Opened contests with the papers beside them, so that both are counted as one.
 * @param tallies of each contest; undefined where there are no papers
 * @throws BoardDamaged where papers do not fit the contests
 */
export function withPapers(
  contests: readonly CountableContest[],
  tallies: readonly PaperTally[] | undefined,
): CountableContest[] {
  if (tallies === undefined) return [...contests]
  if (tallies.length !== contests.length) throw new BoardDamaged('the papers are of other contests')
  return contests.map(({ contest, opened }, index) => {
    const tally = tallies[index]!
    const { title, ballot, options, paper, weightUnitMicros } = contest
    // A paper is one vote.
    if (paper !== true || weightUnitMicros !== microsPerVote) {
      throw new BoardDamaged(`"${title}" takes no papers`)
    }
    if (!isPossible(tally, ballot, options.length)) {
      throw new BoardDamaged(`papers can't say in "${title}" what they are said to`)
    }
    return {
      contest,
      opened: added(contest, opened, tally),
      ways: {
        figure: figureOf(contest),
        online: onlineFigures(contest, opened),
        paper: paperFigures(contest, tally),
      },
    }
  })
}

function added({ ballot, title }: SealedContest, opened: OpenedContest, tally: PaperTally): OpenedContest {
  if (opened.kind === 'totals' && tally.kind === 'totals') {
    const beside = [...(ballot.blank ? [tally.blank] : []), ...tally.votes]
    return {
      kind: 'totals',
      sums: opened.sums.map((sum, place) => sum + BigInt(beside[place] ?? 0)),
      ballots: opened.ballots + BigInt(tally.valid + tally.blank),
      invalid: (opened.invalid ?? 0n) + BigInt(tally.invalid),
    }
  }
  if (opened.kind === 'ballots' && tally.kind === 'ballots') {
    return {
      ...opened,
      papers: paperRecords(tally),
      ...(tally.invalid > 0 && { invalidPapers: tally.invalid }),
    }
  }
  throw new BoardDamaged(`the papers of "${title}" are not what its ballots are`)
}

function paperRecords({ choices, blank }: Extract<PaperTally, { kind: 'ballots' }>): WeighedRecord[] {
  return [
    ...choices.map(({ selections, papers }) => ({
      record: { status: 'valid', selections } as const,
      ...{ units: BigInt(papers), ballots: papers },
    })),
    ...(blank > 0 ? [{ record: { status: 'blank' } as const, units: BigInt(blank), ballots: blank }] : []),
  ]
}

function figureOf({ ballot: { style } }: SealedContest): VoteFigure {
  switch (style) {
    case 'choice':
    case 'approval':
      return 'votes'
    case 'ranking':
      return 'first preferences'
    case 'score':
      return 'points'
    case 'grade':
      return 'none'
  }
}

function onlineFigures(contest: SealedContest, opened: OpenedContest): WayFigures {
  if (opened.kind !== 'totals') return figuresOfRecords(contest, recordsIn(contest, opened))
  const sums = opened.sums.map(Number)
  const blank = contest.ballot.blank ? sums.shift()! : 0
  return { votes: sums, valid: Number(opened.ballots) - blank, blank, invalid: 0 }
}

function paperFigures(contest: SealedContest, tally: PaperTally): WayFigures {
  const { blank, invalid } = tally
  if (tally.kind === 'totals') return { votes: [...tally.votes], valid: validIn(tally), blank, invalid }
  return { ...figuresOfRecords(contest, paperRecords(tally)), invalid }
}

function figuresOfRecords(contest: SealedContest, records: readonly WeighedRecord[]): WayFigures {
  const told = figureOf(contest) !== 'none'
  const figures = { votes: told ? contest.options.map(() => 0) : [], valid: 0, blank: 0, invalid: 0 }
  for (const { record, ballots } of records) {
    figures[record.status] += ballots
    for (const [option, points] of pointsIn(record)) figures.votes[option]! += points * ballots
  }
  return figures
}

/** What one ballot says for an option, as far as one number can say it. */
function pointsIn(record: CastVoteRecord): (readonly [option: number, points: number])[] {
  if (record.status !== 'valid') return []
  const { selections } = record
  switch (selections.kind) {
    case 'options':
      return selections.options.map((option) => [option, 1])
    case 'ranking':
      return (selections.ranks.find((rank) => rank.length > 0) ?? []).map((option) => [option, 1])
    case 'scores':
      return selections.scores.map((score, option) => [option, score])
    case 'grades':
      return []
  }
}
