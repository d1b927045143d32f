import { opensAsTotals, selectsOptions } from '../ballot/room.ts'
import { microsPerVote } from '../register/weights.ts'
import { largestTotal } from '../sealing/discrete-logarithm.ts'
import { methodById } from '../tabulation/registry.ts'
import { ballotRulesOf, type Contest } from './contests.ts'
import type { Election } from './find-election.ts'
import { rightsOf } from './rights.ts'
import { weightUnit } from './weight-unit.ts'

/** What of an election concerns how much its voters weigh. */
export interface WeightFacts {
  readonly election: Pick<Election, 'slug' | 'rights'>
  readonly contests: readonly Contest[]
  /** How many credentials have each weight, in millionths of a vote. */
  readonly weights: ReadonlyMap<number, number>
}

interface WeightFinding {
  level: 'blocks' | 'warns'
  code: string
  message: string
  command?: string
}

/** A total is never published for fewer. */
const smallestClass = 5

/** In the order of ballots each stands for whole ones. */
export function orderFindings({ election, contests, weights }: WeightFacts): WeightFinding[] {
  const divided = rightsOf(election).allowVoteSplit
  if (!divided && [...weights.keys()].every((weight) => weight % microsPerVote === 0)) return []
  const why = divided ? 'a ballot may divide its weight' : 'some voters weigh no whole number of votes'
  return contests
    .filter(({ method }) => methodById(method).needsBallotOrder)
    .map(({ title, method, position }) => ({
      level: 'blocks',
      code: 'weights-not-whole',
      message: `"${title}" is counted by ${method} in the order of the ballots, and ${why}.`,
      command: `urna contest edit ${position} ${election.slug} --method stv-scottish`,
    }))
}

export function weightFindings({ election, contests, weights }: WeightFacts): WeightFinding[] {
  if (weights.size < 2) return []
  const fine = tooFineWeights(weights)
  if (fine !== undefined) return [fine]
  const blocked = contests
    .filter((contest) => !opensAsTotals(ballotRulesOf(contest)))
    .map((contest) => weightedFinding(election.slug, contest))
  const rare = [...weights.values()].filter((voters) => voters < smallestClass).length
  if (rare === 0 || blocked.length > 0) return blocked
  return [
    {
      level: 'warns',
      code: 'telling-weights',
      message: `${rare} of the ${weights.size} different weights on the roll ${rare === 1 ? 'is' : 'are'} held by fewer than ${smallestClass} voters: the totals may tell how they voted.`,
    },
  ]
}

function weightedFinding(slug: string, contest: Contest): WeightFinding {
  const { title, method, position } = contest
  const weighs = "voters weigh differently: a ballot's weight would name its voter"
  if (!selectsOptions(ballotRulesOf(contest))) {
    return {
      level: 'blocks',
      code: 'weighted-ranking',
      message: `"${title}" is counted by ${method} from single ballots, and ${weighs}. Use approval-vote, plurality or majority, or give everybody the same weight.`,
      command: `urna contest edit ${position} ${slug} --method approval-vote`,
    }
  }
  const [why, change] =
    contest.write_in === 1
      ? ['names may be written in', '--no-write-in']
      : ['one option excludes the others', '--none ""']
  return {
    level: 'blocks',
    code: 'weighted-ranking',
    message: `The ballots of "${title}" are opened one by one, as ${why}, and ${weighs}. Do without it, or give everybody the same weight.`,
    command: `urna contest edit ${position} ${slug} ${change}`,
  }
}

/** Totals are found by searching, so weights must add up to a number that can be searched. */
function tooFineWeights(weights: WeightFacts['weights']): WeightFinding | undefined {
  const micros = Array.from(weights).reduce(
    (sum, [weight, count]) => sum + BigInt(weight) * BigInt(count),
    0n,
  )
  const units = micros / BigInt(weightUnit(weights.keys()))
  if (units <= largestTotal) return undefined
  return {
    level: 'blocks',
    code: 'weights-too-fine',
    message: `The weights of the roll are so fine that they add up to ${units.toLocaleString('en')} units, and totals of more than ${largestTotal.toLocaleString('en')} could not be opened. Round the weights.`,
    command: 'urna voter import members.csv',
  }
}
