import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import type { HeldProxy } from '../register/proxies.ts'
import { countVoters, refreshRoll } from '../register/roll.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { assignReserveTokens, type ReserveAssignment } from './assign-reserve.ts'
import { proxiesWithoutToken, withoutToken } from './credentials.ts'
import { momentOfExpiry } from './expiry.ts'
import { interruptedToken } from './interrupted-file.ts'
import { type HereRecipient, makeTokens } from './make-tokens.ts'
import { lastReserveNumber } from './reserve.ts'
import { type TokenFamily, tokenFamily } from './token-family.ts'
import { nameTokenFile, startTokenFile } from './token-file.ts'
import { requireTokensMadeHere } from './token-registration.ts'
import { linksTo, voteOrigin } from './vote-link.ts'
import { writeTokens } from './write-tokens.ts'

export interface IssuedTokens {
  election: string
  /** Voters on the roll. */
  voters: number
  /** Voters who got a token now. */
  issued: number
  /** Tokens made now for votes that are given to others; they are in lines of who casts them. */
  proxies: number
  /** Reserve tokens made now. */
  reserve: number
  /** Tokens of voters who have left the roll since. */
  revoked: number
  /** Voters added since the opening, and which line of the file of tokens is theirs. */
  assigned: ReserveAssignment[]
  /** The file of tokens that was written, or that an interrupted command had left unfinished. */
  file: string | null
}

/**
 * Makes a token for every voter on the roll who has none, and writes them to a file: the only place where
 * they ever are. Once the election is open its list of credentials is public and complete, and voters who
 * were added to the roll get reserve tokens.
 *
 * @param input.out the file; undefined for `ELECTION-tokens.csv`
 * @param input.reserve how many reserve tokens there shall be in all
 * @param input.expires as people write it, in the election's zone: when the tokens made now stop counting
 * @param input.links address of the server whose ballot page a link in each line leads to; undefined for no links
 * @throws LinkHostInvalid, WrongState, TokensMadeElsewhere, ExpiryInvalid, TokenFileExists, TokenFileLeftOver, TokenFileUnnamed, TokenFileUnwritable, TokensUncertain, NoReserveToken
 */
export async function issueTokens(
  deps: { work: UnitOfWork; group: Group; progress?: (done: number, total: number) => void },
  input: {
    election: string | undefined
    out: string | undefined
    reserve: number
    expires: string | undefined
    links?: string | undefined
  },
): Promise<IssuedTokens> {
  const origin = input.links === undefined ? undefined : voteOrigin(input.links)
  return writeTokens(deps.work, 'issue tokens', async (tx) => {
    const election = await findElection(tx, input.election)
    if (election.status !== 'draft') {
      const deed = input.reserve > 0 ? 'make reserve tokens' : 'issue tokens'
      requireStatus(election, { deed, allowed: input.reserve > 0 ? ['draft'] : ['open', 'paused'] })
      return assignToAdded(tx, election)
    }
    const expiresAt = input.expires === undefined ? null : momentOfExpiry(input.expires, election, tx.now)
    const out = input.out ?? `${election.slug}-tokens.csv`
    const link = linksTo(election, origin)
    return issueInDraft(tx, election, { ...deps, ...input, out, expiresAt, link })
  })
}

interface Issuing {
  group: Group
  progress?: (done: number, total: number) => void
  out: string
  reserve: number
  expiresAt: string | null
  link: ((token: string) => string) | undefined
}

async function issueInDraft(
  tx: WriteTransaction,
  election: Election,
  options: Issuing,
): Promise<IssuedTokens> {
  const family = await tokenFamily(tx, election)
  await requireTokensMadeHere(tx, family, { election: election.slug })
  const finished = (await interruptedToken(tx, { ...options, family })) !== undefined
  const roll = await refreshRoll(tx, election)
  const proxies = await proxiesWithoutToken(tx, election, family)
  const missing = (await countMissing(tx, election, family)) + proxies.length
  const firstReserve = (await lastReserveNumber(tx, family)) + 1
  const reserve = Math.max(0, options.reserve - firstReserve + 1)
  const result = {
    election: election.slug,
    voters: roll.size,
    revoked: roll.revokedTokens,
    assigned: [] as ReserveAssignment[],
  }
  if (missing + reserve === 0) {
    return { ...result, issued: 0, proxies: 0, reserve: 0, file: finished ? options.out : null }
  }

  if (finished) nameTokenFile(options.out)
  const file = startTokenFile(options.out, {
    links: options.link !== undefined,
    proxies: proxies.length > 0,
  })
  try {
    let issued = 0
    for await (const recipients of recipientsOf(tx, {
      ...{ election, family, proxies },
      firstReserve,
      reserve,
    })) {
      await makeTokens(tx, { ...options, family, file, recipients })
      issued += recipients.length
      options.progress?.(issued, missing + reserve)
    }
    file.flush()
    await tx.record({
      action: 'tokens-issued',
      election: election.slug,
      details: {
        ...{ voters: issued - reserve - proxies.length, reserve, expiresAt: options.expiresAt },
        ...(proxies.length > 0 && { proxies: proxies.length }),
      },
    })
    return {
      ...result,
      ...{ issued: issued - reserve - proxies.length, proxies: proxies.length, reserve, file: options.out },
    }
  } catch (error) {
    file.discard()
    throw error
  }
}

/** Few enough for the parameters of one statement. */
const batchSize = 500

/** In batches. */
async function* recipientsOf(
  tx: WriteTransaction,
  {
    election,
    family,
    proxies,
    firstReserve,
    reserve,
  }: {
    election: Election
    family: TokenFamily
    proxies: readonly HeldProxy[]
    firstReserve: number
    reserve: number
  },
): AsyncGenerator<HereRecipient[]> {
  let last = 0
  for (;;) {
    const voters = await withoutToken(tx, election, family)
      .select(['v.id', 'v.number', 'v.name', 'v.email', 'v.phone'])
      .where('v.id', '>', last)
      .orderBy('v.id')
      .limit(batchSize)
      .execute()
    if (voters.length === 0) break
    yield voters.map((voter) => ({ voter }))
    last = voters.at(-1)!.id
  }
  for (let from = 0; from < proxies.length; from += batchSize) {
    yield proxies.slice(from, from + batchSize).map(proxyRecipient)
  }
  for (let made = 0; made < reserve; made += batchSize) {
    const length = Math.min(batchSize, reserve - made)
    yield Array.from({ length }, (_, index) => ({ reserveNumber: firstReserve + made + index }))
  }
}

/** The line is addressed to who casts the ballot. */
function proxyRecipient(proxy: HeldProxy): HereRecipient {
  const { id, voterId, represented, representedName, expiresAt } = proxy
  const { acting: number, actingName: name, actingEmail: email, actingPhone: phone } = proxy
  return {
    voter: { id: voterId, number, name, email, phone },
    proxy: { id, number: represented, name: representedName, expiresAt },
  }
}

async function assignToAdded(tx: WriteTransaction, election: Election): Promise<IssuedTokens> {
  const family = await tokenFamily(tx, election)
  const voters = await withoutToken(tx, election, family)
    .select(['v.id', 'v.number', 'v.weight_micros'])
    .orderBy('v.id')
    .execute()
  const assigned = await assignReserveTokens(tx, { election, family, voters })
  return {
    election: election.slug,
    voters: await countVoters(tx, election.id),
    issued: 0,
    proxies: 0,
    reserve: 0,
    revoked: 0,
    assigned,
    file: null,
  }
}

async function countMissing(tx: WriteTransaction, election: Election, family: TokenFamily): Promise<number> {
  const { count } = await withoutToken(tx, election, family)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
