import * as z from 'zod'
import { secrecySchema } from '../election/secrecy.ts'
import { standings } from '../election/standing.ts'
import { paperRecordSchema } from '../voting/paper/paper-schema.ts'
import { storedTabulationSchema, vacantByOption } from './tabulation-schema.ts'

const moment = z.string().nullable().describe('ISO 8601 in UTC.')
const hash = z.string().regex(/^[0-9a-f]{64}$/)

const turnout = z.strictObject({
  voters: z.int().nonnegative().describe('On the electoral roll, those struck off it left out.'),
  voted: z.int().nonnegative(),
})

/** A part of the roll, such as a region. */
const unitTurnout = turnout.extend({
  unit: z.enum(['region', 'chapter', 'district']),
  name: z.string().nullable().describe('Null for the small ones together, and whoever is of none.'),
})

const option = z.strictObject({
  name: z.string(),
  party: z.string().nullable(),
  slate: z.string().nullable(),
  district: z.string().nullable(),
  none: z.boolean().describe('Whether it stands for none of the others.'),
})

const contest = z.strictObject({
  position: z.int().positive(),
  title: z.string(),
  description: z.string(),
  method: z.strictObject({ id: z.string(), title: z.string(), source: z.string() }),
  rules: z.record(z.string(), z.unknown()),
  seats: z.int().positive(),
  options: z.array(option),
  blankName: z.string().nullable().describe('What a blank ballot is called, where it has a name of its own.'),
  winners: z.array(z.string()).describe('In the order of their election.'),
  vacantBy: vacantByOption,
  tabulation: storedTabulationSchema,
})

/** Who voted what, where that is published. */
const namedVote = z.strictObject({
  number: z.string().describe('Of the voter on the roll.'),
  name: z.string(),
  weight: z.string().describe('In votes.'),
  choices: z.array(z.string()).describe('What the voter chose in each contest, in words.'),
  actedBy: z.string().optional().describe('Who cast it in the stead of the voter: number and name.'),
})

/** The result of an election: what `urna export json` writes, and the other exports are made from. */
export const resultSchema = z.strictObject({
  format: z.literal('urna-result'),
  version: z.literal(1),
  election: z.strictObject({
    slug: z.string(),
    uuid: z.string(),
    title: z.string(),
    description: z.string(),
    organisation: z.string(),
    status: z.enum(['tallied', 'certified', 'archived']),
    zone: z.string().describe('IANA name of the time zone in which its times are told.'),
    openedAt: moment,
    closedAt: moment,
    talliedAt: moment,
    certifiedAt: moment,
    standing: z.enum(standings).describe('How far anybody may rely on it: nobody is elected by a rehearsal.'),
    standingSentence: z.string().describe('The same in words.'),
    runoffOf: z.string().nullable(),
  }),
  turnout: turnout.extend({ units: z.array(unitTurnout) }),
  ballots: z.strictObject({
    counted: z.int().nonnegative(),
    replaced: z.int().nonnegative().describe('Ballots that a later one of the same voter replaced.'),
  }),
  trustees: z.array(
    z.strictObject({
      position: z.int().positive(),
      name: z.string(),
      kind: z.enum(['server', 'person']),
      publicKey: hash,
    }),
  ),
  board: z.strictObject({
    head: hash.describe('SHA-256 of the last event of the public archive.'),
    fingerprint: z.string().describe('Of the public election: SHA-256 in unpadded Base64.'),
    auditHead: hash.describe(
      'Of the audit log, at the last step of the election: `urna audit verify --head` finds it.',
    ),
  }),
  secrecy: z.strictObject({
    kind: secrecySchema.shape.kind,
    sentence: z.string().describe('What is known of who voted how.'),
  }),
  enteredBy: z
    .strictObject({ officer: z.string(), at: z.string() })
    .nullable()
    .describe('Who typed the result in; null where ballots were counted.'),
  votes: z.array(namedVote).nullable().describe('Of a vote by name; null where nobody is to know.'),
  paper: paperRecordSchema
    .exactOptional()
    .describe('The papers, batch by batch, where papers are counted with the sealed ballots.'),
  contests: z.array(contest),
})

export type ElectionResultDocument = z.infer<typeof resultSchema>
export type ContestResult = ElectionResultDocument['contests'][number]

/** The published JSON Schema of `urna export json`. */
export function resultJsonSchema(): unknown {
  return { title: 'Result of an election', ...z.toJSONSchema(resultSchema) }
}
