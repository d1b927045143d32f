import * as z from 'zod'
import { tieEnds } from '../tabulation/ties.ts'

/** The tabulation of a contest as it is stored and published: `Tabulation` of the tabulation area, checked. */

const option = z.int().nonnegative().describe('Position of an option in `options`, from 0.')
export const votes = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .describe('Votes: an exact decimal.')
export const round = z.int().positive()

export const tieEnd = z.enum(tieEnds)

const tieDecision = z.discriminatedUnion('by', [
  z.strictObject({ by: z.enum(['backwards', 'forwards']), rounds: z.array(round) }),
  z.strictObject({ by: z.enum(['order given', 'ask']) }),
  z.strictObject({
    by: z.literal('lot'),
    seed: z.string(),
    tickets: z.array(z.strictObject({ option, ticket: z.string() })),
  }),
  z.strictObject({
    by: z.literal('pseudo-random'),
    numbers: z.array(z.strictObject({ option, number: z.int() })),
  }),
  z.strictObject({
    by: z.literal('comparison'),
    of: z.string().describe('What the method compared, as it follows "by".'),
    figures: z.array(z.strictObject({ option, figure: z.string() })),
  }),
])

const tieQuestion = z.strictObject({
  method: z.string(),
  round,
  to: tieEnd,
  among: z.array(option),
  choose: z.int().positive(),
})

const tie = tieQuestion.extend({
  chosen: z.array(option).exactOptional().describe('Absent while the tie is open.'),
  decisions: z.array(tieDecision),
})

const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('decided') }),
  z.strictObject({ kind: z.literal('tied'), tie: tieQuestion }),
  z.strictObject({ kind: z.literal('runoff'), contenders: z.array(option) }),
])

const optionStatus = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['elected', 'excluded']), round }),
  z.strictObject({ kind: z.enum(['contender', 'not elected', 'open', 'withdrawn']) }),
])

const transfer = z.strictObject({
  from: option,
  to: z.array(z.strictObject({ option, votes })),
  exhausted: votes,
  loss: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .describe('Votes lost to rounding, an exact decimal; less than nothing where some come back.'),
  kept: votes,
  values: z.array(z.strictObject({ before: votes, after: votes })),
})

const roundAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['count', 'compare']) }),
  z.strictObject({ kind: z.literal('keep'), options: z.array(option) }),
  z.strictObject({
    kind: z.literal('exclude'),
    options: z.array(option),
    value: votes
      .exactOptional()
      .describe('Of the papers that moved, where an exclusion takes a round for each value.'),
  }),
  z.strictObject({ kind: z.enum(['surplus', 'choose']), option }),
  z.strictObject({ kind: z.literal('runoff'), options: z.array(option) }),
])

const inactiveVotes = z
  .strictObject({ overvotes: votes, skippedRanks: votes, repeatedOptions: votes, noChoiceLeft: votes })
  .describe('Why ballots count for nobody: the exhausted, and those on which no preference ever counted.')

const roundSchema = z.strictObject({
  number: round,
  action: roundAction,
  votes: z.array(votes),
  exhausted: votes,
  loss: votes,
  inactive: inactiveVotes.exactOptional(),
  quota: votes.exactOptional(),
  surplus: votes.exactOptional(),
  elected: z.array(option),
  transfers: z.array(transfer),
  traced: z
    .array(z.strictObject({ option, votes }))
    .exactOptional()
    .describe('Where the traced ballot lies at the end of the round; empty when it is exhausted.'),
  sentence: z.string(),
})

export const tabulationSchema = z.strictObject({
  method: z.string(),
  options: z.array(z.string()),
  seats: z.int().positive(),
  outcome,
  winners: z.array(z.strictObject({ option, round })),
  statuses: z.array(optionStatus),
  rounds: z.array(roundSchema),
  ties: z.array(tie),
  statistics: z.strictObject({
    valid: votes,
    blank: votes,
    invalid: votes,
    exhausted: votes,
    overvotes: votes,
  }),
  ranking: z.array(z.array(option)).exactOptional(),
  seatsWon: z
    .array(z.int().nonnegative())
    .exactOptional()
    .describe('By option, where options are lists: the seats of the list.'),
  pairwise: z
    .strictObject({ votes: z.array(z.array(votes)), strengths: z.array(z.array(z.string())).exactOptional() })
    .exactOptional(),
  workings: z
    .array(
      z.strictObject({ title: z.string(), head: z.array(z.string()), rows: z.array(z.array(z.string())) }),
    )
    .exactOptional()
    .describe('Tables of what the method worked out, for people.'),
  committees: z
    .array(z.array(option))
    .exactOptional()
    .describe('Every committee that the rules hold for equally good.'),
})

const spelling = z.strictObject({ spelling: z.string(), ballots: z.int().positive() })

const writeIns = z.strictObject({
  written: z
    .array(z.strictObject({ option, spellings: z.array(spelling) }))
    .describe(
      'How the options were written that voters wrote in; a name written like a printed one is that one.',
    ),
  setAside: z.array(spelling).describe('Names that count for nobody.'),
  decisions: z
    .array(z.strictObject({ spelling: z.string(), to: z.string().nullable() }))
    .describe('Whose a name is that was written otherwise; null where it is set aside.'),
})

const wayFigures = z.strictObject({
  votes: z
    .array(z.int().nonnegative())
    .describe('By option; empty where one number says nothing of an option.'),
  valid: z.int().nonnegative(),
  blank: z.int().nonnegative(),
  invalid: z.int().nonnegative(),
})

const ways = z
  .strictObject({
    figure: z.enum(['votes', 'first preferences', 'points', 'none']).describe('What `votes` are.'),
    online: wayFigures,
    paper: wayFigures,
  })
  .describe(
    'What was cast online and what on paper, where papers are counted; the count is of both together.',
  )

/** As the file stores it: with the opened ballots that could not stand, and what became of names written in. */
export const storedTabulationSchema = tabulationSchema.extend({
  invalidBallots: z.array(z.strictObject({ reason: z.string(), ballots: z.int().positive() })),
  writeIns: writeIns.exactOptional(),
  ways: ways.exactOptional(),
})

export type StoredTabulation = z.infer<typeof storedTabulationSchema>

/** Beside the winners. */
export const vacantByOption = z
  .string()
  .nullable()
  .describe('The option that stands for none of the others, where it won and the seat stays vacant.')
