import { z } from 'zod'
import { slugPattern } from '../election/slug.ts'

/** What paths name an election by. */
export const electionAddress = z.strictObject({
  id: z.string().regex(slugPattern).meta({ description: 'Short name, such as board-2026.' }),
})
