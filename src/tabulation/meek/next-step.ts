import type { OptionIndex } from '../option-index.ts'
import type { Numbers } from './numbers.ts'
import type { MeekRuleSet } from './rule-set.ts'
import type { Tally } from './tally.ts'

/** One count of the papers, and what it decided. */
export interface IterationState<N> extends Tally<N> {
  readonly quota: N
  /** Elected by it, with most votes first. */
  readonly reached: readonly OptionIndex[]
  /** Those and all elected before, ascending. */
  readonly elected: readonly OptionIndex[]
  /** The keep values under which it was counted. */
  readonly keep: readonly N[]
  /** The lowest keep values of all iterations before; 1 at first. */
  readonly lowestKeep: readonly N[]
  readonly surplus: N
}

/** So many of these are excluded; where that isn't all of them, they are tied. */
export interface Exclusion {
  readonly among: readonly OptionIndex[]
  readonly choose: number
}

interface NextStep {
  /** One after the other; an empty list excludes nobody. */
  readonly exclusions: readonly Exclusion[]
  /** Whether elected options with a surplus keep less from now on. */
  readonly lowersKeep: boolean
}

interface Situation<N> {
  readonly rules: MeekRuleSet
  readonly numbers: Numbers<N>
  readonly state: IterationState<N>
  /** The surplus of the iteration before, where the rules compare with it. */
  readonly surplusBefore: N | undefined
  /** More than there are vacant seats. */
  readonly continuing: readonly OptionIndex[]
  readonly vacant: number
}

/** What the rules do after an iteration that leaves seats vacant. */
export function nextStep<N>(situation: Situation<N>): NextStep {
  const { rules, numbers, state } = situation
  if (rules.exclusion === 'as Hill') return nextStepByHill(situation)
  if (isStalled(situation)) return excludeLowest(situation)
  const losers = rules.exclusion === 'lowest' ? [] : sureLosers(situation)
  const isSettled = numbers.isSettled(state.surplus)
  if (losers.length > 0 && !(isSettled && rules.exclusion === 'sure losers while surplus is left')) {
    return { exclusions: [{ among: losers, choose: losers.length }], lowersKeep: false }
  }
  return isSettled ? excludeLowest(situation) : { exclusions: [], lowersKeep: true }
}

function isStalled<N>({ rules, numbers, state, surplusBefore }: Situation<N>): boolean {
  if (surplusBefore === undefined) return false
  switch (rules.stalled) {
    case 'surplus does not fall':
      return numbers.compare(state.surplus, surplusBefore) >= 0
    case 'no keep value falls':
      // Tiny values that are rounded up can rise and fall in turn, so what counts is whether one is lower than ever.
      return state.keep.every((value, option) => numbers.compare(value, state.lowestKeep[option]!) >= 0)
  }
}

function excludeLowest<N>({ rules, numbers, state, continuing }: Situation<N>): NextStep {
  const lowest = fewest(numbers, state.votes, continuing)
  const limit = rules.tiedWith === 'within the surplus' ? numbers.plus(lowest, state.surplus) : lowest
  const among = continuing.filter((option) => numbers.compare(state.votes[option]!, limit) <= 0)
  return { exclusions: [{ among, choose: 1 }], lowersKeep: false }
}

function fewest<N>(numbers: Numbers<N>, votes: readonly N[], among: readonly OptionIndex[]): N {
  return among
    .map((option) => votes[option]!)
    .reduce((least, each) => (numbers.compare(each, least) < 0 ? each : least))
}

/**
 * As many of the lowest as have, together with the surplus, fewer votes than the next; and leave enough for the
 * seats. Those with equal votes go together or not at all.
 */
function sureLosers<N>({ numbers, state, continuing, vacant }: Situation<N>): OptionIndex[] {
  const { votes } = state
  const fromLowest = [...continuing].sort((a, b) => numbers.compare(votes[a]!, votes[b]!) || a - b)
  let together = state.surplus
  let losers = 0
  for (let count = 1; count <= continuing.length - vacant; count++) {
    together = numbers.plus(together, votes[fromLowest[count - 1]!]!)
    const next = fromLowest[count]
    if (next !== undefined && numbers.compare(together, votes[next]!) < 0) losers = count
  }
  return fromLowest.slice(0, losers).sort((a, b) => a - b)
}

/**
 * The decisions of Hill's program for New Zealand (`fullalg123.pas`, version 6.7.7): an option that can't overtake
 * the next any more is excluded at once; those without votes go together; keep values fall in the same step; and
 * where nothing at all would change, the lowest goes as well.
 */
function nextStepByHill<N>(situation: Situation<N>): NextStep {
  const { numbers, state, continuing, vacant } = situation
  const { votes } = state
  const exclusions = exclusionsByHill(situation)
  const excluded = new Set(exclusions.flatMap(({ among, choose }) => (choose < among.length ? [] : among)))
  const number = exclusions.reduce((sum, { choose }) => sum + choose, 0)
  const changes =
    exclusions.some(({ among }) => numbers.compare(votes[among[0]!]!, numbers.zero) > 0) ||
    // The program goes on where a keep value rises, too, and can then go on for ever: see `isStalled`.
    state.elected.some((option) => {
      if (numbers.compare(votes[option]!, state.quota) <= 0) return false
      const keep = state.keep[option]!
      const next = numbers.nextKeep(keep, state.quota, votes[option]!)
      return numbers.compare(next, keep) < 0 && numbers.compare(next, state.lowestKeep[option]!) < 0
    })
  // The program doesn't look whether enough are left for the seats before this exclusion; here it must.
  if (changes || continuing.length - number <= vacant) return { exclusions, lowersKeep: true }
  const left = continuing.filter((option) => !excluded.has(option))
  return { exclusions: [...exclusions, lowestOf(situation, left)], lowersKeep: true }
}

function exclusionsByHill<N>(situation: Situation<N>): Exclusion[] {
  const { numbers, state, continuing, vacant } = situation
  const { votes, surplus } = state
  const isSettled = numbers.isSettled(surplus)
  const withoutVotes = continuing.filter((option) => numbers.compare(votes[option]!, numbers.zero) === 0)
  if (withoutVotes.length >= 2) {
    if (!isSettled) return []
    const choose = Math.min(withoutVotes.length, continuing.length - vacant)
    return [{ among: withoutVotes, choose }]
  }
  const lowest = lowestOf(situation, continuing)
  const others = continuing.filter((option) => option !== lowest.among[0])
  const gap = numbers.minus(fewest(numbers, votes, others), votes[lowest.among[0]!]!)
  return numbers.compare(gap, surplus) > 0 || isSettled ? [lowest] : []
}

function lowestOf<N>({ numbers, state }: Situation<N>, among: readonly OptionIndex[]): Exclusion {
  const lowest = fewest(numbers, state.votes, among)
  return { among: among.filter((option) => numbers.compare(state.votes[option]!, lowest) === 0), choose: 1 }
}
