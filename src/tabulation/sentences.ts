import type { OptionIndex } from './option-index.ts'
import type { Tie, TieDecision, TieQuestion } from './ties.ts'

/** "A", "A and B", "A, B and C". */
export function nameList(names: readonly string[]): string {
  if (names.length <= 1) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** "A and B are elected.", or nothing when nobody is. */
export function electedSentence(
  elected: readonly OptionIndex[],
  names: readonly string[],
): string | undefined {
  if (elected.length === 0) return undefined
  return `${nameList(elected.map((option) => names[option]!))} ${elected.length === 1 ? 'is' : 'are'} elected.`
}

const ends: Record<TieQuestion['to'], string> = {
  elect: 'be elected',
  exclude: 'be excluded',
  'transfer first': 'have the surplus transferred first',
  'enter the runoff': 'go on to the runoff',
  'receive a seat': 'receive a seat',
  'give up a seat': 'give up a seat',
  prevail: 'prevail where wins are equal',
}

/** "A and B are tied, and 1 of them has to be elected: the tie is open." */
export function openTieSentence(question: TieQuestion, names: readonly string[]): string {
  return `${tiedClause(question, names)}: the tie is open.`
}

/** "A and B are tied, and 1 of them has to be elected: A, by lot." */
export function settledTieSentence(tie: Tie, names: readonly string[]): string {
  const chosen = nameList((tie.chosen ?? []).map((option) => names[option]!))
  return `${tiedClause(tie, names)}: ${chosen}, ${nameList(tie.decisions.map(decisionPhrase))}.`
}

function tiedClause({ among, choose, to }: TieQuestion, names: readonly string[]): string {
  const tied = nameList(among.map((option) => names[option]!))
  return `${tied} are tied, and ${choose} of them ${choose === 1 ? 'has' : 'have'} to ${ends[to]}`
}

function decisionPhrase(decision: TieDecision): string {
  switch (decision.by) {
    case 'backwards':
    case 'forwards':
      return `by the votes of round ${nameList(decision.rounds.map(String))}`
    case 'order given':
      return 'by the order given'
    case 'lot':
      return 'by lot'
    case 'pseudo-random':
      return 'by the pseudo-random numbers of the method'
    case 'ask':
      return 'as decided'
    case 'comparison':
      return `by ${decision.of}`
  }
}
