import type { ReadTransaction } from '../store/unit-of-work.ts'
import { TokensMadeElsewhere, TokensMadeHere } from './refusals.ts'
import type { TokenFamily } from './token-family.ts'

/** Whether the tokens of an election and its runoffs are made on another machine. */
export async function areTokensRegistered(
  tx: ReadTransaction,
  { root }: Pick<TokenFamily, 'root'>,
): Promise<boolean> {
  const registration = await tx.db
    .selectFrom('token_registration')
    .select('sha256')
    .where('election_id', '=', root.id)
    .limit(1)
    .executeTakeFirst()
  return registration !== undefined
}

/** Before a token would be made on this machine. @throws TokensMadeElsewhere */
export async function requireTokensMadeHere(
  tx: ReadTransaction,
  family: TokenFamily,
  input: { election: string },
): Promise<void> {
  if (await areTokensRegistered(tx, family)) throw new TokensMadeElsewhere(input.election)
}

/**
 * Before tokens are made elsewhere: who made some here has them, so that others would protect from nothing.
 * @throws TokensMadeHere
 */
export async function requireNoneMadeHere(
  tx: ReadTransaction,
  family: TokenFamily,
  input: { election: string },
): Promise<void> {
  if (await areTokensRegistered(tx, family)) return
  const token = await tx.db
    .selectFrom('token')
    .select('id')
    .where('election_id', '=', family.root.id)
    .limit(1)
    .executeTakeFirst()
  if (token !== undefined) throw new TokensMadeHere(input.election)
}
