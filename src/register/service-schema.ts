import { z } from 'zod'

/** Members on a page that is asked for; a service may send fewer. */
export const membersPerPage = 1000

const text = z.string().max(1000).nullish()

/** A member as a service tells of one. What is left out is empty. */
export const serviceMember = z.object({
  number: z.string().trim().min(1).max(100),
  name: z.string().max(1000),
  ...{ email: text, phone: text, status: text, region: text, chapter: text, district: text },
  /** An exact decimal, such as `1.25`: a number of JSON is none. */
  weight: z
    .string()
    .regex(/^\d{1,10}(\.\d{1,6})?$/)
    .nullish(),
  /** When the member joined. */
  joined: z.iso.date().nullish(),
  national_id: text,
  /** Anything else that an election may choose by. */
  custom: z.record(z.string().max(100), z.string().max(1000)).nullish(),
})

export type ServiceMember = z.infer<typeof serviceMember>

/** What `GET members?limit=…&after=…` answers. */
export const memberPage = z.object({
  members: z.array(serviceMember).max(10_000),
  /** What `after` is for the next page; null on the last. */
  next: z.string().min(1).max(500).nullable(),
  /** How many the whole list has. */
  total: z.int().nonnegative(),
  /** Names the state of the list: another one whenever it changed, and the same on all of its pages. */
  snapshot: z.string().regex(/^[\x21\x23-\x7e]{1,100}$/),
})

export type MemberPage = z.infer<typeof memberPage>
