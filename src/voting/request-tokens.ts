import { findElection, requireStatus } from '../election/find-election.ts'
import { refreshRoll } from '../register/roll.ts'
import { requireFree, writeNewFile } from '../report/output-file.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { withoutToken } from './credentials.ts'
import { lastReserveNumber } from './reserve.ts'
import { tokenRequestText } from './token-exchange.ts'
import { tokenFamily } from './token-family.ts'
import { requireNoneMadeHere } from './token-registration.ts'

export interface RequestedTokens {
  election: string
  voters: number
  reserve: number
  /** Null where nobody lacks a token. */
  file: string | null
}

/**
 * Writes down who needs a token, for the credential officer who makes the tokens on another machine.
 *
 * @param input.reserve how many reserve tokens there shall be in all
 * @param input.out the file; undefined for `ELECTION-token-request.json`
 * @throws WrongState, TokensMadeHere, OutputExists, OutputUnwritable
 */
export async function requestTokens(
  { work }: { work: UnitOfWork },
  input: { election: string | undefined; reserve: number; out: string | undefined },
): Promise<RequestedTokens> {
  const { file, text, ...counts } = await work.write('request tokens', async (tx) => {
    const election = await findElection(tx, input.election)
    requireStatus(election, { deed: 'ask for tokens', allowed: ['draft'] })
    const family = await tokenFamily(tx, election)
    await refreshRoll(tx, election)
    const last = await lastReserveNumber(tx, family)
    await requireNoneMadeHere(tx, family, { election: election.slug })
    const voters = await withoutToken(tx, election, family)
      .select(['v.number', 'v.name', 'v.email', 'v.phone'])
      .orderBy('v.id')
      .execute()
    const reserve = Array.from({ length: Math.max(0, input.reserve - last) }, (_, index) => last + 1 + index)
    const counts = { election: election.slug, voters: voters.length, reserve: reserve.length }
    if (voters.length + reserve.length === 0) return { ...counts, file: null, text: '' }
    const file = input.out ?? `${election.slug}-token-request.json`
    const { slug, title } = election
    const text = tokenRequestText({
      election: { slug, title, uuids: [...family.openUuids] },
      voters,
      reserve,
    })
    await tx.record({
      action: 'tokens-requested',
      election: slug,
      details: { voters: voters.length, reserve: reserve.length },
    })
    await requireFree(file)
    return { ...counts, file, text }
  })
  // Once it is on record: what was cut short before is done again. It has addresses, and is for its owner alone.
  if (file !== null) await writeNewFile(file, text, 0o600)
  return { ...counts, file }
}
