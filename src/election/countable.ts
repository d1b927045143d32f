import { groupingOf } from '../tabulation/ballot-grouping.ts'
import { ballotKinds } from '../tabulation/define-method.ts'
import { TabulationRefusal } from '../tabulation/refusals.ts'
import { methodById } from '../tabulation/registry.ts'
import type { OptionTotals } from '../tabulation/totals.ts'
import { ballotRulesOf, type Contest } from './contests.ts'
import { countedContest, countedTotals } from './counted-contest.ts'
import { sealedContestOf } from './sealed-election.ts'

/** Why a contest could not be counted after the vote. */
export interface CountFault {
  /** A sentence. */
  readonly message: string
  /** The most options a ballot may select so that it can be counted, where fewer would mend it. */
  readonly most?: number
}

/**
 * Tries the count before the vote: of no ballots, and where ballots are opened as totals of one that selects as
 * few options as the contest allows, and of one that selects as many. What a method refuses then it would
 * refuse when it is too late.
 */
export function countFault(contest: Contest): CountFault | undefined {
  const refused = refusalOf(contest, undefined)
  if (refused !== undefined) return { message: refused }
  const rules = ballotRulesOf(contest)
  if (rules.style !== 'choice' && rules.style !== 'approval') return undefined
  const tooFew = refusalOf(contest, rules.min)
  const tooMany = refusalOf(contest, rules.max)
  if (tooFew === undefined && tooMany === undefined) return undefined
  let most = rules.max
  while (most > rules.min && refusalOf(contest, most) !== undefined) most--
  const wrong = tooMany === undefined ? `only ${rules.min}` : `${rules.max}`
  const message = `${contest.method} can't count a ballot that selects ${wrong} of the options.`
  return tooFew === undefined ? { message, most } : { message }
}

/** What the method refuses, of one ballot that selects so many options, or of none. */
function refusalOf(contest: Contest, selected: number | undefined): string | undefined {
  const sealed = sealedContestOf(contest, 1_000_000)
  // A name that is written in is one option more.
  const options = contest.write_in === 1 ? [...sealed.options, ''] : sealed.options
  const counted = countedContest({ ...sealed, options })
  const method = methodById(contest.method)
  const totals: OptionTotals = {
    kind: 'totals',
    votes: options.map((_, option) => (option < (selected ?? 0) ? '1' : '0')),
    ballots: selected === undefined ? '0' : '1',
    blank: '0',
  }
  const order = method.needsBallotOrder ? 'kept' : 'forgotten'
  const none = groupingOf(ballotKinds[method.style], counted.options.length, order).finish()
  const ballots = method.takesTotals ? countedTotals(totals, counted) : none
  try {
    method.tabulate({ ...counted, seats: contest.seats, ballots, tieBreaks: {} })
    return undefined
  } catch (error) {
    if (error instanceof TabulationRefusal) return error.message
    throw error
  }
}
