import { createHmac, createSecretKey } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'

/** Hides an address so that the same one is known again within one election, and nowhere else. */
export type AddressHash = (address: string) => string

/**
 * A hash of addresses for the log, keyed by a random key that is in the encrypted file alone: who has a copy of the
 * log can't try all addresses. Many ballots from one address show somebody who votes with others' tokens.
 */
export async function addressHash(tx: ReadTransaction, election: Election): Promise<AddressHash> {
  const { hash_key } = await tx.db
    .selectFrom('organisation')
    .select('hash_key')
    .where('id', '=', election.organisation_id)
    .executeTakeFirstOrThrow()
  const key = createSecretKey(hash_key)
  return (address) =>
    createHmac('sha256', key)
      .update(`address|${election.uuid}|${networkOf(address)}`)
      .digest('hex')
      .slice(0, 32)
}

/**
 * What of an address stays the same: all of an IPv4 address, as its neighbours are other people; of IPv6 the first
 * 64 bits, as a device takes new addresses within them every day.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:([0-9.]+)$/.exec(plain)?.[1]
  if (mapped !== undefined && isIPv4(mapped)) return mapped
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, 4).join(':')}::/64` : plain
}

/** The groups of an IPv6 address in hexadecimal, without leading zeros; only the first four matter. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const embedded = address.includes('.') ? 1 : 0
  const zeros = tail === undefined ? 0 : 8 - embedded - before.length - after.length
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after]
  return groups.map((group) => group.replace(/^0+(?=.)/, ''))
}
