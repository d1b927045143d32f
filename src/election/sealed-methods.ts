import type { BallotRules } from '../ballot/rules.ts'
import type { BallotStyle, Method } from '../tabulation/method.ts'

/** How the ballots of a method are sealed; a list is chosen as any option is. */
export const sealedStyles: Readonly<Record<BallotStyle, BallotRules['style']>> = {
  choice: 'choice',
  list: 'choice',
  approval: 'approval',
  ranking: 'ranking',
  score: 'score',
  grade: 'grade',
}

/** The most that a sealed ballot has room for in one score. */
const highestSealed = 255

/** Why a method can't count a contest whose ballots are sealed: the rule that would mend it, and what is wrong. */
export interface SealedMethodFault {
  readonly rule?: string
  /** As the end of a sentence. */
  readonly message: string
}

/**
 * Whether ballots can be sealed for a method: choices and approvals are only ever opened as totals, the others
 * ballot by ballot, after the trustees have shuffled them.
 * @param rules of the method, complete
 */
export function sealedMethodFault(
  { id, style, takesTotals, needsBallotOrder }: Method,
  rules: Readonly<Record<string, unknown>>,
): SealedMethodFault | undefined {
  if (needsBallotOrder) {
    return { message: `${id} needs the ballots in the order in which they came, and a sealed box keeps none` }
  }
  switch (style) {
    case 'list':
      return listFault(rules)
    case 'choice':
    case 'approval':
      return takesTotals
        ? undefined
        : { message: `${id} needs every ballot, and ${style} ballots are opened as totals only` }
    case 'ranking':
      return undefined
    case 'score': {
      const highest = highestScoreOf(rules)
      if (highest === undefined)
        return { message: `${id} sets no highest score, so its ballots can't be sealed` }
      return highest <= highestSealed
        ? undefined
        : { rule: 'highestScore', message: `a sealed ballot has room for scores up to ${highestSealed}` }
    }
    case 'grade':
      return methodGrades(rules).length <= highestSealed
        ? undefined
        : { rule: 'bestGrade', message: `a sealed ballot has room for grades up to ${highestSealed - 1}` }
  }
}

/** A sealed ballot chooses a list, and says nothing of the candidates on it, who are no options. */
function listFault({ candidates, order }: Readonly<Record<string, unknown>>): SealedMethodFault | undefined {
  if (candidates !== undefined) {
    return { rule: 'candidates', message: 'the candidates of a list stand with it, as its members' }
  }
  return order === 'as listed' || order === undefined
    ? undefined
    : {
        rule: 'order',
        message: 'a sealed ballot has no votes for candidates of a list, so its order is "as listed"',
      }
}

/** A grade as a method counts it, 0 the worst, and what it is called where nobody says otherwise. */
export interface MethodGrade {
  readonly value: number
  readonly name: string
}

/** What Balinski and Laraki's voters read beside the usual seven grades, in English. */
const usualGrades = ['To reject', 'Poor', 'Acceptable', 'Fairly good', 'Good', 'Very good', 'Excellent']

/**
 * The grades that a ballot may give in a method of grades, the worst first: those of its own scale, or the
 * answers no, abstain and yes.
 * @param rules of the method, complete
 */
export function methodGrades(rules: Readonly<Record<string, unknown>>): readonly MethodGrade[] {
  const { bestGrade, abstain } = rules
  if (typeof bestGrade === 'number') {
    const names = bestGrade === usualGrades.length - 1 ? usualGrades : []
    return Array.from({ length: bestGrade + 1 }, (_, value) => ({
      value,
      name: names[value] ?? String(value),
    }))
  }
  return [
    { value: 0, name: 'No' },
    ...(abstain === 'allowed' ? [{ value: 1, name: 'Abstain' }] : []),
    { value: 2, name: 'Yes' },
  ]
}

/** The highest score that a ballot can give, where the method has such a rule. */
export function highestScoreOf(rules: Readonly<Record<string, unknown>>): number | undefined {
  const { highestScore } = rules
  return typeof highestScore === 'number' ? highestScore : undefined
}
