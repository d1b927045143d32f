import { createHash } from 'node:crypto'
import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import { readTextInput } from '../interchange/read-input.ts'
import { refreshRoll } from '../register/roll.ts'
import { credentialOf } from '../sealing/credential.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { withoutToken } from './credentials.ts'
import { momentOfExpiry } from './expiry.ts'
import { CredentialsInvalid, ReasonNeeded, TokenAlreadyUsed } from './refusals.ts'
import { lastReserveNumber, reserveLabel } from './reserve.ts'
import { revokeToken } from './revoke-token.ts'
import { type NewCredentials, saveCredentials } from './save-credentials.ts'
import { type PublicCredentials, parsePublicCredentialsFile } from './token-exchange.ts'
import { type TokenFamily, tokenFamily } from './token-family.ts'
import { requireNoneMadeHere } from './token-registration.ts'
import { findVoter, hasVoted, heldToken } from './voter-token.ts'

export interface RegisteredTokens {
  election: string
  voters: number
  reserve: number
  /** Voters whose token is another one now. */
  replaced: string[]
  /** SHA-256 of the file, in hex. */
  sha256: string
  /** False if the very same file was taken in before. */
  changed: boolean
}

/**
 * Takes in the public halves of tokens that were made on another machine. From then on no token of the election is made
 * here: whoever runs the vote has none, and can't vote for those who abstain.
 *
 * @param input.election short name of the election for which the file must be
 * @param input.expires as people write it, in the election's zone: when these tokens stop counting
 * @param input.reason why tokens are replaced
 * @param mode with `rehearse` nothing is changed
 * @throws InputUnreadable, WrongState, ExpiryInvalid, CredentialsInvalid, TokensMadeHere, ReasonNeeded, VoterNotFound,
 *   TokenAlreadyUsed
 */
export async function registerTokens(
  { work, group }: { work: UnitOfWork; group: Group },
  input: { election: string; path: string; expires: string | undefined; reason: string | undefined },
  mode: 'apply' | 'rehearse',
): Promise<RegisteredTokens> {
  const text = await readTextInput(input.path)
  const sha256 = createHash('sha256').update(text).digest('hex')
  const file = parsePublicCredentialsFile(input.path, text)
  return work.write(
    'register tokens',
    async (tx) => {
      const election = await findElection(tx, input.election)
      const family = await tokenFamily(tx, election)
      const reserve = file.tokens.filter((token) => 'reserve' in token).length
      const result = { election: election.slug, voters: file.tokens.length - reserve, reserve, sha256 }
      if (await isKnown(tx, family, sha256)) return { ...result, replaced: [], changed: false }

      requireStatus(election, { deed: 'take in tokens', allowed: ['draft'] })
      const expiresAt = input.expires === undefined ? null : momentOfExpiry(input.expires, election, tx.now)
      requireThisElection(input.path, file, family)
      await refreshRoll(tx, election)
      await requireNoneMadeHere(tx, family, { election: election.slug })
      await requireSound(tx, group, { ...input, file, family })
      const tokens = file.replaces
        ? await replacements(tx, { ...input, file, family, election })
        : await missingTokens(tx, { ...input, file, family, election })
      for (let from = 0; from < tokens.length; from += batchSize) {
        await saveCredentials(tx, tokens.slice(from, from + batchSize), { family, expiresAt })
      }
      await tx.db
        .insertInto('token_registration')
        .values({ election_id: family.root.id, sha256, at: tx.now })
        .execute()
      await tx.record({
        action: 'tokens-registered',
        election: election.slug,
        details: { voters: result.voters, reserve, sha256, expiresAt },
      })
      const replaced = file.replaces
        ? file.tokens.flatMap((token) => ('voter' in token ? token.voter : []))
        : []
      return { ...result, replaced: replaced.sort(), changed: true }
    },
    mode,
  )
}

/** Few enough for the parameters of one statement. */
const batchSize = 500

async function isKnown(tx: WriteTransaction, { root }: TokenFamily, sha256: string): Promise<boolean> {
  const known = await tx.db
    .selectFrom('token_registration')
    .select('at')
    .where('election_id', '=', root.id)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  return known !== undefined
}

/** @throws CredentialsInvalid */
function requireThisElection(
  path: string,
  { election }: PublicCredentials,
  { openUuids }: TokenFamily,
): void {
  if (
    election.uuids.length === openUuids.length &&
    election.uuids.every((uuid, i) => uuid === openUuids[i])
  ) {
    return
  }
  const other = election.uuids.some((uuid) => openUuids.includes(uuid))
  throw new CredentialsInvalid(
    path,
    other
      ? 'it was made before a round of the election was opened'
      : `it is of another election, ${election.slug}`,
  )
}

/** That each credential is one that a token can have, and new. @throws CredentialsInvalid */
async function requireSound(
  tx: WriteTransaction,
  group: Group,
  { path, file, family }: { path: string; file: PublicCredentials; family: TokenFamily },
): Promise<void> {
  const seen = new Set<string>()
  const holders = new Set<string>()
  for (const token of file.tokens) {
    const holder = holderOf(token)
    if (holders.has(holder)) throw new CredentialsInvalid(path, `${holder} is in it twice`)
    holders.add(holder)
    if (token.credentials.length !== family.openUuids.length) {
      throw new CredentialsInvalid(path, `${holder} has not one credential for each round`)
    }
    for (const credential of token.credentials) {
      if (credentialOf(group, credential) === undefined) {
        throw new CredentialsInvalid(path, `a credential of ${holder} is none`)
      }
      if (seen.has(credential)) throw new CredentialsInvalid(path, `a credential of ${holder} is in it twice`)
      seen.add(credential)
    }
  }
  const known = await tx.db
    .selectFrom('token_credential')
    .select('credential')
    .where('uuid', 'in', family.openUuids)
    .execute()
  if (known.some(({ credential }) => seen.has(credential))) {
    throw new CredentialsInvalid(path, 'a credential in it belongs to a token that there is already')
  }
}

function holderOf(token: PublicCredentials['tokens'][number]): string {
  return 'voter' in token ? `voter ${token.voter}` : reserveLabel(token.reserve)
}

interface Taking {
  path: string
  file: PublicCredentials
  family: TokenFamily
  election: Election
}

/** The tokens of a file that must be for those who have none, all of them and nobody else. @throws CredentialsInvalid */
async function missingTokens(
  tx: WriteTransaction,
  { path, file, family, election }: Taking,
): Promise<NewCredentials[]> {
  const voters = await withoutToken(tx, election, family).select(['v.id', 'v.number']).execute()
  const waiting = new Map(voters.map(({ id, number }) => [number, id]))
  let reserve = await lastReserveNumber(tx, family)
  const numbers = file.tokens.flatMap((token) => ('reserve' in token ? token.reserve : []))
  for (const number of numbers.sort((a, b) => a - b)) {
    if (number !== ++reserve) {
      throw new CredentialsInvalid(path, `the next reserve token would be ${reserveLabel(reserve)}`)
    }
  }
  const tokens = file.tokens.map((token): NewCredentials => {
    const { credentials } = token
    if (!('voter' in token)) return { reserveNumber: token.reserve, credentials }
    const voterId = waiting.get(token.voter)
    if (voterId === undefined) {
      throw new CredentialsInvalid(path, `voter ${token.voter} is not on the roll, or has a token`)
    }
    waiting.delete(token.voter)
    return { voterId, credentials }
  })
  const [left] = waiting.keys()
  if (left !== undefined) {
    const others = waiting.size === 1 ? '' : ` and of ${waiting.size - 1} others`
    throw new CredentialsInvalid(path, `the token of voter ${left}${others} is missing`)
  }
  return tokens
}

/**
 * New tokens in the place of those that voters have, which are revoked.
 * @throws ReasonNeeded, CredentialsInvalid, VoterNotFound, TokenAlreadyUsed
 */
async function replacements(
  tx: WriteTransaction,
  { path, file, family, election, reason }: Taking & { reason: string | undefined },
): Promise<NewCredentials[]> {
  if (reason === undefined) throw new ReasonNeeded()
  const tokens: NewCredentials[] = []
  for (const token of file.tokens) {
    if (!('voter' in token)) throw new CredentialsInvalid(path, 'a reserve token is not replaced')
    const voter = await findVoter(tx, election, token.voter)
    const held = await heldToken(tx, family, voter.number)
    if (held === undefined)
      throw new CredentialsInvalid(path, `voter ${voter.number} has no token to replace`)
    if (await hasVoted(tx, voter))
      throw new TokenAlreadyUsed({ election: election.slug, number: voter.number })
    await revokeToken(tx, { election, token: held.id, number: voter.number, reason })
    tokens.push({ voterId: voter.id, credentials: token.credentials })
  }
  return tokens
}
