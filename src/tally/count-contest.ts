import { decodeBallot } from '../ballot/encoding.ts'
import { selectsOptions } from '../ballot/room.ts'
import type { BallotFault, CastVoteRecord, Selections } from '../ballot/selections.ts'
import { writeInKey } from '../ballot/write-in.ts'
import { countedContest, countedTotals } from '../election/counted-contest.ts'
import type { SealedContest } from '../election/sealed-election.ts'
import { methodGrades } from '../election/sealed-methods.ts'
import { groupingOf } from '../tabulation/ballot-grouping.ts'
import { type BallotGroups, packRanking } from '../tabulation/ballot-groups.ts'
import { formatDecimal } from '../tabulation/decimal.ts'
import { ballotKinds } from '../tabulation/define-method.ts'
import { methodById } from '../tabulation/registry.ts'
import type { Tabulation } from '../tabulation/tabulation.ts'
import type { TieBreaks } from '../tabulation/ties.ts'
import type { OptionTotals } from '../tabulation/totals.ts'
import { resolveWrittenNames, type WriteInDecision, type WrittenNames } from './written-names.ts'

/** What was opened of one contest. Weights are in units of the sealed count, see `weightUnitMicros`. */
export type OpenedContest =
  /** A number for each answer, after one for the blank ballots where the contest allows them. */
  | {
      readonly kind: 'totals'
      readonly sums: readonly bigint[]
      readonly ballots: bigint
      /** Beside them; only where people counted. */
      readonly invalid?: bigint
    }
  /** The numbers of each ballot, in no order that means anything. */
  | {
      readonly kind: 'ballots'
      readonly ballots: readonly (readonly number[])[]
      /** Papers beside them. */
      readonly papers?: readonly WeighedRecord[]
      readonly invalidPapers?: number
    }
  /** What each ballot says that was never sealed, with its weight. */
  | {
      readonly kind: 'records'
      readonly records: readonly WeighedRecord[]
      /** `forgotten` where the election was made anonymous; otherwise they are as they came. */
      readonly order: 'kept' | 'forgotten'
    }

export interface WeighedRecord {
  readonly record: CastVoteRecord
  /** Of one ballot, or of several that say the same. */
  readonly units: bigint
  readonly ballots: number
}

/** Opened ballots that can't stand, alike in why. */
export interface InvalidBallots {
  readonly reason: BallotFault['code'] | 'write-in-set-aside' | 'invalid-paper'
  readonly ballots: number
}

/** The names that voters wrote in, and what was decided of them. */
export interface WriteIns extends Omit<WrittenNames, 'options' | 'optionOf'> {
  /** Those that concern a name of this contest. */
  readonly decisions: readonly WriteInDecision[]
}

export interface ContestCount {
  readonly tabulation: Tabulation
  readonly invalid: readonly InvalidBallots[]
  /** Where names could be written in. */
  readonly writeIns?: WriteIns
}

/** Opened ballots as they go to the count. */
export interface GroupedBallots {
  /** Of the count: the printed ones, and behind them the names that were written in. */
  readonly options: readonly string[]
  readonly ballots: BallotGroups
  readonly invalid: InvalidBallots[]
  readonly writeIns?: WriteIns
}

/** What people decided, so that a count comes out as published. */
export interface CountDecisions {
  readonly tieBreaks: TieBreaks
  readonly writeIns: readonly WriteInDecision[]
}

/**
 * Counts a contest by its method, from the public election, the public result and the published decisions alone:
 * whoever has the archive gets the same.
 *
 * @throws TabulationRefusal if what was opened doesn't fit the contest
 */
export function countContest(
  contest: SealedContest,
  opened: OpenedContest,
  { tieBreaks, writeIns: decisions }: CountDecisions,
): ContestCount {
  const { method, seats } = contest
  const counted = countedContest(contest)
  if (opened.kind === 'totals') {
    const ballots = countedTotals(totalsOf(contest, opened), counted)
    return { tabulation: methodById(method).tabulate({ ...counted, seats, ballots, tieBreaks }), invalid: [] }
  }
  const { options, ballots, invalid, writeIns } = groupBallots(contest, opened, decisions)
  const { rules } = counted
  const tabulation = methodById(method).tabulate({ options, seats, ballots, rules, tieBreaks })
  return { tabulation, invalid, ...(writeIns && { writeIns }) }
}

function totalsOf(contest: SealedContest, opened: Extract<OpenedContest, { kind: 'totals' }>): OptionTotals {
  const votes = opened.sums.map((sum) => votesOf(sum, contest))
  return {
    kind: 'totals',
    votes: contest.ballot.blank ? votes.slice(1) : votes,
    ballots: votesOf(opened.ballots, contest),
    blank: contest.ballot.blank ? votes[0]! : '0',
    ...(opened.invalid !== undefined && { invalid: votesOf(opened.invalid, contest) }),
  }
}

/** Single ballots, alike ones together; those that can't stand are set aside. */
export function groupBallots(
  contest: SealedContest,
  opened: Exclude<OpenedContest, { kind: 'totals' }>,
  decisions: readonly WriteInDecision[],
): GroupedBallots {
  const { ballot: rules, lists = [] } = contest
  const records = recordsIn(contest, opened)
  const names = namesIn(contest, records, decisions)
  const entriesOf = entriesReader(contest, names)
  // As `countedContest` has them.
  const options = [...names.options, ...lists.flat()]
  const kept = opened.kind === 'records' && methodById(contest.method).needsBallotOrder
  const order = kept ? opened.order : 'forgotten'
  const grouping = groupingOf(ballotKinds[rules.style], options.length, order)
  const faults = new Map<InvalidBallots['reason'], number>()
  for (const { record, units, ballots } of records) {
    const weight = votesOf(units, contest)
    const setAside = (reason: InvalidBallots['reason']) => {
      grouping.addInvalid(weight)
      faults.set(reason, (faults.get(reason) ?? 0) + ballots)
    }
    if (record.status === 'invalid') setAside(record.fault.code)
    else if (record.status === 'blank') grouping.add([], weight)
    else {
      const entries = entriesOf(record.selections)
      if (entries.length > 0) grouping.add(entries, weight)
      else setAside('write-in-set-aside')
    }
  }
  if (opened.kind === 'ballots' && opened.invalidPapers !== undefined) {
    const { invalidPapers } = opened
    grouping.addInvalid(votesOf(BigInt(invalidPapers), contest))
    faults.set('invalid-paper', invalidPapers)
  }
  const invalid = Array.from(faults, ([reason, ballots]) => ({ reason, ballots }))
  return {
    options,
    ballots: grouping.finish(),
    invalid: invalid.sort((a, b) => (a.reason < b.reason ? -1 : 1)),
    ...(selectsOptions(rules) && rules.writeIn && { writeIns: writeInsOf(names, decisions) }),
  }
}

/** What was opened, ballot by ballot. */
export function recordsIn(
  { ballot, options }: SealedContest,
  opened: Exclude<OpenedContest, { kind: 'totals' }>,
): readonly WeighedRecord[] {
  if (opened.kind === 'records') return opened.records
  return [
    ...opened.ballots.map((numbers) => ({
      record: decodeBallot(numbers, ballot, options.length),
      ...{ units: 1n, ballots: 1 },
    })),
    ...(opened.papers ?? []),
  ]
}

function namesIn(
  { ballot, options }: SealedContest,
  records: readonly WeighedRecord[],
  decisions: readonly WriteInDecision[],
): WrittenNames {
  const names = records.flatMap(({ record, ballots }) => {
    const name =
      record.status === 'valid' && record.selections.kind === 'options'
        ? record.selections.writeIn
        : undefined
    return name === undefined ? [] : new Array<string>(ballots).fill(name)
  })
  return resolveWrittenNames(names, { options, none: ballot.none }, decisions)
}

function writeInsOf({ written, setAside }: WrittenNames, decisions: readonly WriteInDecision[]): WriteIns {
  const spellings = [...written.flatMap((each) => each.spellings), ...setAside]
  const keys = new Set(spellings.map(({ spelling }) => writeInKey(spelling)))
  return {
    written,
    setAside,
    decisions: decisions.filter(({ spelling }) => keys.has(writeInKey(spelling))),
  }
}

/** Methods with limits for how many options a ballot names: those without a point are not named. */
const namesOptions: ReadonlySet<string> = new Set(['rating-score'])

/** What a voter chose, packed as `BallotGroups` has it; empty where all of it is set aside. */
function entriesReader(
  contest: SealedContest,
  names: WrittenNames,
): (selections: Exclude<Selections, { kind: 'blank' }>) => readonly number[] {
  const grades = contest.ballot.style === 'grade' ? methodGrades(contest.rules) : []
  return (selections) => {
    switch (selections.kind) {
      case 'options': {
        const { options, writeIn } = selections
        const written = writeIn === undefined ? undefined : names.optionOf(writeIn)
        if (written === undefined || options.includes(written)) return options
        return [...options, written].sort((a, b) => a - b)
      }
      case 'ranking':
        return packRanking(selections.ranks)
      case 'grades':
        return selections.grades.flatMap((grade, option) =>
          grade === null ? [] : [option, grades[grade]!.value],
        )
      case 'scores':
        return selections.scores.flatMap((score, option) =>
          score === 0 && namesOptions.has(contest.method) ? [] : [option, score],
        )
    }
  }
}

/** Units of the sealed count as votes: an exact decimal with up to six places. */
function votesOf(units: bigint, { weightUnitMicros }: SealedContest): string {
  return formatDecimal(units * BigInt(weightUnitMicros), 6)
}
