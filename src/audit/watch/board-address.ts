import { slugPattern } from '../../election/slug.ts'
import { BoardAddressInvalid } from './refusals.ts'

/**
 * Where the public archive of an election is, by the address that people see: of its board, its ballot page or its
 * results, or of the archive itself.
 * @throws BoardAddressInvalid
 */
export function archiveAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const slug = /^\/(?:board|vote|results|api\/elections)\/([^/]+)(?:\/(?:board|archive))?\/?$/.exec(
    url?.pathname ?? '',
  )?.[1]
  const isWeb = url !== undefined && ['http:', 'https:'].includes(url.protocol)
  if (!isWeb || slug === undefined || !slugPattern.test(slug) || `${url.username}${url.password}` !== '') {
    // What follows # is never repeated: in a voter's link it is the token.
    throw new BoardAddressInvalid(text.replace(/[#?].*$/s, ''))
  }
  return `${url.origin}/api/elections/${slug}/archive/`
}
