import * as z from 'zod/mini'
import {
  type BallotPaper,
  ballotPaperSchema,
  type CodeRequest,
  challengeSchema,
  codeReplySchema,
  type Receipt,
  receiptSchema,
} from '../../src/voting/ballot-paper-schema.ts'
import { type Outcome, request } from './requests.ts'

/** What the page asks of the server. Nothing of it holds a token or a choice that is not sealed. */
export interface VotingServer {
  paper(): Promise<Outcome<BallotPaper>>
  /** The published list of credentials, as JSON. */
  credentials(): Promise<Outcome<string>>
  /** What is to be signed to have a one-time code sent. */
  challenge(): Promise<Outcome<string>>
  askForCode(request: CodeRequest): Promise<Outcome<unknown>>
  cast(ballot: string, code: string | undefined): Promise<Outcome<Receipt>>
}

/** @param slug of the election */
export function votingServer(slug: string): VotingServer {
  const address = (topic: string) => `/api/elections/${encodeURIComponent(slug)}/${topic}/`
  return {
    paper: () => request(address('ballot'), ballotPaperSchema),
    credentials: async () => {
      const outcome = await request(address('credentials'), z.array(z.string()))
      return outcome.kind === 'answer' ? { ...outcome, answer: JSON.stringify(outcome.answer) } : outcome
    },
    challenge: async () => {
      const outcome = await request(address('challenge'), challengeSchema)
      return outcome.kind === 'answer' ? { ...outcome, answer: outcome.answer.challenge } : outcome
    },
    askForCode: (asked) => request(address('codes'), codeReplySchema, asked),
    cast: (ballot, code) =>
      request(address('votes'), receiptSchema, { ballot, ...(code !== undefined && { code }) }),
  }
}
