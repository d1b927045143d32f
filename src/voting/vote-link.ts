import { LinkHostInvalid } from './refusals.ts'

/**
 * Where voters find the ballot page: `https://vote.chapter.example`. A page that came over http could be another's,
 * so that is taken for this machine and for private networks alone.
 * @returns the origin
 * @throws LinkHostInvalid
 */
export function voteOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new LinkHostInvalid('not-a-host')
  if (`${url.username}${url.password}${url.search}${url.hash}` !== '' || url.pathname !== '/') {
    throw new LinkHostInvalid('more-than-a-host')
  }
  if (url.protocol === 'http:' && !isNearby(url.hostname)) throw new LinkHostInvalid('not-encrypted')
  return url.origin
}

/** What makes the links of a file of tokens; undefined where it has none. */
export function linksTo(
  { slug }: { slug: string },
  origin: string | undefined,
): ((token: string) => string) | undefined {
  return origin === undefined ? undefined : (token) => voteLink({ origin, slug, token })
}

/** The server to which a link of a file of tokens leads; undefined if it is none. */
export function originOfLink(link: string): string | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined
  try {
    return url === undefined ? undefined : voteOrigin(url.origin)
  } catch (error) {
    if (error instanceof LinkHostInvalid) return undefined
    throw error
  }
}

/** With the token behind the #, a part that no browser sends to any server. */
function voteLink({ origin, slug, token }: { origin: string; slug: string; token: string }): string {
  return `${origin}/vote/${slug}#t=${token}`
}

/** This machine, or an address that no public network carries (RFC 1918, 3927, 4193 and 4291). */
function isNearby(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true
  if (hostname.startsWith('[')) return /^\[(::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/.test(hostname)
  const octets = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(hostname)
  if (octets === null) return false
  const [first, second] = [Number(octets[1]), Number(octets[2])]
  return (
    first === 127 ||
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254)
  )
}
