import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Election } from '../election/find-election.ts'
import { readTextInput } from '../interchange/read-input.ts'
import { jsonOf } from '../json-of.ts'
import { parseCanonical } from '../sealing/canonical-json.ts'
import type { Group } from '../sealing/group.ts'
import { proofFormat } from '../sealing/proof.ts'
import { verifySignature } from '../sealing/signed-message.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { contributionStatement } from './contribution.ts'
import type { ClosedBoard } from './opened-board.ts'

/**
 * Who signed the shuffles, from the officer to the trustees of a group who did not shuffle themselves. The archive has
 * no room for it, and without it anybody could have made the shuffles of the others.
 */
const signaturesSchema = z.strictObject({
  kind: z.literal('urna-shuffle-signatures'),
  election: z.strictObject({ uuid: z.string(), title: z.string() }),
  signatures: z.array(z.strictObject({ trustee: z.int(), head: z.string(), signature: z.string() })),
})

export type ShuffleSignatures = z.infer<typeof signaturesSchema>

export function shuffleSignaturesName(uuid: string): string {
  return `${uuid}.shuffles.json`
}

export async function storedShuffleSignatures(
  tx: ReadTransaction,
  election: Election,
): Promise<ShuffleSignatures> {
  const signatures = await tx.db
    .selectFrom('contribution_signature')
    .select(['owner as trustee', 'head', 'signature'])
    .where('election_id', '=', election.id)
    .where('kind', '=', 'shuffle')
    .orderBy('owner')
    .execute()
  const { uuid, title } = election
  return { kind: 'urna-shuffle-signatures', election: { uuid, title }, signatures }
}

/**
 * Whether as many of a trustee's group as are needed have signed their shuffles in the archive: then at least one of
 * them was made by somebody who keeps its order secret, unless they could decrypt without this trustee anyway.
 *
 * @param request.archive beside which the signatures are.
 */
export async function areShufflesSigned(
  group: Group,
  board: ClosedBoard,
  { archive, trustee }: { archive: string; trustee: number },
): Promise<boolean> {
  const own = board.shares.find(({ owners }) => owners.includes(trustee))
  if (own === undefined || own.owners.length === 1) return false
  const file = join(dirname(archive), shuffleSignaturesName(board.election.parameters.uuid))
  const read = signaturesSchema.safeParse(jsonOf(await readTextInput(file).catch(() => '')))
  if (!read.success) return false
  const signed = board.state.shuffles.filter(({ owner, body }) => {
    const said = read.data.signatures.find((each) => each.trustee === owner)
    const signature = parseCanonical(proofFormat, said?.signature ?? '')
    if (said === undefined || !signature.ok || !own.owners.includes(owner)) return false
    return verifySignature(group, {
      message: contributionStatement(group, board.election, {
        ...{ kind: 'shuffle', head: said.head, payload: body },
      }),
      signature: signature.value,
      verification: board.keys[owner - 1]!,
    })
  })
  return signed.length >= own.threshold
}
