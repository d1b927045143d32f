import { findElection, requireStatus } from '../election/find-election.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { assignReserveTokens } from './assign-reserve.ts'
import { interruptedToken } from './interrupted-file.ts'
import { makeTokens } from './make-tokens.ts'
import { TokenAlreadyUsed, VoterHasNoToken } from './refusals.ts'
import { revokeToken } from './revoke-token.ts'
import { type TokenFamily, tokenFamily } from './token-family.ts'
import { startTokenFile } from './token-file.ts'
import { requireTokensMadeHere } from './token-registration.ts'
import { linksTo, voteOrigin } from './vote-link.ts'
import { findVoter, hasVoted, heldToken } from './voter-token.ts'
import { writeTokens } from './write-tokens.ts'

interface ReplacedToken {
  election: string
  /** Of the voter. */
  number: string
  /** The file with the new token; null where the voter gets a reserve token. */
  file: string | null
  /** The line of the file of tokens that is the voter's now: `R-001`. */
  reserve: string | null
}

/**
 * Revokes a voter's token and gives another. Before the opening that is a new one, in a file of its own;
 * afterwards the next reserve token.
 * @throws LinkHostInvalid, WrongState, VoterNotFound, VoterHasNoToken, TokenAlreadyUsed, TokensMadeElsewhere,
 *   NoReserveToken, ReserveWeighsOtherwise,
 *   TokenFileExists, TokenFileUnnamed, TokenFileUnwritable, TokensUncertain
 */
export async function replaceToken(
  { work, group }: { work: UnitOfWork; group: Group },
  input: {
    election: string | undefined
    number: string
    reason: string
    out: string | undefined
    /** As for `issueTokens`. */
    links?: string | undefined
  },
): Promise<ReplacedToken> {
  const origin = input.links === undefined ? undefined : voteOrigin(input.links)
  return writeTokens(work, 'replace a token', async (tx) => {
    const election = await findElection(tx, input.election)
    requireStatus(election, { deed: 'replace a token', allowed: ['draft', 'open', 'paused'] })
    const voter = await findVoter(tx, election, input.number)
    const family = await tokenFamily(tx, election)
    const held = await heldToken(tx, family, voter.number)
    const place = { election: election.slug, number: voter.number }
    const out = input.out ?? `${election.slug}-token-${voter.number.replace(/[^\w-]/g, '_')}.csv`
    if (held === undefined) throw new VoterHasNoToken(place)
    if (await hasVoted(tx, voter)) throw new TokenAlreadyUsed(place)
    if (election.status === 'draft') await requireTokensMadeHere(tx, family, place)
    if (election.status === 'draft' && (await interruptedToken(tx, { group, family, out })) === held.id) {
      return { ...place, file: out, reserve: null }
    }
    await revokeToken(tx, { election, token: held.id, number: voter.number, reason: input.reason })
    if (election.status !== 'draft') {
      const [assignment] = await assignReserveTokens(tx, { election, family, voters: [voter] })
      return { ...place, file: null, reserve: assignment!.reserve }
    }
    await writeNewToken(tx, {
      group,
      family,
      voter,
      out,
      link: linksTo(election, origin),
      expiresAt: stillAhead(held.expires_at, tx.now),
    })
    return { ...place, file: out, reserve: null }
  })
}

/** A new token of an expired one does not expire at all. */
function stillAhead(moment: string | null, now: string): string | null {
  return moment !== null && moment > now ? moment : null
}

async function writeNewToken(
  tx: WriteTransaction,
  options: {
    group: Group
    family: TokenFamily
    voter: Awaited<ReturnType<typeof findVoter>>
    out: string
    expiresAt: string | null
    link: ((token: string) => string) | undefined
  },
): Promise<void> {
  const file = startTokenFile(options.out, { links: options.link !== undefined })
  try {
    await makeTokens(tx, {
      ...options,
      file,
      recipients: [{ voter: options.voter }],
    })
    file.flush()
    await tx.record({
      action: 'tokens-issued',
      election: options.family.root.slug,
      details: { voters: 1, reserve: 0, expiresAt: options.expiresAt },
    })
  } catch (error) {
    file.discard()
    throw error
  }
}
