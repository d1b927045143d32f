import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { WebhookInvalid } from './refusals.ts'

/** Where nothing public is: this machine, its network, and what belongs to nobody. */
const closed = blockList(
  'ipv4',
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24',
  '192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
)
/** Global addresses of IPv6; of those the ones that lead to another network are no public ones. */
const global = blockList('ipv6', '2000::/3')
const closedOfGlobal = blockList('ipv6', '2001::/23 2001:db8::/32 2002::/16 3fff::/20')

/** @param networks each as ADDRESS/PREFIX, with spaces between them */
function blockList(family: 'ipv4' | 'ipv6', ...networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks.join(' ').split(' ')) {
    const [address, prefix] = network.split('/')
    list.addSubnet(address!, Number(prefix), family)
  }
  return list
}

/** @param address of IPv4 or IPv6, without brackets */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !closed.check(address, 'ipv4')
  return isIP(address) === 6 && global.check(address, 'ipv6') && !closedOfGlobal.check(address, 'ipv6')
}

/**
 * The address of a webhook: https, without a name and password in it; with `allowPrivate` also plain http, and hosts in a
 * private network. What its host's name leads to is asked when something is posted.
 * @throws WebhookInvalid
 */
export function webhookTarget(url: string, { allowPrivate }: { allowPrivate: boolean }): URL {
  const read = URL.canParse(url) ? new URL(url) : undefined
  const secure = read?.protocol === 'https:' || (allowPrivate && read?.protocol === 'http:')
  if (read === undefined || !secure || read.username !== '' || read.password !== '' || read.hash !== '') {
    throw new WebhookInvalid(
      'A webhook is a URL that begins with https:// and has no password and no # in it.',
      'Messages are signed: the other side needs no password to know them.',
    )
  }
  if (!allowPrivate && literalOf(read) !== undefined && !isPublicAddress(literalOf(read)!)) {
    throw new WebhookInvalid(
      'That address is in a private network, or on this machine.',
      'If that is meant, say --allow-private.',
    )
  }
  return read
}

/** The address where the host is no name. */
export function literalOf({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) === 0 ? undefined : bare
}

/** Asks for the address of a name, and gives none where one of them is private: the one that is asked is the one used. */
export const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error !== null) return done(error, '')
    const [first] = addresses
    if (first === undefined || addresses.some(({ address }) => !isPublicAddress(address))) {
      return done(Object.assign(new Error('a private address'), { code: 'private-address' }), '')
    }
    if (options.all === true) done(null, addresses)
    else done(null, first.address, first.family)
  })
}
