import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The folder of archives and elections made by other software, that some suites check against: URNA_CORPUS,
 * or `shared` beside the checkout. It is no part of the repository; without it those suites are skipped.
 */
export function corpusFolder(): string | undefined {
  const folder = process.env.URNA_CORPUS ?? join(import.meta.dirname, '../../../shared')
  if (existsSync(folder)) return folder
  console.warn('skipped: no corpus')
  return undefined
}

/** The Belenios archives and demonstration elections of the corpus. */
export function vectorsFolder(): string | undefined {
  const corpus = corpusFolder()
  return corpus === undefined ? undefined : join(corpus, 'vectors')
}

/** The paths of all archives of the corpus, relative to `vectorsFolder()`. */
export function vectorArchives(): string[] {
  const folder = vectorsFolder()
  return folder === undefined ? [] : globSync('{*.bel,*/*.bel}', { cwd: folder }).sort()
}
