import type { BallotRules } from '../ballot/rules.ts'
import type { BallotStyle, Method } from '../tabulation/method.ts'
import type { Visibility } from './secrecy.ts'

/** The ballots on which a method is voted; a list is chosen as any option is. */
export const sealedStyles: Readonly<Record<BallotStyle, BallotRules['style']>> = {
  choice: 'choice',
  list: 'choice',
  approval: 'approval',
  ranking: 'ranking',
  score: 'score',
  grade: 'grade',
}

/** The most that a ballot has room for in one score. */
const highestOnBallot = 255

/** Why a method can't count a contest: the rule that would mend it, and what is wrong. */
export interface MethodFault {
  readonly rule?: string
  /** As the end of a sentence. */
  readonly message: string
}

/**
 * Why a method can't count the ballots of an election: what no ballot here can say, and what is lost where ballots are
 * sealed.
 * @param rules of the method, complete
 */
export function methodFault(
  method: Method,
  rules: Readonly<Record<string, unknown>>,
  visibility: Visibility,
): MethodFault | undefined {
  return (visibility === 'secret' ? sealFault(method) : undefined) ?? ballotFault(method, rules)
}

/** Choices and approvals are only ever opened as totals, the others ballot by ballot, after the trustees have shuffled them. */
function sealFault({ id, style, takesTotals, needsBallotOrder }: Method): MethodFault | undefined {
  if (needsBallotOrder) {
    return { message: `${id} needs the ballots in the order in which they came, and a sealed box keeps none` }
  }
  return takesTotals || (style !== 'choice' && style !== 'approval')
    ? undefined
    : { message: `${id} needs every ballot, and ${style} ballots are opened as totals only` }
}

function ballotFault(
  { id, style }: Method,
  rules: Readonly<Record<string, unknown>>,
): MethodFault | undefined {
  switch (style) {
    case 'list':
      return listFault(rules)
    case 'choice':
    case 'approval':
    case 'ranking':
      return undefined
    case 'score': {
      const highest = highestScoreOf(rules)
      if (highest === undefined) return { message: `${id} sets no highest score, and a ballot needs one` }
      return highest <= highestOnBallot
        ? undefined
        : { rule: 'highestScore', message: `a ballot has room for scores up to ${highestOnBallot}` }
    }
    case 'grade':
      return methodGrades(rules).length <= highestOnBallot
        ? undefined
        : { rule: 'bestGrade', message: `a ballot has room for grades up to ${highestOnBallot - 1}` }
  }
}

/** A ballot chooses a list, and says nothing of the candidates on it, who are no options. */
function listFault({ candidates, order }: Readonly<Record<string, unknown>>): MethodFault | undefined {
  if (candidates !== undefined) {
    return { rule: 'candidates', message: 'the candidates of a list stand with it, as its members' }
  }
  return order === 'as listed' || order === undefined
    ? undefined
    : {
        rule: 'order',
        message: 'a ballot has no votes for candidates of a list, so its order is "as listed"',
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
  const { highestScore, maxPerOption } = rules
  return [highestScore, maxPerOption].find((score) => typeof score === 'number')
}
