import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { CountRecord } from '../count-record.ts'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import { inOrderOfVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { emptyPile, irregularRankingRules, type Pile, RankedPapers } from '../ranked-papers.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import { electedSentence, nameList, settledTieSentence } from '../sentences.ts'
import type { Tabulation, TabulationInput, Transfer } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import type { Tie, TieQuestion } from '../ties.ts'

const rules = z.strictObject({
  /**
   * For one seat: stop when an option has more than half of the votes that are not exhausted, or go on
   * until two options are left. Several seats: always until one option more is left than there are seats.
   */
  until: z.enum(['majority', 'two are left']).default('majority'),
  /**
   * Exclude the option with fewest votes, or all at once that can't escape exclusion: as many of the lowest
   * as have together fewer votes than the next.
   */
  exclusion: z.enum(['lowest', 'sure losers together']).default('lowest'),
  overvotes: irregularRankingRules.overvotes.default('exhaust'),
  skippedRanks: irregularRankingRules.skippedRanks.default('skip all'),
  repeatedOptions: irregularRankingRules.repeatedOptions.default('skip'),
  ties: tieRulesSchema.default(['backwards', 'lot']),
})

export type IrvRules = z.output<typeof rules>

/** Each ballot ranks options; the lowest is excluded and its ballots go to their next preference, round by round. */
export const irv = defineMethod({
  id: 'irv',
  title: 'Instant runoff',
  style: 'ranking',
  takesTotals: false,
  source:
    "Robert's Rules of Order Newly Revised, preferential voting; optional preferential as in New South Wales",
  rules,
  count: countIrv,
})

/** What begins a round after the first. */
interface Exclusion {
  readonly options: readonly OptionIndex[]
  readonly tie?: Tie
}

function countIrv(input: TabulationInput<IrvRules>): Tabulation {
  const { options, seats, rules } = input
  const groups = input.ballots as BallotGroups
  const papers = new RankedPapers(groups, rules)
  const record = new CountRecord('irv', input, groups.weightPlaces)
  const piles = options.map(emptyPile)
  const continuing = new Uint8Array(options.length)
  for (const option of record.continuing()) continuing[option] = 1

  const decimal = (weight: number) => formatDecimal(weight, groups.weightPlaces)
  const move = (pile: Pile) => {
    const sorted = papers.sort(pile, continuing)
    for (const [option, received] of sorted.piles) papers.join(piles[option]!, received)
    return sorted
  }
  const uncountable = move(papers.all()).exhausted.weight
  let exhausted = 0

  const exclude = (excluded: readonly OptionIndex[]): Transfer[] => {
    for (const option of excluded) continuing[option] = 0
    return excluded.map((from) => {
      const pile = piles[from]!
      piles[from] = emptyPile()
      const sorted = move(pile)
      exhausted += sorted.exhausted.weight
      return {
        from,
        to: [...sorted.piles]
          .map(([option, { weight }]) => ({ option, votes: decimal(weight) }))
          .sort((a, b) => a.option - b.option),
        exhausted: decimal(sorted.exhausted.weight),
        loss: '0',
        kept: '0',
        values: [],
      }
    })
  }

  const finish = (open?: TieQuestion) =>
    record.finish(
      rankedStatistics(groups, {
        uncountable,
        exhausted: BigInt(exhausted),
        places: 0,
        sharedRanks: 'overvotes',
      }),
      open,
    )

  for (let exclusion: Exclusion | undefined; ; ) {
    record.exclude(exclusion?.options ?? [])
    const transfers = exclude(exclusion?.options ?? [])
    const votes = piles.map((pile) => BigInt(pile.weight))
    const active = votes.reduce((sum, number) => sum + number, 0n)
    const majority = active / 2n + 1n
    const elected = electedNow(
      record.continuing(),
      votes,
      seats,
      rules.until === 'majority' ? majority : active + 1n,
    )
    record.elect(elected)
    record.finishRound({
      action: exclusion ? { kind: 'exclude', options: exclusion.options } : { kind: 'count' },
      votes,
      exhausted: BigInt(exhausted),
      loss: 0n,
      quota: majority,
      elected,
      transfers,
      sentence: sentenceFor(options, exclusion, elected),
    })
    if (elected.length > 0) return finish()
    const next = nextExclusion(record, votes, seats, rules)
    if ('open' in next) return finish(next.open)
    exclusion = next
  }
}

/** Whom the votes of a round elect: the one that reaches the quota, or those that only one is left to beat. */
function electedNow(
  continuing: readonly OptionIndex[],
  votes: readonly bigint[],
  seats: number,
  quota: bigint,
): readonly OptionIndex[] {
  const byVotes = inOrderOfVotes(continuing, votes)
  if (byVotes.length <= seats) return byVotes
  if (seats === 1 && votes[byVotes[0]!]! >= quota) return byVotes.slice(0, 1)
  const oneTooMany = byVotes.length === seats + 1
  return oneTooMany && votes[byVotes[seats - 1]!]! > votes[byVotes[seats]!]! ? byVotes.slice(0, seats) : []
}

function nextExclusion(
  record: CountRecord,
  votes: readonly bigint[],
  seats: number,
  rules: IrvRules,
): Exclusion | { readonly open: TieQuestion } {
  const continuing = record.continuing()
  if (rules.exclusion === 'sure losers together') {
    const losers = sureLosers(continuing, votes, seats)
    if (losers.length > 1) return { options: losers }
  }
  const choice = record.choose(continuing, 'exclude')
  if (choice.kind === 'tied') return { open: choice.question }
  return { options: [choice.option], ...(choice.tie && { tie: choice.tie }) }
}

/** As many of the lowest as have together fewer votes than the next, and leave enough for the seats. */
function sureLosers(
  continuing: readonly OptionIndex[],
  votes: readonly bigint[],
  seats: number,
): OptionIndex[] {
  const fromLowest = inOrderOfVotes(continuing, votes).reverse()
  let together = 0n
  let losers = 0
  for (let lowest = 0; lowest < fromLowest.length - seats; lowest++) {
    together += votes[fromLowest[lowest]!]!
    if (together < votes[fromLowest[lowest + 1]!]!) losers = lowest + 1
  }
  return fromLowest.slice(0, losers).sort((a, b) => a - b)
}

function sentenceFor(
  names: readonly string[],
  exclusion: Exclusion | undefined,
  elected: readonly OptionIndex[],
): string {
  const excluded = exclusion?.options.map((option) => names[option]!) ?? []
  return [
    ...(exclusion?.tie ? [settledTieSentence(exclusion.tie, names)] : []),
    exclusion
      ? `${nameList(excluded)} ${excluded.length === 1 ? 'is' : 'are'} excluded, and the votes go to the next preferences.`
      : 'The first preferences are counted.',
    electedSentence(elected, names) ?? 'Nobody is elected yet.',
  ].join(' ')
}
