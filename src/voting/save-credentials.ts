import type { Insertable } from 'kysely'
import type { Database, WriteTransaction } from '../store/unit-of-work.ts'
import type { TokenFamily } from './token-family.ts'
import type { Representing } from './token-line.ts'

/** A token by its public halves: of a voter, or of the reserve. */
export type NewCredentials = (
  | { readonly voterId: number; readonly proxy?: Pick<Representing, 'id' | 'expiresAt'> }
  | { readonly reserveNumber: number }
) & {
  /** For each round that is open to them, in the order of `openUuids` of the family. */
  readonly credentials: readonly string[]
}

/**
 * Writes down tokens by their public halves, which are all that the file ever has of them.
 * @param tokens few enough for the parameters of one statement, of a voter never two
 * @param options.expiresAt ISO 8601, UTC
 */
export async function saveCredentials(
  tx: WriteTransaction,
  tokens: readonly NewCredentials[],
  { family, expiresAt }: { family: TokenFamily; expiresAt: string | null },
): Promise<void> {
  const rows = await tx.db
    .insertInto('token')
    .values(
      tokens.map((token) => ({
        election_id: family.root.id,
        ...('voterId' in token
          ? { voter_id: token.voterId, state: 'issued' as const, reserve_number: null }
          : { voter_id: null, state: 'reserve' as const, reserve_number: token.reserveNumber }),
        expires_at: earliest(expiresAt, 'voterId' in token ? (token.proxy?.expiresAt ?? null) : null),
        proxy_id: 'voterId' in token ? (token.proxy?.id ?? null) : null,
        issued_at: tx.now,
        revoked_at: null,
        revoked_reason: null,
      })),
    )
    .returning(['id', 'voter_id', 'reserve_number'])
    .execute()
  // The rows come back in any order.
  const ofVoter = new Map(rows.map((row) => [row.voter_id, row.id]))
  const ofReserve = new Map(rows.map((row) => [row.reserve_number, row.id]))
  const credentials = tokens.flatMap((token): Insertable<Database['token_credential']>[] => {
    const id = 'voterId' in token ? ofVoter.get(token.voterId) : ofReserve.get(token.reserveNumber)
    return family.openUuids.map((uuid, index) => ({
      uuid,
      credential: token.credentials[index]!,
      token_id: id!,
    }))
  })
  await tx.db.insertInto('token_credential').values(credentials).execute()
}

/** Of two moments, ISO 8601 in UTC; null is never. */
export function earliest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
