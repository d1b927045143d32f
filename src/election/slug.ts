/** The short name of an election or an organisation: what is typed in commands and stands in file names. */
export const slugPattern = /^(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Letters that Unicode doesn't take apart into one of a to z and a mark. */
const spelled: Readonly<Record<string, string>> = Object.fromEntries(
  ['ßss', 'æae', 'œoe', 'øo', 'łl', 'đd', 'ðd', 'þth', 'ıi'].map((pair) => [pair.slice(0, 1), pair.slice(1)]),
)

/**
 * A short name from a title: `Comité 2026: la elección` → `comite-2026-la-eleccion`. At most 48 characters, cut
 * between words.
 * @param otherwise where a title has no letter or figure that can stand in one
 */
export function slugOf(title: string, otherwise = 'election'): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => spelled[letter] ?? letter)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  let slug = (words[0] ?? otherwise).slice(0, 48)
  for (const word of words.slice(1)) {
    if (slug.length + 1 + word.length > 48) break
    slug += `-${word}`
  }
  return slug
}
