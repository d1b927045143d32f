import { decodeBallot } from '../ballot/encoding.ts'
import type { BallotFault, Selections } from '../ballot/selections.ts'
import type { SealedContest } from '../election/sealed-election.ts'
import { type MethodGrade, methodGrades } from '../election/sealed-methods.ts'
import { groupingOf } from '../tabulation/ballot-grouping.ts'
import { type BallotGroups, packRanking } from '../tabulation/ballot-groups.ts'
import { formatDecimal } from '../tabulation/decimal.ts'
import { ballotKinds } from '../tabulation/define-method.ts'
import { methodById } from '../tabulation/registry.ts'
import type { Tabulation } from '../tabulation/tabulation.ts'
import type { TieBreaks } from '../tabulation/ties.ts'
import type { OptionTotals } from '../tabulation/totals.ts'

/** What was opened of one contest. Weights are in units of the sealed count, see `weightUnitMicros`. */
export type OpenedContest =
  /** A number for each answer, after one for the blank ballots where the contest allows them. */
  | { readonly kind: 'totals'; readonly sums: readonly bigint[]; readonly ballots: bigint }
  /** The numbers of each ballot, in no order that means anything. */
  | { readonly kind: 'ballots'; readonly ballots: readonly (readonly number[])[] }

/** Opened ballots that can't stand, alike in why. */
export interface InvalidBallots {
  readonly reason: BallotFault['code']
  readonly ballots: number
}

export interface ContestCount {
  readonly tabulation: Tabulation
  readonly invalid: readonly InvalidBallots[]
}

/**
 * Counts a contest by its method, from the public election and the public result alone: whoever has the
 * archive gets the same.
 *
 * @throws TabulationRefusal if what was opened doesn't fit the contest
 */
export function countContest(
  contest: SealedContest,
  opened: OpenedContest,
  tieBreaks: TieBreaks,
): ContestCount {
  const { method, options, seats, rules } = contest
  const { ballots, invalid } =
    opened.kind === 'totals'
      ? { ballots: totalsOf(contest, opened), invalid: [] }
      : groupBallots(contest, opened)
  const tabulation = methodById(method).tabulate({ options, seats, ballots, rules, tieBreaks })
  return { tabulation, invalid }
}

function totalsOf(contest: SealedContest, opened: Extract<OpenedContest, { kind: 'totals' }>): OptionTotals {
  const votes = opened.sums.map((sum) => votesOf(sum, contest))
  return {
    kind: 'totals',
    votes: contest.ballot.blank ? votes.slice(1) : votes,
    ballots: votesOf(opened.ballots, contest),
    blank: contest.ballot.blank ? votes[0]! : '0',
  }
}

/** Ballots that were opened one by one, alike ones together; those that can't stand are set aside. */
export function groupBallots(
  contest: SealedContest,
  opened: Extract<OpenedContest, { kind: 'ballots' }>,
): { ballots: BallotGroups; invalid: InvalidBallots[] } {
  const { ballot: rules, options } = contest
  const grades = rules.style === 'grade' ? methodGrades(contest.rules) : []
  const weight = votesOf(1n, contest)
  const grouping = groupingOf(ballotKinds[rules.style], options.length)
  const faults = new Map<BallotFault['code'], number>()
  for (const numbers of opened.ballots) {
    const record = decodeBallot(numbers, rules, options.length)
    switch (record.status) {
      case 'valid':
        grouping.add(entriesOf(record.selections, grades), weight)
        break
      case 'blank':
        grouping.add([], weight)
        break
      case 'invalid':
        grouping.addInvalid(weight)
        faults.set(record.fault.code, (faults.get(record.fault.code) ?? 0) + 1)
    }
  }
  const invalid = Array.from(faults, ([reason, ballots]) => ({ reason, ballots }))
  return { ballots: grouping.finish(), invalid: invalid.sort((a, b) => (a.reason < b.reason ? -1 : 1)) }
}

/** What a voter chose, packed as `BallotGroups` has it. */
function entriesOf(
  selections: Exclude<Selections, { kind: 'blank' }>,
  grades: readonly MethodGrade[],
): readonly number[] {
  switch (selections.kind) {
    case 'options':
      return selections.options
    case 'ranking':
      return packRanking(selections.ranks)
    case 'grades':
      return selections.grades.flatMap((grade, option) =>
        grade === null ? [] : [option, grades[grade]!.value],
      )
    case 'scores':
      return selections.scores.flatMap((score, option) => [option, score])
  }
}

/** Units of the sealed count as votes: an exact decimal with up to six places. */
function votesOf(units: bigint, { weightUnitMicros }: SealedContest): string {
  return formatDecimal(units * BigInt(weightUnitMicros), 6)
}
