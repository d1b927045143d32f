/**
 * The token of a link `https://host/vote/SLUG#t=TOKEN`, as it is written there. A fragment never leaves the browser;
 * it is taken out of the address bar and of the history before anything else happens.
 */
export function takeAddressToken(): string {
  const token = tokenOfLink(location.hash)
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search)
  return token
}

/** What stands after `#t=`; empty where nothing does. */
export function tokenOfLink(link: string): string {
  const found = /#t=([^&\s]*)/.exec(link)?.[1]
  if (found === undefined) return ''
  try {
    return decodeURIComponent(found)
  } catch {
    return found
  }
}
