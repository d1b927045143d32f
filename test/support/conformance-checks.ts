import type { Verdict } from './conformance.ts'
import type { CorpusCase, Expectation } from './tabulation-corpus.ts'

/** Counts a case as an expectation says, and compares. */
export type Check = (corpusCase: CorpusCase, expectation: Expectation) => Verdict

/** The checks of a group of the corpus, by what tells its expectations apart. */
export type Checks = Readonly<Record<string, Check>>

/** For the expectations of methods that urna doesn't have. */
export function skipAll(ids: readonly string[], why: string): Checks {
  return Object.fromEntries(ids.map((id) => [id, () => ({ kind: 'skipped', why })]))
}
