import * as z from 'zod/mini'
import { setUpFaultOf } from '../ballot/room.ts'
import { ballotRulesSchema } from '../ballot/rules.ts'
import { jsonOf } from '../json-of.ts'
import { base64Unpadded } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'
import type { SealedContest } from './sealed-election.ts'

const format = 'urna-election'

const contestSchema = z.strictObject({
  title: z.string(),
  method: z.string(),
  seats: z.int().check(z.positive()),
  rules: z.record(z.string(), z.unknown()),
  ballot: ballotRulesSchema,
  options: z.array(z.string()).check(z.minLength(1)),
  lists: z.exactOptional(z.array(z.array(z.string().check(z.minLength(1))))),
  randomOrder: z.exactOptional(z.literal(true)),
  weightUnitMicros: z.int().check(z.positive()),
})

const electionSchema = z.strictObject({
  format: z.literal(format),
  version: z.literal(1),
  uuid: z.string().check(z.regex(/^[1-9A-HJ-NP-Za-km-z]{14,}$/)),
  name: z.string(),
  description: z.string(),
  organisation: z.string(),
  visibility: z.enum(['open', 'named', 'manual']),
  /** Whether ballots that break the rules are taken, and counted as invalid. */
  allowInvalid: z.boolean(),
  /** Whether officers see votes while they come in. */
  liveVoting: z.boolean(),
  /** Whether a ballot may divide its weight among several choices. */
  voteSplit: z.exactOptional(z.literal(true)),
  contests: z.array(contestSchema).check(z.minLength(1)),
})

/** A public election whose ballots are not sealed: what each of them refers to and is signed for. */
export interface ClearElection {
  /** The one text of it that is published and hashed. */
  readonly json: string
  /** SHA-256 of the text, in unpadded Base64. */
  readonly fingerprint: string
  readonly parameters: z.infer<typeof electionSchema>
}

/** @returns its one text */
export function writeClearElection(
  election: Omit<ClearElection['parameters'], 'format' | 'version' | 'contests'> & {
    readonly contests: readonly SealedContest[]
  },
): string {
  return JSON.stringify(electionSchema.parse({ format, version: 1, ...election }))
}

/** Whether a text is meant to be an election whose ballots are not sealed, well-formed or not. */
export function looksClear(json: string): boolean {
  return json.startsWith(`{"format":"${format}"`)
}

/** @returns the election, or why its text is refused, in a word */
export function parseClearElection(group: Group, json: string): ClearElection | { readonly refused: string } {
  const parameters = electionSchema.safeParse(jsonOf(json)).data
  if (parameters === undefined) return { refused: 'wrong-shape' }
  // One text alone has the fingerprint that people compare.
  if (JSON.stringify(parameters) !== json) return { refused: 'not-canonical' }
  const wrong = parameters.contests.some(
    ({ ballot, options, lists }) =>
      setUpFaultOf(ballot, options.length) !== undefined ||
      (lists !== undefined && lists.length !== options.length),
  )
  if (wrong) return { refused: 'wrong-shape' }
  return { json, parameters, fingerprint: base64Unpadded(group.sha256().update(json).digest()) }
}
