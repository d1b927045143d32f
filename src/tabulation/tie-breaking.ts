import { lotTickets } from './lot-tickets.ts'
import type { OptionIndex } from './option-index.ts'
import { TabulationRefusal } from './refusals.ts'
import type { Tie, TieBreaks, TieDecision, TieQuestion, TieRule } from './ties.ts'

/** A number for each option, by position, to choose the lowest by at the beginning of a round. */
export type PseudoRandomNumbers = (round: number) => readonly number[]

/** The votes of every option, by position, at the end of one round, in any unit that is the same for all. */
export type RoundVotes = readonly bigint[]

/** A comparison that a method prescribes for a tie, before the chain of the rules is asked. */
export interface TieComparison {
  /** As it follows "by": `the head-to-head votes`. */
  readonly of: string
  /** The standing of each of the tied among themselves, the higher the better, and how it is written. */
  readonly standings: (
    among: readonly OptionIndex[],
  ) => readonly { readonly option: OptionIndex; readonly standing: bigint; readonly figure: string }[]
  /** Take the best first; or drop the worst, and compare those that are left anew. */
  readonly narrows: 'from the best' | 'from the worst, again and again'
}

interface SettledTie {
  /** For the record. */
  readonly tie: Tie
  /** What is left to decide; absent when the tie is decided. */
  readonly open?: TieQuestion
}

/**
 * Makes the comparisons and then applies the rules of a chain, in order, until one settles the tie.
 *
 * A rule that tells apart some of the tied but leaves others together at the last place is followed by the
 * next, which looks at those only; likewise the earlier rounds within `backwards` and `forwards`.
 * @param history the votes of each earlier round, the first round first
 * @throws TabulationRefusal `tie-decision-invalid` if `breaks.decide` chooses what it wasn't asked about
 */
export function settleTie(settling: {
  readonly question: TieQuestion
  readonly comparisons?: readonly TieComparison[]
  readonly chain: readonly TieRule[]
  readonly breaks: TieBreaks
  readonly history: readonly RoundVotes[]
  /** Present where the method has them. */
  readonly pseudoRandom?: PseudoRandomNumbers
}): SettledTie {
  const { question, comparisons = [], chain, breaks, history, pseudoRandom } = settling
  const decisions: TieDecision[] = []
  let chosen: OptionIndex[] = []
  let left: TieQuestion = question

  /** Takes classes, the first to be chosen first; what straddles the last place stays open. */
  const narrow = (classes: readonly (readonly OptionIndex[])[]): boolean => {
    let places = left.choose
    for (const tied of classes) {
      if (tied.length > places) {
        left = { ...left, among: tied, choose: places }
        return places === 0
      }
      chosen = [...chosen, ...tied]
      places -= tied.length
    }
    left = { ...left, among: [], choose: 0 }
    return true
  }
  const settled = (): SettledTie => ({ tie: { ...question, decisions, chosen: chosen.sort(ascending) } })

  for (const { of, standings, narrows } of comparisons) {
    for (let repeat = true; repeat && left.choose > 0; ) {
      const compared = standings(left.among)
      const classes = classesByStanding(compared)
      repeat = classes.length > 1 && narrows !== 'from the best'
      if (classes.length === 1) continue
      decisions.push({
        by: 'comparison',
        of,
        figures: compared.map(({ option, figure }) => ({ option, figure })),
      })
      narrow(
        narrows === 'from the best'
          ? classes
          : [classes.slice(0, -1).flat().sort(ascending), classes.at(-1)!],
      )
    }
    if (left.choose === 0) return settled()
  }
  for (const rule of chain) {
    switch (rule) {
      case 'backwards':
      case 'forwards': {
        const rounds: number[] = []
        for (let step = 0; step < history.length && left.choose > 0; step++) {
          const round = rule === 'backwards' ? history.length - 1 - step : step
          const classes = classesByVotes(left, history[round]!)
          if (classes.length === 1) continue
          rounds.push(round + 1)
          narrow(classes)
        }
        if (rounds.length > 0) decisions.push({ by: rule, rounds })
        break
      }
      case 'order given': {
        const classes = inGivenOrder(left, breaks.order)
        if (classes.length === 1) break
        decisions.push({ by: rule })
        narrow(classes)
        break
      }
      case 'pseudo-random': {
        if (!pseudoRandom) break
        const all = pseudoRandom(left.round)
        const numbers = left.among
          .map((option) => ({ option, number: all[option]! }))
          .sort((a, b) => a.number - b.number)
        decisions.push({ by: rule, numbers })
        narrow(numbers.map(({ option }) => [option]))
        break
      }
      case 'lot': {
        if (!breaks.lot) break
        const tickets = lotTickets(breaks.lot, left)
        decisions.push({ by: rule, seed: breaks.lot.seed, tickets })
        narrow(tickets.map(({ option }) => [option]))
        break
      }
      case 'ask': {
        const answer = breaks.decide?.(left)
        if (answer === undefined) break
        const options = checkedDecision(answer, left)
        decisions.push({ by: rule })
        narrow(options.map((option) => [option]))
        break
      }
    }
    if (left.choose === 0) return settled()
  }
  return { tie: { ...question, decisions }, open: left }
}

/** Whether it is worse to be chosen. */
function loses({ to }: TieQuestion): boolean {
  return to === 'exclude' || to === 'give up a seat'
}

function ascending(a: number, b: number): number {
  return a - b
}

/** The best standing first. */
function classesByStanding(compared: ReturnType<TieComparison['standings']>): OptionIndex[][] {
  const levels = Map.groupBy(compared, ({ standing }) => standing)
  return [...levels.keys()]
    .sort((a, b) => (a > b ? -1 : 1))
    .map((level) => levels.get(level)!.map(({ option }) => option))
}

/** Those with most votes are chosen first, or those with fewest where the chosen are excluded. */
function classesByVotes(question: TieQuestion, votes: RoundVotes): OptionIndex[][] {
  const levels = Map.groupBy(question.among, (option) => votes[option]!)
  const inOrder = [...levels.keys()].sort((a, b) => (a < b ? -1 : 1))
  if (!loses(question)) inOrder.reverse()
  return inOrder.map((level) => levels.get(level)!)
}

/**
 * The earlier prevails: it is chosen first, or last where the chosen are excluded. Those whom the order leaves
 * out come after all others, and it does not tell them apart.
 */
function inGivenOrder(question: TieQuestion, order: readonly OptionIndex[] | undefined): OptionIndex[][] {
  const { among } = question
  const named = (order ?? among).filter((option) => among.includes(option))
  const unnamed = among.filter((option) => !named.includes(option))
  const classes = [...named.map((option) => [option]), ...(unnamed.length > 0 ? [unnamed] : [])]
  return loses(question) ? classes.reverse() : classes
}

function checkedDecision(answer: readonly OptionIndex[], question: TieQuestion): readonly OptionIndex[] {
  const options = new Set(answer)
  const fits =
    options.size === question.choose && [...options].every((option) => question.among.includes(option))
  if (fits && answer.length === options.size) return answer
  throw new TabulationRefusal(
    'tie-decision-invalid',
    `The decision of a tie must choose ${question.choose} of the ${question.among.length} tied options.`,
    { question, answer },
  )
}
