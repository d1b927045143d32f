import { formatDecimal, toCommonScale } from '../tabulation/decimal.ts'
import type { OptionStatus, Round, Tabulation } from '../tabulation/tabulation.ts'
import type { Tie, TieDecision, TieQuestion } from '../tabulation/ties.ts'
import type { ContestResult } from './result-schema.ts'

/** What a tabulation says, in sentences that every report uses. */

/** `A, B and C` */
export function listOf(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/**
 * Who takes a seat: the winners but for the option that stands for none of the others, and that one where it won.
 * @param none its position
 */
export function seated(
  { winners, options }: Pick<Tabulation, 'winners' | 'options'>,
  none: number | undefined,
): { winners: string[]; vacantBy: string | null } {
  const people = winners.filter(({ option }) => option !== none)
  return {
    winners: named(
      people.map(({ option }) => option),
      options,
    ),
    vacantBy: people.length < winners.length ? (options[none ?? 0] ?? null) : null,
  }
}

/** Methods whose options are the answers to one question: yes, then no. */
export const motions: ReadonlySet<string> = new Set(['approval-motion', 'approval'])

export function outcomeSentence({
  tabulation,
  winners,
  seats,
  vacantBy = null,
}: {
  tabulation: Pick<Tabulation, 'outcome' | 'options' | 'method'>
  winners: readonly string[]
  seats: number
  vacantBy?: string | null
}): string {
  const { outcome, options, method } = tabulation
  switch (outcome.kind) {
    case 'decided':
      if (motions.has(method)) return motionSentence(winners, options)
      if (vacantBy !== null) return `"${vacantBy}" has won: the seat stays vacant.`
      if (winners.length === 0) return 'Nobody is elected.'
      return `Elected: ${listOf(onceEach(winners))}.${winners.length < seats ? ` ${seats - winners.length} of ${seats} seats stay empty.` : ''}`
    case 'tied':
      return `${electedSoFar(winners)}Tied: ${tieQuestion(outcome.tie, options)}`
    case 'runoff':
      return `${electedSoFar(winners)}Too few reached the threshold: ${listOf(named(outcome.contenders, options))} go on to a runoff.`
  }
}

function motionSentence([answer]: readonly string[], options: readonly string[]): string {
  if (answer === undefined) return 'Nothing is decided.'
  return `${answer}: the motion is ${answer === options[0] ? 'carried' : 'rejected'}.`
}

function electedSoFar(winners: readonly string[]): string {
  return winners.length === 0 ? '' : `Elected: ${listOf(onceEach(winners))}. `
}

/** A list that wins several seats is named once. */
function onceEach(winners: readonly string[]): string[] {
  const seats = Map.groupBy(winners, (name) => name)
  return Array.from(seats, ([name, won]) => (won.length === 1 ? name : `${name} (${won.length} seats)`))
}

function tieQuestion({ among, choose, to, round }: TieQuestion, options: readonly string[]): string {
  const names = listOf(named(among, options))
  const verb = {
    elect: 'elected',
    exclude: 'excluded',
    'transfer first': 'transferred first',
    'enter the runoff': 'admitted to the runoff',
    'receive a seat': 'given a seat',
    'give up a seat': 'deprived of a seat',
    prevail: 'put first where wins are equal',
  }[to]
  return `in round ${round}, of ${names} ${choose === 1 ? 'one is' : `${choose} are`} to be ${verb}.`
}

export function tieSentence(tie: Tie, options: readonly string[]): string {
  const question = `Tie ${tieQuestion(tie, options)}`
  if (tie.chosen === undefined) return `${question} It is still open.`
  const chosen = listOf(named(tie.chosen, options))
  return `${question} Decided by ${listOf(tie.decisions.map(decisionText))}: ${chosen}.`
}

function decisionText(decision: TieDecision): string {
  switch (decision.by) {
    case 'backwards':
    case 'forwards': {
      const rounds = listOf(decision.rounds.map(String))
      return `the votes of ${decision.rounds.length === 1 ? 'round' : 'rounds'} ${rounds}`
    }
    case 'order given':
      return 'the order given'
    case 'lot':
      return `lot with the seed “${decision.seed}”`
    case 'pseudo-random':
      return 'the pseudo-random numbers of the method'
    case 'ask':
      return 'a recorded decision'
    case 'comparison':
      return decision.of
  }
}

/** The figures that a decision of a tie was made by: tickets of a lot, numbers, what a method compared. */
export function decidingFigures(decision: TieDecision): { option: number; figure: string }[] {
  switch (decision.by) {
    case 'lot':
      return decision.tickets.map(({ option, ticket }) => ({ option, figure: ticket }))
    case 'pseudo-random':
      return decision.numbers.map(({ option, number }) => ({ option, figure: String(number) }))
    case 'comparison':
      return [...decision.figures]
    case 'backwards':
    case 'forwards':
    case 'order given':
    case 'ask':
      return []
  }
}

export function statusText(status: OptionStatus): string {
  switch (status.kind) {
    case 'elected':
      return status.round === 1 ? 'elected' : `elected in round ${status.round}`
    case 'excluded':
      return `excluded in round ${status.round}`
    case 'contender':
      return 'goes to the runoff'
    case 'open':
      return 'undecided'
    case 'not elected':
    case 'withdrawn':
      return status.kind
  }
}

/** By how much the votes of each option changed in a round: `+12.5`, `-3`, or empty where they did not. */
export function changesIn(rounds: readonly Round[], number: number): string[] {
  const [before, after] = [rounds[number - 2], rounds[number - 1]]
  if (before === undefined || after === undefined) return []
  // A runoff counts preferences where the round before it counted scores.
  if (after.action.kind === 'runoff') return []
  return after.votes.map((votes, option) => difference(before.votes[option] ?? '0', votes))
}

function difference(before: string, after: string): string {
  const { units, places } = toCommonScale([before, after])
  const change = units[1]! - units[0]!
  if (change === 0n) return ''
  return change > 0n ? `+${formatDecimal(change, places)}` : `-${formatDecimal(-change, places)}`
}

export function percentOf(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}%`
}

function named(indexes: readonly number[], options: readonly string[]): string[] {
  return indexes.map((index) => options[index] ?? `option ${index + 1}`)
}

/** What was made of the names that voters wrote in: a sentence for each option, and for those that count for nobody. */
export function writeInSentences({
  options,
  writeIns,
}: Pick<ContestResult['tabulation'], 'options' | 'writeIns'>): string[] {
  if (writeIns === undefined) return []
  const { written, setAside } = writeIns
  const spelled = (spellings: readonly { spelling: string; ballots: number }[]) =>
    listOf(spellings.map(({ spelling, ballots }) => `"${spelling}" ${ballots}`))
  return [
    ...written.map(({ option, spellings }) => `${options[option]} was written as ${spelled(spellings)}.`),
    ...(setAside.length === 0 ? [] : [`Set aside: ${spelled(setAside)}.`]),
  ]
}

/** `1 hour`, `2 hours` */
export function countedNoun(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? '' : 's'}`
}
