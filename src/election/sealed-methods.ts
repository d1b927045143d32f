import type { BallotRules } from '../ballot/rules.ts'
import type { BallotStyle, Method } from '../tabulation/method.ts'

/** How the ballots of a method are sealed; a list is chosen as any option is. */
export const sealedStyles: Readonly<Record<BallotStyle, BallotRules['style'] | undefined>> = {
  choice: 'choice',
  list: 'choice',
  approval: 'approval',
  ranking: 'ranking',
  score: 'score',
  grade: undefined,
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
    case 'choice':
    case 'list':
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
      return { message: `${id} counts ballots with a grade, which can't be sealed` }
  }
}

/** The highest score that a ballot can give, where the method has such a rule. */
export function highestScoreOf(rules: Readonly<Record<string, unknown>>): number | undefined {
  const { highestScore } = rules
  return typeof highestScore === 'number' ? highestScore : undefined
}
