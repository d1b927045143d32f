import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { conformanceFolder } from './conformance-figures.ts'
import { type CorpusCase, corpusCases, type Expectation } from './tabulation-corpus.ts'

/**
 * What became of an expectation of the corpus.
 *
 * `differs` passes only where `docs/tabulation/differences.md` says by what source urna differs from a peer;
 * against an official result, a reference program or two peers that agree it never does. `skipped` is for
 * what urna doesn't offer, with the reason.
 */
export type Verdict =
  | { readonly kind: 'matched' }
  | { readonly kind: 'differs'; readonly how: string }
  | { readonly kind: 'skipped'; readonly why: string }

export const matched: Verdict = { kind: 'matched' }

/** Compares as `toEqual` does. */
export function sameOrDiffers(actual: unknown, expected: unknown): Verdict {
  try {
    expect(actual).toEqual(expected)
    return matched
  } catch (error) {
    return { kind: 'differs', how: (error as Error).message }
  }
}

/** A line of `docs/tabulation/differences.md`: `| group | case and expectation, with * | … |`. */
interface Difference {
  readonly pattern: string
  readonly matches: (name: string) => boolean
}

function differencesOf(group: string): Difference[] {
  const page = readFileSync(join(import.meta.dirname, '../../docs/tabulation/differences.md'), 'utf8')
  return [...page.matchAll(/^\| `([^`]+)` \|/gm)]
    .map(([, pattern]) => pattern!)
    .filter((pattern) => pattern.startsWith(`${group}/`))
    .map((pattern) => {
      const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      const expression = new RegExp(`^${parts.join('.*')}$`)
      return { pattern, matches: (name) => expression.test(name) }
    })
}

function isStrong(basis: string): boolean {
  return /^(official|reference-program|two-peers-agree)/.test(basis)
}

/**
 * A test for each case of a group of the corpus, which checks all its expectations; and one that no
 * documented difference is out of date.
 */
export function conformanceSuite(
  group: string,
  check: (corpusCase: CorpusCase, expectation: Expectation) => Verdict,
): void {
  const cases = corpusCases(group)
  const differences = differencesOf(group)
  const used = new Set<string>()
  const figures = {
    group,
    cases: cases.length,
    matched: 0,
    differing: 0,
    skipped: {} as Record<string, number>,
  }

  describe.skipIf(cases.length === 0)(`the corpus, ${group}`, () => {
    test.each(cases.map((each) => [each.id, each] as const))('%s', (_, corpusCase) => {
      const wrong: string[] = []
      for (const expectation of corpusCase.expectations) {
        const name = `${corpusCase.id}:${expectation.id}`
        const verdict = check(corpusCase, expectation)
        if (verdict.kind === 'matched') figures.matched++
        else if (verdict.kind === 'skipped') {
          figures.skipped[verdict.why] = (figures.skipped[verdict.why] ?? 0) + 1
        } else {
          const documented = differences.filter(({ matches }) => matches(name))
          for (const { pattern } of documented) used.add(pattern)
          if (documented.length > 0 && !isStrong(expectation.basis)) figures.differing++
          else wrong.push(`${name} (${expectation.basis}): ${verdict.how}`)
        }
      }
      expect(wrong.join('\n\n')).toBe('')
    })

    test('every documented difference is still one', () => {
      expect(differences.map(({ pattern }) => pattern).filter((pattern) => !used.has(pattern))).toEqual([])
    })

    afterAll(() => {
      mkdirSync(conformanceFolder, { recursive: true })
      writeFileSync(join(conformanceFolder, `${group}.json`), JSON.stringify(figures))
    })
  })
}
