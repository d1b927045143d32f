import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FolderWithoutBallots } from './ballot-file.ts'
import type { BallotFormat } from './ballot-format.ts'
import { formats } from './formats.ts'

/**
 * The files of ballots at a path: the file itself, or those of a folder, in the order of their names with
 * numbers as numbers.
 * @throws FolderWithoutBallots for a folder without any
 */
export async function ballotFilesAt(path: string): Promise<readonly string[]> {
  // What can't be read is told when it is read.
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) return [path]
  const inOrder = new Intl.Collator('en', { numeric: true }).compare
  const names = (await readdir(path)).sort(inOrder)
  for (const { inFolder } of formats) {
    const holding = inFolder ? names.filter(inFolder) : []
    if (holding.length > 0) return holding.map((name) => join(path, name))
  }
  throw new FolderWithoutBallots(path)
}

/** The text of the files beside one of ballots that its format asks for, by name. */
export async function companionsOf(
  path: string,
  companions: NonNullable<BallotFormat['companions']>,
): Promise<Record<string, string>> {
  const folder = dirname(path)
  const names = companions(basename(path), await readdir(folder))
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return Object.fromEntries(names.map((name, position) => [name, texts[position]!]))
}
