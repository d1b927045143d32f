import { z } from 'zod'
import { slugPattern } from '../election/slug.ts'
import { readTextInput } from '../interchange/read-input.ts'
import { jsonOf } from '../json-of.ts'
import { CredentialsInvalid, TokenRequestInvalid } from './refusals.ts'

/**
 * The two files that pass between the officer of an election and the credential officer, who makes the tokens on a
 * machine of their own: who gets one, and then the public halves. Neither holds a token.
 */

const uuids = z
  .array(z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{14,}$/))
  .min(1)
  .max(50)
const position = z.int().positive().max(10_000_000)

const requestSchema = z.strictObject({
  kind: z.literal('urna-token-request'),
  election: z.strictObject({
    slug: z.string().regex(slugPattern),
    title: z.string(),
    /** Of the election and of the runoffs that it may have: a token has a public half for each. */
    uuids,
  }),
  voters: z.array(
    z.strictObject({
      number: z.string().min(1),
      name: z.string(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
    }),
  ),
  /** Numbers of the reserve tokens to be made: the first is R-001. */
  reserve: z.array(position),
})
export type TokenRequest = z.infer<typeof requestSchema>

const credentials = z.array(z.string().regex(/^[0-9a-f]{64}$/))

const publicCredentialsSchema = z.strictObject({
  kind: z.literal('urna-public-credentials'),
  election: z.strictObject({ slug: z.string(), uuids }),
  /** Whether they take the place of tokens that the voters have. */
  replaces: z.boolean(),
  /** In the order of their first credentials, which says nothing. Credentials are in the order of the uuids. */
  tokens: z.array(
    z.union([
      z.strictObject({ voter: z.string().min(1), credentials }),
      z.strictObject({ reserve: position, credentials }),
    ]),
  ),
})
export type PublicCredentials = z.infer<typeof publicCredentialsSchema>

export function tokenRequestText(request: Omit<TokenRequest, 'kind'>): string {
  return `${JSON.stringify({ kind: 'urna-token-request', ...request }, null, 1)}\n`
}

export function publicCredentialsText({ tokens, ...rest }: Omit<PublicCredentials, 'kind'>): string {
  const sorted = tokens.toSorted((a, b) => (a.credentials[0]! < b.credentials[0]! ? -1 : 1))
  return `${JSON.stringify({ kind: 'urna-public-credentials', ...rest, tokens: sorted }, null, 1)}\n`
}

/** @throws InputUnreadable, TokenRequestInvalid */
export async function readTokenRequest(path: string): Promise<TokenRequest> {
  const request = requestSchema.safeParse(jsonOf(await readTextInput(path)))
  if (!request.success) throw new TokenRequestInvalid(path)
  return request.data
}

/**
 * @param text of the file
 * @throws CredentialsInvalid
 */
export function parsePublicCredentialsFile(path: string, text: string): PublicCredentials {
  const file = publicCredentialsSchema.safeParse(jsonOf(text))
  if (!file.success) throw new CredentialsInvalid(path, 'it is not what urna token generate wrote')
  return file.data
}
