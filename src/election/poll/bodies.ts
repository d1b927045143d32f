import { z } from 'zod'

const groups = z.array(z.int()).max(1000)
const config = z.record(z.string(), z.unknown())

/** What may be said of a poll when it is made, and changed later on. */
const changeable = {
  title: z.string().trim().max(500).optional(),
  method: z.string().max(100).optional(),
  method_config: config.optional(),
  option_type: z.string().max(100).optional(),
  options: z
    .array(z.union([z.string().max(500), z.int()]))
    .max(1000)
    .optional()
    .meta({ description: 'Texts, or with the type meeting_user numbers of members.' }),
  visibility: z.string().max(100).optional(),
  entitled_group_ids: groups.optional().meta({ description: 'The statuses of the members who may vote.' }),
  live_voting_enabled: z.boolean().optional(),
  allow_vote_split: z.boolean().optional(),
  allow_invalid: z.boolean().optional(),
  result: z
    .record(z.string(), z.union([z.string().max(40), z.int().nonnegative()]))
    .optional()
    .meta({ description: 'Of a manual poll: votes by option id or answer.' }),
  users_enable_vote_delegations: z
    .boolean()
    .optional()
    .meta({ description: 'Of the meeting. Whether a vote that is given away may be cast by who has it.' }),
  users_forbid_delegator_to_vote: z
    .boolean()
    .optional()
    .meta({ description: 'Of the meeting. Whether who gave the vote away casts none.' }),
  users_enable_vote_weight: z
    .boolean()
    .optional()
    .meta({ description: 'Of the meeting. Without it everybody has one vote.' }),
}

/** Fields that are missing are told one by one, in the words of the service. */
export const createBodySchema = z.strictObject({
  ...changeable,
  content_object_id: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'motion/5, assignment/5 or topic/5' }),
  meeting_id: z.int().optional(),
  config: config.optional().meta({ description: 'What method_config was called, with the options in it.' }),
})

/** What is left out stays as it is. */
export const updateBodySchema = z.strictObject(changeable)

export const voteBodySchema = z.strictObject({
  meeting_user_id: z
    .union([z.int(), z.string().max(200)])
    .optional()
    .meta({ description: 'Number of the member whose vote is cast; without it, of who casts it.' }),
  value: z.unknown().meta({ description: 'The ballot, as the method of the poll has it.' }),
  split: z.boolean().optional().meta({ description: 'Whether value divides the weight.' }),
})

export type CreateBody = z.infer<typeof createBodySchema>
export type UpdateBody = z.infer<typeof updateBodySchema>
export type VoteBody = z.infer<typeof voteBodySchema>
