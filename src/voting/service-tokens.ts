import { createHmac } from 'node:crypto'
import type { Election } from '../election/find-election.ts'
import { tokenOfBytes } from '../sealing/credential.ts'
import type { Group } from '../sealing/group.ts'
import type { WriteTransaction } from '../store/unit-of-work.ts'
import type { CastingFor } from './cast-for.ts'
import { proxiesWithoutToken, withoutToken } from './credentials.ts'
import { publicHalf } from './public-half.ts'
import { type NewCredentials, saveCredentials } from './save-credentials.ts'
import { tokenFamily } from './token-family.ts'
import { requireTokensMadeHere } from './token-registration.ts'

/**
 * The token with which a service casts one vote. It follows from the key of the service, and is kept nowhere: whoever
 * has the file has none of these tokens, and a key that is gone takes them with it.
 * @param key the API key of the service
 * @param of.uuid of the first election of the family
 */
export function serviceToken(
  key: string,
  { uuid, acting, represented }: CastingFor & { uuid: string },
): string {
  const said = JSON.stringify(['urna service token', uuid, acting, represented])
  return tokenOfBytes(createHmac('sha256', key).update(said).digest())
}

/** Few enough for the parameters of one statement. */
const batchSize = 500

/**
 * Gives whoever of the roll has no token one that the service casts with, and so for votes that are given to others. The
 * roll is fresh.
 * @throws TokensMadeElsewhere
 */
export async function registerServiceTokens(
  tx: WriteTransaction,
  group: Group,
  { election, key }: { election: Election; key: string },
): Promise<void> {
  const family = await tokenFamily(tx, election)
  const { root, openUuids } = family
  await requireTokensMadeHere(tx, family, { election: election.slug })
  const credentialsOf = (casting: CastingFor) => {
    const token = serviceToken(key, { uuid: root.uuid, ...casting })
    return openUuids.map((uuid) => publicHalf(group, { uuid, token }))
  }
  const voters = await withoutToken(tx, election, family)
    .select(['v.id', 'v.number'])
    .orderBy('v.id')
    .execute()
  const proxies = await proxiesWithoutToken(tx, election, family)
  const tokens: NewCredentials[] = [
    ...voters.map(({ id, number }) => ({
      voterId: id,
      credentials: credentialsOf({ acting: number, represented: number }),
    })),
    ...proxies.map(({ id, voterId, acting, represented, expiresAt }) => ({
      ...{ voterId, credentials: credentialsOf({ acting, represented }) },
      proxy: { id, expiresAt },
    })),
  ]
  // A voter's own token and that of who acts for them never in one statement.
  const own = voters.length
  for (const [from, to] of [
    [0, own],
    [own, tokens.length],
  ] as const) {
    for (let at = from; at < to; at += batchSize) {
      const batch = tokens.slice(at, Math.min(at + batchSize, to))
      await saveCredentials(tx, batch, { family, expiresAt: null })
    }
  }
  if (tokens.length === 0) return
  await tx.record({
    action: 'tokens-issued',
    election: election.slug,
    details: {
      ...{ holder: 'meeting service', voters: voters.length, reserve: 0, expiresAt: null },
      ...(proxies.length > 0 && { proxies: proxies.length }),
    },
  })
}
