import type { CountReport, FileWarning } from '../report/count-report.ts'
import { countOf } from './output.ts'

/** So many warnings of a file are told one by one. */
const told = 5

/** What the reader warns of, the first of them in full. */
export function warningLines(warnings: readonly FileWarning[]): string[] {
  const more = warnings.length - told
  return [
    ...warnings
      .slice(0, told)
      .map(({ line, column, message }) => `Warning: line ${line}, column ${column}: ${message}`),
    ...(more > 0
      ? [`and ${countOf(more, 'more warning')}; all of them are in --json and --report text`]
      : []),
  ]
}

/** How to go on from a count; undefined where there is nothing left to do. */
export function nextAfterCount({ tabulation }: CountReport): string | undefined {
  switch (tabulation.outcome.kind) {
    case 'tied':
      return 'the same command with --seed TEXT, a text published beforehand or drawn in public, or with --tie-order NAMES'
    case 'runoff':
      return 'a second election between the contenders'
    case 'decided':
      return undefined
  }
}
