import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BltFile, readBlt } from '../../src/interchange/blt.ts'
import { corpusFolder } from './corpus.ts'

/** What the corpus says of a count: as its README describes it, as far as the suites read it. */
export interface Expectation {
  readonly id: string
  readonly method: string
  /** How sure the expectation is, see the README of the corpus; the strongest first word. */
  readonly basis: string
  readonly engine?: string
  readonly rule?: string
  readonly options?: Readonly<Record<string, unknown>>
  readonly seats: number
  readonly quota?: string
  readonly winners: readonly { readonly round: number; readonly name: string }[]
  readonly rounds: readonly ExpectedRound[]
  readonly ranking?: readonly (readonly string[])[]
  readonly stats?: { readonly rounds: Readonly<Record<string, Readonly<Record<string, number>>>> }
}

export interface ExpectedRound {
  readonly round: number
  readonly action: string
  readonly of: readonly string[]
  readonly tallies: Readonly<Record<string, string>>
  readonly exhausted: string
  readonly surplus: string
}

export interface CorpusCase {
  readonly folder: string
  /** Group and case, as in `stv-scottish/aberdeen-2017-ward08`. */
  readonly id: string
  readonly seats: number
  readonly candidates: readonly string[]
  readonly valid_ballots: number
  readonly ballots: readonly { readonly file: string; readonly format: string }[]
  readonly expectations: readonly Expectation[]
}

/** The cases of a group of the corpus; none without it. */
export function corpusCases(group: string): CorpusCase[] {
  const corpus = corpusFolder()
  if (corpus === undefined) return []
  const folder = join(corpus, 'corpus', group)
  if (!existsSync(folder)) return []
  return globSync('*/expected.json', { cwd: folder })
    .sort()
    .map((path) => ({
      ...JSON.parse(readFileSync(join(folder, path), 'utf8')),
      folder: join(folder, path, '..'),
    }))
}

export function corpusText({ folder, ballots }: CorpusCase): string {
  return readFileSync(join(folder, ballots[0]!.file), 'utf8')
}

/** The ballots of a case whose first file is BLT. */
export function corpusBallots(corpusCase: CorpusCase): BltFile {
  return readBlt(corpusText(corpusCase))
}

/** Names as they can be compared: with single spaces and without the quotes that the corpus keeps. */
export function comparableName(name: string): string {
  return name
    .replaceAll(/["']/g, ' ')
    .replaceAll(/[\s,]+/g, ' ')
    .trim()
}
