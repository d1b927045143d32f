import type { Group } from '../sealing/group.ts'
import { generateTrusteeKey, trusteePublicKeyFormat } from '../sealing/trustee-key.ts'
import type { WriteTransaction } from '../store/unit-of-work.ts'

/** The owner number of the file's own key share in the public archive. */
export const serverPosition = 1

/**
 * Gives an election its own trustee, who acts without being asked: the file itself. Every election has a
 * fresh key, so that opening one says nothing of another.
 */
export async function addServerTrustee(
  tx: WriteTransaction,
  group: Group,
  electionId: number,
): Promise<void> {
  const { secret, publicKey } = generateTrusteeKey(group)
  await tx.db
    .insertInto('trustee')
    .values({
      election_id: electionId,
      position: serverPosition,
      name: 'server',
      kind: 'server',
      public_key: trusteePublicKeyFormat(group).write(publicKey),
      secret: Uint8Array.from(secret),
      created_at: tx.now,
    })
    .execute()
  group.wipe(secret)
}
