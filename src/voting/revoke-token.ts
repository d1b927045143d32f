import type { Election } from '../election/find-election.ts'
import type { WriteTransaction } from '../store/unit-of-work.ts'

/** From here on nobody votes with it. */
export async function revokeToken(
  tx: WriteTransaction,
  { election, token, number, reason }: { election: Election; token: number; number: string; reason: string },
): Promise<void> {
  await tx.db
    .updateTable('token')
    .set({ state: 'revoked', revoked_at: tx.now, revoked_reason: reason })
    .where('id', '=', token)
    .execute()
  await tx.record({ action: 'token-revoked', election: election.slug, personal: { voter: number, reason } })
}
