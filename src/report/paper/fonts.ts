import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'

/** Source Serif: Latin with all its accents, Greek and Cyrillic. The numbers of a hash are in Courier, which every reader of PDF has. */
const files = {
  regular: '@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
  italic: '@expo-google-fonts/source-serif-4/400Regular_Italic/SourceSerif4_400Regular_Italic.ttf',
  strong: '@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
} as const

export type FontName = keyof typeof files

const resolve = createRequire(import.meta.url).resolve

/** The font files by name, for `registerFont`. */
export function readFonts(): [FontName, Buffer][] {
  return Object.entries(files).map(([name, path]) => [name as FontName, readFileSync(resolve(path))])
}

/** The code points that each of the fonts has a letter for. */
export function lettersOf(fonts: readonly (readonly [FontName, Buffer])[]): ReadonlySet<number> {
  const [first, ...others] = fonts.map(([, bytes]) => new Set((create(bytes) as Font).characterSet))
  return others.reduce((all, each) => all.intersection(each), first ?? new Set<number>())
}
