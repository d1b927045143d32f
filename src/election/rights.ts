import { z } from 'zod'

/** Each message completes "`field` must be …". */
const yes = z.boolean('true or false').optional()

/** How rights are exercised, as an election's file says it; what is left out is as in `usualRights`. */
export const rightsShape = {
  /** Whether voters may give their vote to another member. */
  allow_delegation: yes,
  /** How many voters one person may represent. */
  max_represented: z.int('a whole number').min(1, '1 or more').nullish(),
  /** Whether who gave the vote away may not cast it any more. */
  forbid_delegator_to_vote: yes,
  /** Whether only those who are present may cast a ballot. */
  presence_required: yes,
  /** Whether a ballot may divide its weight among several choices. */
  allow_vote_split: yes,
  /** Whether everybody has one vote, whatever members weigh. */
  equal_weights: yes,
  /** Whether voters may vote on paper, which is counted with the ballots that are cast here. */
  paper_ballots: yes,
}

const rightsSchema = z.strictObject(rightsShape)
type RightsFields = z.infer<typeof rightsSchema>

export interface Rights {
  readonly allowDelegation: boolean
  /** Null for any number. */
  readonly maxRepresented: number | null
  readonly forbidDelegatorToVote: boolean
  readonly presenceRequired: boolean
  readonly allowVoteSplit: boolean
  readonly equalWeights: boolean
  readonly paperBallots: boolean
}

export function rightsOf(election: { rights: string }): Rights {
  return rightsOfFields(rightsSchema.parse(JSON.parse(election.rights)))
}

/** @param fields of the file of an election, others among them */
export function rightsOfFields(fields: RightsFields): Rights {
  return {
    allowDelegation: fields.allow_delegation ?? false,
    maxRepresented: fields.max_represented ?? null,
    forbidDelegatorToVote: fields.forbid_delegator_to_vote ?? false,
    presenceRequired: fields.presence_required ?? false,
    allowVoteSplit: fields.allow_vote_split ?? false,
    equalWeights: fields.equal_weights ?? false,
    paperBallots: fields.paper_ballots ?? false,
  }
}

/** What the election's file says of them. */
export function rightsFields(rights: Rights): RightsFields {
  return {
    ...(rights.allowDelegation && { allow_delegation: true }),
    ...(rights.maxRepresented !== null && { max_represented: rights.maxRepresented }),
    ...(rights.forbidDelegatorToVote && { forbid_delegator_to_vote: true }),
    ...(rights.presenceRequired && { presence_required: true }),
    ...(rights.allowVoteSplit && { allow_vote_split: true }),
    ...(rights.equalWeights && { equal_weights: true }),
    ...(rights.paperBallots && { paper_ballots: true }),
  }
}

/** Nothing is given away or divided, and nobody need be anywhere. */
export const usualRights = rightsOfFields({})

export const rightsOutput = z.strictObject({
  allowDelegation: z.boolean(),
  maxRepresented: z.int().nullable(),
  forbidDelegatorToVote: z.boolean(),
  presenceRequired: z.boolean(),
  allowVoteSplit: z.boolean(),
  equalWeights: z.boolean(),
  paperBallots: z.boolean(),
})

/** One sentence on each that is not usual, for whoever looks at an election. */
export function rightsSentences({
  allowDelegation,
  maxRepresented,
  forbidDelegatorToVote,
  presenceRequired,
  allowVoteSplit,
  equalWeights,
  paperBallots,
}: Rights): string[] {
  const limit = maxRepresented === null ? '' : `, ${maxRepresented} to one person at most`
  const gave = forbidDelegatorToVote ? '; who gave it away casts none' : ''
  return [
    ...(allowDelegation ? [`votes may be given to another member${limit}${gave}`] : []),
    ...(presenceRequired ? ['only who is present may cast a ballot'] : []),
    ...(allowVoteSplit ? ['a ballot may divide its weight'] : []),
    ...(equalWeights ? ['everybody has one vote'] : []),
    ...(paperBallots ? ['papers are counted with the ballots that are cast here'] : []),
  ]
}
