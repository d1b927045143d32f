import * as z from 'zod/mini'
import { setUpFaultOf } from '../ballot/room.ts'
import { type BallotRules, ballotRulesSchema } from '../ballot/rules.ts'
import { isPacked, sealedQuestion } from '../ballot/sealed-question.ts'
import { type ElectionParameters, serializeElection } from '../sealing/election.ts'
import { type Question, questionFormat } from '../sealing/question.ts'
import { ballotRulesOf, type Contest } from './contests.ts'
import type { Election } from './find-election.ts'

/**
 * A contest as the public election tells it: all that a voter's machine needs to seal a ballot, and a
 * stranger to count them again.
 */
export interface SealedContest {
  readonly title: string
  readonly method: string
  readonly seats: number
  /** Of the method. */
  readonly rules: Readonly<Record<string, unknown>>
  readonly ballot: BallotRules
  readonly options: readonly string[]
  /** The candidates of each list, in its order, where the options are lists that name them. */
  readonly lists?: readonly (readonly string[])[]
  /** Whether each voter is shown the options in another order. */
  readonly randomOrder?: true
  /** Whether papers are counted with the sealed ballots. */
  readonly paper?: true
  /** Millionths of a vote that one unit of the sealed count is worth; 1,000,000 where each voter has one vote. */
  readonly weightUnitMicros: number
}

/** What a question carries beside the protocol's own fields. */
const extraSchema = z.strictObject({
  urna: z.strictObject({
    method: z.string(),
    seats: z.int().check(z.positive()),
    rules: z.record(z.string(), z.unknown()),
    ballot: ballotRulesSchema,
    /** Only where the answers are the byte slots of a packed ballot. */
    options: z.optional(z.array(z.string()).check(z.minLength(1))),
    lists: z.exactOptional(z.array(z.array(z.string().check(z.minLength(1))))),
    randomOrder: z.exactOptional(z.literal(true)),
    paper: z.exactOptional(z.literal(true)),
    weightUnitMicros: z.int().check(z.positive()),
  }),
})

/** @param also.paper whether papers are counted with the sealed ballots */
export function sealedContestOf(
  contest: Contest,
  weightUnitMicros: number,
  also: { readonly paper?: boolean } = {},
): SealedContest {
  const { title, method, seats, rules } = contest
  const lists = contest.options.map(({ members }) => members)
  return {
    ...{ title, method, seats, rules, ballot: ballotRulesOf(contest) },
    options: contest.options.map((option) => option.name),
    ...(lists.some((members) => members.length > 0) && { lists }),
    ...(contest.random_order === 1 && { randomOrder: true }),
    ...(also.paper && { paper: true }),
    weightUnitMicros,
  }
}

/** The public election. @returns its one text */
export function sealElection(
  election: Pick<Election, 'title' | 'description' | 'uuid'>,
  options: { contests: readonly SealedContest[]; publicKey: string; organisation: string },
): string {
  return serializeElection({
    version: 1,
    description: election.description,
    name: election.title,
    group: 'Ed25519',
    public_key: options.publicKey,
    questions: options.contests.map(questionOf),
    uuid: election.uuid,
    administrator: options.organisation,
  })
}

/**
 * The contests of a public election, in order.
 * @returns undefined where a question says nothing of its method, contradicts what it says, or could not be
 * opened for voting: no election of urna's
 */
export function contestsOfSealedElection(parameters: ElectionParameters): SealedContest[] | undefined {
  const contests = parameters.questions.map(contestOf)
  return contests.every((contest) => contest !== undefined) ? contests : undefined
}

export function questionOf(contest: SealedContest): Question {
  const { title, method, seats, rules, ballot, options, lists, randomOrder, paper, weightUnitMicros } =
    contest
  const question = sealedQuestion({ title, options, rules: ballot })
  const extra = {
    urna: {
      ...{ method, seats, rules, ballot },
      ...(isPacked(ballot, options.length) && { options }),
      ...(lists && { lists }),
      ...(randomOrder && { randomOrder }),
      ...(paper && { paper }),
      weightUnitMicros,
    },
  }
  return 'type' in question ? { ...question, extra } : { type: 'Homomorphic', value: question, extra }
}

function contestOf(question: Question): SealedContest | undefined {
  const extra = extraSchema.safeParse(question.extra)
  if (question.type === 'Lists' || !extra.success) return undefined
  const { options = question.value.answers, ...said } = extra.data.urna
  const contest = { title: question.value.question, ...said, options }
  if (setUpFaultOf(contest.ballot, options.length) !== undefined) return undefined
  if (contest.lists !== undefined && contest.lists.length !== options.length) return undefined
  // Limits stand in the question, which the proofs enforce, and beside it: they must be the same.
  return questionFormat.write(questionOf(contest)) === questionFormat.write(question) ? contest : undefined
}
