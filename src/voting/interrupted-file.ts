import type { Group } from '../sealing/group.ts'
import type { WriteTransaction } from '../store/unit-of-work.ts'
import { publicHalf } from './public-half.ts'
import type { TokenFamily } from './token-family.ts'
import { leftOverToken, temporaryName } from './token-file.ts'
import { TokenFileLeftOver } from './token-file-refusals.ts'

/**
 * A file of tokens that a command was interrupted in writing: if its tokens count, the id of one of them,
 * and the file only wants its name.
 * @returns undefined where there is no such file
 * @throws TokenFileLeftOver if its tokens don't count
 */
export async function interruptedToken(
  tx: WriteTransaction,
  { group, family, out }: { group: Group; family: TokenFamily; out: string },
): Promise<number | undefined> {
  const token = leftOverToken(out)
  if (token === undefined) return undefined
  const [uuid] = family.openUuids
  const known =
    token === null || uuid === undefined
      ? undefined
      : await tx.db
          .selectFrom('token_credential')
          .select('token_id')
          .where('uuid', '=', uuid)
          .where('credential', '=', publicHalf(group, { uuid, token }))
          .executeTakeFirst()
  if (known === undefined) throw new TokenFileLeftOver({ path: out, written: temporaryName(out) })
  return known.token_id
}
