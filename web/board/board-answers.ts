import * as z from 'zod/mini'
import { secrecySchema } from '../../src/election/secrecy.ts'
import { apiAddress } from '../shared/addresses.ts'
import { type Answer, ask } from '../shared/answers.ts'

const listedBallot = z.object({ trackingCode: z.string(), counts: z.boolean() })

const boardPage = z.object({
  election: z.string(),
  title: z.string(),
  uuid: z.string(),
  status: z.string(),
  fingerprint: z.string(),
  head: z.object({ hash: z.string(), height: z.number() }),
  auditHead: z.nullable(z.string()),
  archive: z.nullable(z.string()),
  secrecy: secrecySchema.shape.kind,
  ballots: z.number(),
  counting: z.number(),
  list: z.array(listedBallot),
  next: z.nullable(z.number()),
})

export type Board = z.infer<typeof boardPage>
export type ListedBallot = z.infer<typeof listedBallot>

export function askBoard(slug: string, after: number): Promise<Answer<Board>> {
  return ask(apiAddress(slug, `board/?after=${after}`), boardPage)
}

export function askBallot(slug: string, code: string): Promise<Answer<Board>> {
  return ask(apiAddress(slug, `board/?code=${encodeURIComponent(code)}`), boardPage)
}
