/** Of the election that the address of this page names: `/board/SLUG`. Empty where it names none. */
export function slugOfAddress(): string {
  try {
    return decodeURIComponent(location.pathname.split('/')[2] ?? '')
  } catch {
    return ''
  }
}

/** Of a page about an election. */
export function pageAddress(page: 'vote' | 'board' | 'results' | 'officer', slug: string): string {
  return `/${page}/${encodeURIComponent(slug)}`
}

/** Of what the server says of an election. @param path such as `results/` */
export function apiAddress(slug: string, path: string): string {
  return `/api/elections/${encodeURIComponent(slug)}/${path}`
}
