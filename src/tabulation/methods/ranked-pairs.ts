import * as z from 'zod'
import { rankingByBestPlace } from '../condorcet/best-places.ts'
import {
  type Comparison,
  comparedTabulation,
  compareOptions,
  unrankedRule,
} from '../condorcet/compared-tabulation.ts'
import { LockedWins } from '../condorcet/locked-wins.ts'
import { allWins, compareStrength, strengthText, type Win } from '../condorcet/wins.ts'
import { defineMethod } from '../define-method.ts'
import type { OptionIndex } from '../option-index.ts'
import { TabulationRefusal } from '../refusals.ts'
import type { Tabulation, TabulationInput, Working } from '../tabulation.ts'
import { settleTie } from '../tie-breaking.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import type { Tie, TieQuestion } from '../ties.ts'

const id = 'ranked-pairs'

const rules = z.strictObject({
  /** How strong a win of one option over another is. */
  strength: z.enum(['winning votes', 'margins']).default('winning votes'),
  /** Between wins of equal strength, whether the one with fewer votes against it comes first. */
  opposition: z.enum(['fewer first', 'ignored']).default('fewer first'),
  /**
   * When equal wins make a cycle: they are taken by an order of the options, which the chain of ties makes;
   * or by every possible order, and whoever comes first in one of them is tied for the seat; or all that lie
   * on a cycle of them and of those locked in before are left out.
   */
  equalWins: z.enum(['tie-breaking ranking', 'every order', 'left out']).default('tie-breaking ranking'),
  /** What an option that a ballot doesn't rank is. */
  unranked: unrankedRule.default('last'),
  ties: tieRulesSchema.default(['lot']),
})

type RankedPairsRules = z.output<typeof rules>

/** Each ballot ranks options; wins are locked in from the strongest, unless they contradict those before. */
export const rankedPairs = defineMethod({
  id,
  title: 'Ranked pairs (Tideman)',
  style: 'ranking',
  takesTotals: false,
  source:
    'Tideman, "Independence of Clones as a Criterion for Voting Rules", Social Choice and Welfare 4 (1987); equal wins as in Eppley, "Maximize Affirmed Majorities" (2004)',
  rules,
  count: countRankedPairs,
})

function countRankedPairs(input: TabulationInput<RankedPairsRules>): Tabulation {
  const comparison = compareOptions(input)
  const locking = lockAll(classesOf(comparison, input.rules), input)
  const { standing } = comparison
  return comparedTabulation({
    method: id,
    input,
    comparison,
    ranking: locking.open ? [] : rankingByBestPlace(locking.ends.map((end) => end.ranking(standing))),
    sentence: 'By the wins that are locked in',
    workings: [winsWorking(comparison, input, locking)],
    tiesBefore: locking.ties,
    ...(locking.open && { openBefore: locking.open }),
  })
}

/** Wins that are equally strong together, the strongest first. */
function classesOf({ votes, standing }: Comparison, { strength, opposition }: RankedPairsRules): Win[][] {
  const compare = (a: Win, b: Win) =>
    compareStrength[strength](b, a) || (opposition === 'fewer first' ? a.against - b.against : 0)
  const classes: Win[][] = []
  for (const win of allWins(votes, standing).sort(compare)) {
    const last = classes.at(-1)
    if (last && compare(last[0]!, win) === 0) last.push(win)
    else classes.push([win])
  }
  return classes
}

interface Locking {
  /** What is locked in at the end; several where every order of equal wins is tried. */
  readonly ends: readonly LockedWins[]
  readonly ties: readonly Tie[]
  readonly open?: TieQuestion
}

function lockAll(classes: readonly (readonly Win[])[], input: TabulationInput<RankedPairsRules>): Locking {
  let ends = [new LockedWins(input.options.length)]
  const ties: Tie[] = []
  for (const equals of classes) {
    switch (input.rules.equalWins) {
      case 'every order':
        ends = inEveryOrder(ends, equals)
        break
      case 'left out': {
        const [locked] = ends as [LockedWins]
        const cyclic = new Set(locked.cyclic(equals))
        for (const win of equals) if (!cyclic.has(win)) locked.lock(win)
        break
      }
      case 'tie-breaking ranking': {
        const [locked] = ends as [LockedWins]
        const possible = locked.open(equals)
        const order = tieBreakingRanking(locked.cyclic(possible), input)
        ties.push(...order.ties)
        if (order.open) return { ends, ties, open: order.open }
        for (const win of possible.sort(byRanking(order.ranking))) {
          if (!locked.isAbove(win.loser, win.winner)) locked.lock(win)
        }
      }
    }
  }
  return { ends, ties }
}

/**
 * The order of the options that equal wins of a cycle are taken by, chosen place by place. As the tickets of a
 * lot hang on the option only, every cycle of a count is decided by one order.
 */
function tieBreakingRanking(
  cyclic: readonly Win[],
  { rules, tieBreaks }: TabulationInput<RankedPairsRules>,
): { ranking: OptionIndex[]; ties: Tie[]; open?: TieQuestion } {
  let left = [...new Set(cyclic.flatMap(({ winner, loser }) => [winner, loser]))].sort((a, b) => a - b)
  const ranking: OptionIndex[] = []
  const ties: Tie[] = []
  while (left.length > 1) {
    const { tie, open } = settleTie({
      question: { method: id, round: 1, to: 'prevail', among: left, choose: 1 },
      chain: rules.ties,
      breaks: tieBreaks,
      history: [],
    })
    ties.push(tie)
    if (open) return { ranking, ties, open }
    ranking.push(...tie.chosen!)
    left = left.filter((option) => !tie.chosen!.includes(option))
  }
  return { ranking: [...ranking, ...left], ties }
}

/** The win over the option that the ranking has lower is taken first; then that of the option it has higher. */
function byRanking(ranking: readonly OptionIndex[]): (a: Win, b: Win) => number {
  const place = new Map(ranking.map((option, position) => [option, position]))
  // Options outside the cycle come last: their wins are locked in whatever the order.
  const placeOf = (option: OptionIndex) => place.get(option) ?? ranking.length
  return (a, b) => placeOf(b.loser) - placeOf(a.loser) || placeOf(a.winner) - placeOf(b.winner)
}

/** The most states that are followed at a time, counted in pairs of options: 20,000 states of ten options. */
const mostPairs = 2_000_000

/**
 * What equal wins can lead to from each of the states before them.
 * @throws TabulationRefusal `too-large`
 */
function inEveryOrder(states: readonly LockedWins[], equals: readonly Win[]): LockedWins[] {
  const ends = new Map<string, LockedWins>()
  const visited = new Map(states.map((state) => [state.key(), state.copy()]))
  for (const state of visited.values()) {
    const possible = state.open(equals)
    const cyclic = new Set(state.cyclic(possible))
    // Whatever the order, wins outside of cycles are locked in; the first of the others is any of them.
    for (const win of possible) if (!cyclic.has(win)) state.lock(win)
    if (cyclic.size === 0) ends.set(state.key(), state)
    for (const win of cyclic) {
      const next = state.copy()
      next.lock(win)
      if (!visited.has(next.key())) visited.set(next.key(), next)
    }
    if (visited.size * state.pairs > mostPairs) {
      throw new TabulationRefusal(
        'too-large',
        'There are too many orders of equal wins to try; a tie-breaking ranking decides between them.',
        { most: mostPairs },
      )
    }
  }
  return [...ends.values()]
}

function winsWorking(
  comparison: Comparison,
  { options, rules }: TabulationInput<RankedPairsRules>,
  { ends }: Locking,
): Working {
  const fate = ({ winner, loser }: Win) => {
    if (ends.every((end) => end.isAbove(winner, loser))) return 'locked in'
    if (ends.every((end) => !end.isAbove(winner, loser))) return 'left out'
    return 'locked in by some orders'
  }
  return {
    title: 'Wins, the strongest first',
    head: ['winner', 'loser', 'for : against', rules.strength, ''],
    rows: classesOf(comparison, rules)
      .flat()
      .map((win) => [
        options[win.winner]!,
        options[win.loser]!,
        strengthText(win, 'ratio', comparison.places),
        strengthText(win, rules.strength, comparison.places),
        fate(win),
      ]),
  }
}
