import type { BallotGroups } from '../ballot-groups.ts'
import { formatDecimal } from '../decimal.ts'
import { cutFraction, type Fraction, fraction, fractionText } from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import { SeatRecord } from '../seat-record.ts'
import { statisticsOf, tallySelections } from '../selection-tally.ts'
import { electedSentence, nameList } from '../sentences.ts'
import type { Tabulation, TabulationInput, Working } from '../tabulation.ts'
import type { TieQuestion, TieRule } from '../ties.ts'
import { chooseCommittee } from './choose-committee.ts'
import { type CommitteeRule, countOneByOne } from './committee-count.ts'
import { type BestCommittees, bestCommittees, Representation } from './thiele.ts'
import { type ThieleValues, type ThieleWeights, thieleValues } from './thiele-values.ts'

interface ThieleRules {
  readonly algorithm: 'exact' | 'sequential' | 'reverse sequential'
  readonly weights: ThieleWeights
  readonly ties: readonly TieRule[]
}

/** Thiele's methods: a ballot is the happier the more of its options are elected, but each further one adds less. */
export function countThiele(method: string, input: TabulationInput<ThieleRules>): Tabulation {
  const { options: names, seats, rules } = input
  const groups = input.ballots as BallotGroups
  const record = new SeatRecord(method, input)
  const standing = record.continuing()
  const tally = tallySelections(input, 'any number')
  const statistics = statisticsOf(tally)
  const approvals = tally.votes.map((votes) => formatDecimal(votes, tally.places))
  if (standing.length <= seats) return electAll(record, standing, approvals, names, statistics)

  const largest = rules.algorithm === 'reverse sequential' ? standing.length : seats
  const ballots = BigInt(groups.weights.reduce((sum, weight) => sum + weight, 0))
  const values = thieleValues(rules.weights, largest, ballots)
  if (rules.algorithm === 'exact') {
    const best = bestCommittees({ groups, standing, seats, values: values.values })
    const open = electBest(record, best.committees, approvals, names)
    const workings = [committeeTable(best, values, groups, names)]
    return record.finish(statistics, { ...open, committees: best.committees, workings })
  }
  const rule =
    rules.algorithm === 'sequential'
      ? sequential(groups, standing, seats, values)
      : reverseSequential(groups, standing, seats, values)
  const title =
    rules.algorithm === 'sequential'
      ? 'What each option would add to the score of the committee, exactly'
      : 'What the committee would lose of its score without each option, exactly'
  return record.finish(statistics, countOneByOne(record, rule, names, title))
}

/** Where there are no more options than seats. */
export function electAll(
  record: SeatRecord,
  standing: readonly OptionIndex[],
  approvals: Tabulation['rounds'][number]['votes'],
  names: readonly string[],
  statistics: Tabulation['statistics'],
): Tabulation {
  const sentence = `There are no more options than seats. ${electedSentence(standing, names)}`
  record.finishRound({ action: { kind: 'count' }, votes: approvals, elected: standing, sentence })
  return record.finish(statistics, { committees: [standing] })
}

/** Elects the best committee, or what all of them have in common where a tie between them stays open. */
function electBest(
  record: SeatRecord,
  best: BestCommittees['committees'],
  approvals: readonly string[],
  names: readonly string[],
): { readonly open?: TieQuestion; readonly stillOpen?: readonly OptionIndex[] } {
  const { elected, ties, open } = chooseCommittee(record, best, names)
  const found =
    best.length === 1
      ? 'One committee has the highest score of all.'
      : `${best.length} committees have the same, highest score.`
  record.finishRound({
    action: { kind: 'count' },
    votes: approvals,
    elected,
    sentence: [found, ...ties, electedSentence(elected, names) ?? 'Nobody is elected yet.'].join(' '),
  })
  return open ? { open, stillOpen: open.among } : {}
}

function committeeTable(
  { committees, score }: BestCommittees,
  { unit, values }: ThieleValues,
  groups: BallotGroups,
  names: readonly string[],
): Working {
  const places = groups.weightPlaces
  const total = unit === 0n ? undefined : fraction(score, unit * 10n ** BigInt(places))
  const members = [...values.keys()]
  return {
    title: `The best committees${total ? `, of score ${fractionText(total)} (cut: ${cutFraction(total)})` : ''}, and the ballots that approve so many of their members`,
    head: ['Committee', ...members.map(String)],
    rows: committees.slice(0, 100).map((committee) => {
      const representation = Representation.empty(groups, committee.length)
      for (const option of committee) representation.change(option, 1)
      return [
        nameList(committee.map((option) => names[option]!)),
        ...representation.byMembers().map((weight) => formatDecimal(weight, places)),
      ]
    }),
  }
}

interface Members {
  readonly members: readonly OptionIndex[]
  readonly representation: Representation
}

function sequential(
  groups: BallotGroups,
  standing: readonly OptionIndex[],
  seats: number,
  { values, unit }: ThieleValues,
): CommitteeRule<Members> {
  return {
    start: { members: [], representation: Representation.empty(groups, seats) },
    step: ({ members, representation }) => {
      if (members.length === seats) return undefined
      const figures = inVotes(representation.worth(values, 'next member'), unit, groups.weightPlaces)
      return {
        to: 'elect',
        among: standing.filter((option) => !members.includes(option)),
        figures,
        because: (option) => `it adds most to the committee's score, ${cutFraction(figures[option]!)}`,
      }
    },
    take: ({ members, representation }, option) => {
      const next = representation.copy()
      next.change(option, 1)
      return { members: [...members, option].sort((a, b) => a - b), representation: next }
    },
    committee: ({ members }) => members,
    key: ({ members }) => members.join(),
    groupCount: groups.count,
  }
}

function reverseSequential(
  groups: BallotGroups,
  standing: readonly OptionIndex[],
  seats: number,
  { values, unit }: ThieleValues,
): CommitteeRule<Members> {
  const all = Representation.empty(groups, standing.length)
  for (const option of standing) all.change(option, 1)
  return {
    start: { members: standing, representation: all },
    step: ({ members, representation }) => {
      if (members.length === seats) return undefined
      const figures = inVotes(representation.worth(values, 'last member'), unit, groups.weightPlaces)
      return {
        to: 'exclude',
        among: members,
        figures,
        because: (option) =>
          `without it the committee loses least of its score, ${cutFraction(figures[option]!)}`,
      }
    },
    take: ({ members, representation }, option) => {
      const next = representation.copy()
      next.change(option, -1)
      return { members: members.filter((member) => member !== option), representation: next }
    },
    committee: ({ members }) => members,
    key: ({ members }) => members.join(),
    groupCount: groups.count,
  }
}

function inVotes(units: readonly bigint[], unit: bigint, places: number): Fraction[] {
  return units.map((worth) => fraction(worth, unit * 10n ** BigInt(places)))
}
