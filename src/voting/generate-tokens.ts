import { existsSync } from 'node:fs'
import { Refusal } from '../errors.ts'
import { requireFree, writeNewFile } from '../report/output-file.ts'
import { generateToken } from '../sealing/credential.ts'
import type { Group } from '../sealing/group.ts'
import { publicHalf } from './public-half.ts'
import { NotRequested } from './refusals.ts'
import {
  type PublicCredentials,
  publicCredentialsText,
  readTokenRequest,
  type TokenRequest,
} from './token-exchange.ts'
import { nameTokenFile, startTokenFile, temporaryName } from './token-file.ts'
import { GenerationCutShort, TokensUncertain } from './token-file-refusals.ts'
import { lineOf, type Recipient } from './token-line.ts'
import { linksTo, voteOrigin } from './vote-link.ts'

export interface GeneratedTokens {
  election: string
  voters: number
  reserve: number
  /** The only copy of the tokens. */
  secretFile: string
  /** For the officer of the election. */
  publicFile: string
}

/** Lines that are written at once. */
const batchSize = 500

/**
 * Makes tokens for those whom a request names, on the credential officer's own machine: no election file is needed.
 * Both files are new, or neither is written.
 *
 * @param input.replace numbers of voters of the request who lost their tokens: new ones for them, and for nobody else
 * @param input.out folder for the files
 * @throws LinkHostInvalid, InputUnreadable, TokenRequestInvalid, NotRequested, OutputExists, OutputUnwritable,
 *   TokenFileExists, TokenFileUnnamed, TokenFileUnwritable, TokensUncertain
 */
export async function generateTokens(
  { group, progress }: { group: Group; progress?: (done: number, total: number) => void },
  input: { request: string; folder: string; replace: readonly string[]; links: string | undefined },
): Promise<GeneratedTokens> {
  const origin = input.links === undefined ? undefined : voteOrigin(input.links)
  const request = await readTokenRequest(input.request)
  const recipients = recipientsOf(request, input.replace)
  const { slug, title, uuids } = request.election
  const suffix = input.replace.length === 0 ? 's' : `-${input.replace.join('-').replace(/[^\w-]/g, '_')}`
  const secretFile = `${input.folder}/${slug}-token${suffix}.csv`
  const publicFile = `${input.folder}/${slug}-credential${suffix}.json`
  const written = temporaryName(secretFile)
  await requireFree(
    publicFile,
    existsSync(written)
      ? `Its tokens are in ${written}, as the command did not finish: rename it to ${secretFile}.`
      : 'Tokens are made once.',
  )
  if (existsSync(written)) throw new GenerationCutShort({ path: secretFile, written, publicFile })
  const link = linksTo(request.election, origin)
  const file = startTokenFile(secretFile, { links: link !== undefined })
  const made: PublicCredentials['tokens'] = []
  try {
    for (let from = 0; from < recipients.length; from += batchSize) {
      const lines = recipients.slice(from, from + batchSize).map((recipient) => {
        const token = generateToken(group)
        const credentials = uuids.map((uuid) => publicHalf(group, { uuid, token }))
        made.push(
          'voter' in recipient
            ? { voter: recipient.voter.number, credentials }
            : { reserve: recipient.reserveNumber, credentials },
        )
        return {
          ...lineOf(recipient),
          ...{ token, election: title },
          ...(link !== undefined && { link: link(token) }),
        }
      })
      file.append(lines)
      progress?.(made.length, recipients.length)
    }
    file.flush()
    const replaces = input.replace.length > 0
    const text = publicCredentialsText({ election: { slug, uuids }, replaces, tokens: made })
    await writeNewFile(publicFile, text, 0o644)
  } catch (error) {
    // Whoever finds it takes it for whole, as it is, and these tokens for issued.
    if (existsSync(publicFile)) throw error instanceof Refusal ? new TokensUncertain(written, error) : error
    file.discard()
    throw error
  }
  nameTokenFile(secretFile)
  const reserve = made.filter((token) => 'reserve' in token).length
  return { election: slug, voters: made.length - reserve, reserve, secretFile, publicFile }
}

/** @throws NotRequested */
function recipientsOf({ voters, reserve }: TokenRequest, replace: readonly string[]): Recipient[] {
  if (replace.length === 0) {
    return [...voters.map((voter) => ({ voter })), ...reserve.map((reserveNumber) => ({ reserveNumber }))]
  }
  return [...new Set(replace)].map((number) => {
    const voter = voters.find((each) => each.number === number)
    if (voter === undefined) throw new NotRequested(number)
    return { voter }
  })
}
