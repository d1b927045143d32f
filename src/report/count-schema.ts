import { z } from 'zod'
import { round, tieEnd, votes } from './tabulation-schema.ts'

/** What `urna count --json` prints. */

const name = z.string()
const names = z.array(name).describe('Names of options.')
const votesByName = z.record(name, votes)

const tieQuestion = z.strictObject({
  round: round.describe('The round that the choice begins.'),
  to: tieEnd.describe('What the chosen get.'),
  among: names,
  choose: z.int().positive().describe('How many of them have to be chosen.'),
})

const tieDecision = z.discriminatedUnion('by', [
  z.strictObject({ by: z.enum(['backwards', 'forwards']), rounds: z.array(round) }),
  z.strictObject({ by: z.enum(['order given', 'ask']) }),
  z.strictObject({
    by: z.literal('lot'),
    seed: z.string(),
    tickets: z.record(name, z.string()).describe('SHA-256; the lowest are chosen.'),
  }),
  z.strictObject({
    by: z.literal('pseudo-random'),
    numbers: z.record(name, z.int()).describe('The lowest are chosen.'),
  }),
  z.strictObject({
    by: z.literal('comparison'),
    of: z.string().describe('What the method compared, as it follows "by".'),
    figures: z.record(name, z.string()),
  }),
])

const tie = tieQuestion.extend({
  decisions: z.array(tieDecision),
  chosen: names.exactOptional().describe('Absent while the tie is open.'),
  sentence: z.string(),
})

const transfer = z.strictObject({
  from: name,
  to: votesByName,
  kept: votes,
  exhausted: votes,
  nonTransferable: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .describe('Votes lost to rounding; less than nothing where some come back.'),
  values: z.array(z.strictObject({ before: votes, after: votes })),
})

const countRound = z.strictObject({
  round,
  action: z.strictObject({
    kind: z.string().describe('What the round did before its votes were counted.'),
    options: names,
    value: votes
      .exactOptional()
      .describe('Of the papers that moved, where an exclusion takes a round for each value.'),
  }),
  votes: votesByName.describe('At the end of the round; empty where options are compared in pairs.'),
  elected: names,
  excluded: names,
  nonTransferable: votes.describe('Lost to rounding so far.'),
  exhausted: votes.describe('Exhausted so far.'),
  inactive: z
    .strictObject({ overvotes: votes, skippedRanks: votes, repeatedOptions: votes, noChoiceLeft: votes })
    .exactOptional()
    .describe('Why ballots count for nobody.'),
  quota: votes.exactOptional().describe('What elects in this round.'),
  surplus: votes.exactOptional().describe('Votes above the quota that are not yet transferred.'),
  transfers: z.array(transfer),
  traced: votesByName.exactOptional().describe('Where the traced ballot lies at the end of the round.'),
  sentence: z.string(),
})

const outcome = z.strictObject({
  kind: z.enum(['decided', 'tied', 'runoff']),
  tie: tieQuestion.exactOptional().describe('The tie that the rules leave open.'),
  contenders: names.exactOptional().describe('Those who go on to a runoff.'),
  sentence: z.string(),
})

/** What the counts of one file share. */
const counted = {
  title: z.string().describe('As the file has it; empty where it has none.'),
  options: names,
  withdrawn: names,
  seats: z.int().positive(),
  seatsFrom: z.enum(['request', 'file', 'assumption']),
  seed: z.string().exactOptional().describe('Of the lot.'),
  file: z.strictObject({
    name: z.string(),
    format: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  warnings: z.array(
    z.strictObject({ line: z.int().nonnegative(), column: z.int().nonnegative(), message: z.string() }),
  ),
  remarks: z.array(z.string()).describe('What was assumed or made of the ballots before the count.'),
  urna: z.string().describe('The version that counted.'),
}

export const countSchema = z.strictObject({
  method: z.string(),
  quota: votes.nullable().describe('Of the last round that has one.'),
  winners: z
    .array(z.strictObject({ name, round }))
    .describe('In the order of their election; a list as often as it wins a seat.'),
  outcome,
  rounds: z.array(countRound),
  ties: z.array(tie).describe('Every tie that the count met, and how it was decided.'),
  statistics: z.strictObject({
    valid: votes,
    blank: votes,
    invalid: votes,
    exhausted: votes,
    overvotes: votes,
  }),
  statuses: z.record(
    name,
    z.strictObject({
      kind: z.enum(['elected', 'excluded', 'contender', 'not elected', 'open', 'withdrawn']),
      round: round.exactOptional(),
    }),
  ),
  ranking: z.array(names).exactOptional().describe('Best first, equals together, before ties are decided.'),
  seatsWon: z
    .record(name, z.int().nonnegative())
    .exactOptional()
    .describe('Where options are lists: the seats of each; 0 for a candidate.'),
  pairwise: z
    .strictObject({
      votes: z.record(name, votesByName).describe('Ballots that prefer the first to the second.'),
      strengths: z.record(name, z.record(name, z.string())).exactOptional(),
    })
    .exactOptional(),
  workings: z
    .array(
      z.strictObject({ title: z.string(), head: z.array(z.string()), rows: z.array(z.array(z.string())) }),
    )
    .exactOptional()
    .describe('Tables of what the method worked out.'),
  committees: z
    .array(names)
    .exactOptional()
    .describe('Every committee that the rules hold for equally good.'),
  trace: z
    .strictObject({
      ballot: z.string(),
      says: z.string(),
      rounds: z.array(z.strictObject({ round, sentence: z.string() })),
      remark: z.string().exactOptional(),
    })
    .exactOptional(),
  methodTitle: z.string(),
  source: z.string(),
  rules: z.record(z.string(), z.unknown()).describe('All of them, defaults included.'),
  ...counted,
})

/** What `urna count --compare --json` prints. */
export const comparisonSchema = z.strictObject({
  methods: z.array(
    z.strictObject({
      method: z.string(),
      methodTitle: z.string(),
      outcome: z.enum(['decided', 'tied', 'runoff', 'refused']),
      winners: names,
      rounds: z.int().nonnegative(),
      sentence: z.string(),
    }),
  ),
  electedByAll: names.describe('By all methods that count such ballots.'),
  electedBySome: z.record(name, z.array(z.string())).describe('The methods that elect each of the others.'),
  ...counted,
})
