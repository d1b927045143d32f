import { z } from 'zod'
import { priorities } from './notices.ts'

export const notificationListOutput = z.strictObject({
  organisation: z.string(),
  /** How many are not read, of all that there are. */
  unread: z.int().nonnegative(),
  /** The latest first. */
  notifications: z.array(
    z.strictObject({
      id: z.int().positive(),
      at: z.string(),
      /** Such as election.opened. */
      type: z.string(),
      priority: z.enum(priorities),
      /** Null for what is of the server. */
      election: z.string().nullable(),
      text: z.string(),
      read: z.boolean(),
    }),
  ),
})

export const notificationReadOutput = z.strictObject({
  organisation: z.string(),
  /** How many were not read before. */
  read: z.int().nonnegative(),
})
