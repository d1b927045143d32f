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
import { apiAddress } from '../shared/addresses.ts'
import { type Answer, ask, posted } from '../shared/answers.ts'

/** What the page asks of the server. Nothing of it holds a token or a choice that is not sealed. */
export interface VotingServer {
  paper(): Promise<Answer<BallotPaper>>
  /** The published list of credentials, as JSON. */
  credentials(): Promise<Answer<string>>
  /** What is to be signed to have a one-time code sent. */
  challenge(): Promise<Answer<string>>
  askForCode(request: CodeRequest): Promise<Answer<unknown>>
  cast(ballot: string, code: string | undefined): Promise<Answer<Receipt>>
}

/** @param slug of the election */
export function votingServer(slug: string): VotingServer {
  const address = (topic: string) => apiAddress(slug, `${topic}/`)
  // Complete since the opening, and nobody can add to it: once is enough.
  let listed: string | undefined
  return {
    paper: () => ask(address('ballot'), ballotPaperSchema),
    credentials: async () => {
      if (listed !== undefined) return { kind: 'answer', value: listed }
      const answer = await ask(address('credentials'), z.array(z.string()))
      if (answer.kind !== 'answer') return answer
      listed = JSON.stringify(answer.value)
      return { ...answer, value: listed }
    },
    challenge: async () => {
      const answer = await ask(address('challenge'), challengeSchema)
      return answer.kind === 'answer' ? { ...answer, value: answer.value.challenge } : answer
    },
    askForCode: (asked) => ask(address('codes'), codeReplySchema, posted(asked)),
    cast: (ballot, code) =>
      ask(address('votes'), receiptSchema, posted({ ballot, ...(code !== undefined && { code }) })),
  }
}
