import * as z from 'zod/mini'
import { ballotPaperSchema } from './ballot-paper-schema.ts'

/** What a page that works without a network carries inside. */
export const offlinePageSchema = z.object({
  paper: ballotPaperSchema,
  /** The published list of credentials; null where the page was made of the election alone. */
  credentials: z.nullable(z.string()),
})

export type OfflinePage = z.infer<typeof offlinePageSchema>
