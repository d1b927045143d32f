import { z } from 'zod'
import { eligibilitySchema } from '../register/eligibility.ts'
import { approvedDeeds } from './approval-subject.ts'
import { rightsShape } from './rights.ts'
import { visibilities } from './secrecy.ts'
import { slugPattern } from './slug.ts'
import { parseThreshold } from './threshold.ts'
import { isZone } from './zoned-time.ts'

/** Each message completes "`field` must be …". */
const text = z.string('a text; put it in quotes if it looks like a number or a date')
const name = text
  .trim()
  .normalize('NFC')
  .min(1, 'a text that is not empty')
  .max(500, 'at most 500 characters')
  .regex(/^\P{Cc}*$/u, 'a text without control characters')
const count = z.int('a whole number').min(1, '1 or more')
const optionalText = text.trim().min(1, 'a text that is not empty').nullish()

export const candidateSchema = z.strictObject({
  name,
  statement: text.optional(),
  party: optionalText,
  symbol: optionalText,
  birth_date: z.iso.date('a date, such as 1980-05-31').nullish(),
  district: optionalText,
  slate: optionalText,
  /** The candidates of a list, in its order. */
  members: z.array(name, 'a list').optional(),
  /** A picture, in a file beside this one. */
  photo: optionalText,
})

const contestFields = z.strictObject({
  title: name,
  description: text.optional(),
  method: name.optional(),
  /** A question with two answers; what else it needs follows from that. */
  motion: z.boolean('true or false').optional(),
  seats: count.optional(),
  min: count.optional(),
  max: count.optional(),
  /** Both at once. */
  exact: count.optional(),
  blank: z.boolean('true or false').optional(),
  /** What a blank ballot is called. */
  blank_name: name.optional(),
  /** What the option is called that stands for none of the others. */
  none: name.optional(),
  /** What the grades are called, the worst first. */
  grades: z.array(name, 'a list').optional(),
  write_in: z.boolean('true or false').optional(),
  random_order: z.boolean('true or false').optional(),
  threshold: text
    .refine(
      (share) => parseThreshold(share) !== undefined,
      'a share, such as "more than 1/2" or "at least 60%"',
    )
    .optional(),
  rules: z.record(z.string(), z.unknown()).optional(),
})

const nameOrEntry = 'a name, or an entry with a name'

type ContestFields = z.infer<typeof contestFields>

function fieldsAgree({ value, issues }: z.core.ParsePayload<ContestFields>): void {
  const wrong = (field: keyof ContestFields, message: string) =>
    issues.push({ code: 'custom', input: value[field], path: [field], message })
  if (value.method === undefined && value.motion !== true) {
    wrong('method', 'an id of urna method list, or motion: true')
  }
  if (value.exact !== undefined && (value.min ?? value.max) !== undefined) {
    wrong('exact', 'alone: leave out min and max')
  }
  if (value.threshold !== undefined && value.rules?.threshold !== undefined) {
    wrong('threshold', 'here or under rules, not in both places')
  }
}

/** As a request describes a candidate or a contest: a server reads no files for others. */
export const candidateRequestSchema = candidateSchema.omit({ photo: true })
export const contestRequestSchema = contestFields
  .extend({ candidates: z.array(z.union([name, candidateRequestSchema], nameOrEntry), 'a list').optional() })
  .check(fieldsAgree)

export const contestSchema = contestFields
  .extend({
    candidates: z.array(z.union([name, candidateSchema], nameOrEntry), 'a list').optional(),
    candidates_file: name.optional(),
  })
  .check(fieldsAgree)

/** How a voter gets the one-time code that a ballot over the network needs. */
export const codeWays = ['none', 'email', 'sms'] as const

/** A whole election in one file, as an officer writes it. */
export const electionConfigSchema = z.strictObject({
  title: name,
  description: text.optional(),
  slug: text.regex(slugPattern, 'lower-case letters, figures and hyphens, such as board-2026').optional(),
  zone: text.refine(isZone, 'the name of a time zone, such as Europe/Madrid').optional(),
  opens: text.optional(),
  closes: text.optional(),
  recast: z.enum(['last-counts', 'refuse'], 'last-counts or refuse').optional(),
  code: z.enum(codeWays, 'none, email or sms').optional(),
  /** Who may see who voted what. */
  visibility: z.enum(visibilities, 'secret, open, named or manual').optional(),
  allow_invalid: z.boolean('true or false').optional(),
  live_voting: z.boolean('true or false').optional(),
  ...rightsShape,
  /** Whether it only tries everything out. */
  rehearsal: z.boolean('true or false').optional(),
  /** What needs the approval of a second officer. */
  two_officers: z.array(z.enum(approvedDeeds, 'close, publish, certify or purge'), 'a list').optional(),
  /** How many days who the voters were is kept, once it is over; without it, as long as the organisation says. */
  keep_days: z.int('a whole number of days').min(0, '0 or more').max(36_500, 'at most 36500').nullish(),
  eligibility: eligibilitySchema.optional(),
  contests: z.array(contestSchema, 'a list').optional(),
  /** Names, for people: a trustee's key comes from the trustee. */
  trustees: z.array(name, 'a list').optional(),
})

export type ElectionConfig = z.infer<typeof electionConfigSchema>
export type ContestConfig = z.infer<typeof contestSchema>
export type CandidateConfig = z.infer<typeof candidateSchema>
