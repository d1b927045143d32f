import { cleanWriteIn, writeInFault, writeInKey } from '../ballot/write-in.ts'
import { nearestWord } from '../election/spelling.ts'
import type { ContestCount } from './count-contest.ts'
import { WriteInDecisionInvalid, WriteInNotFound } from './count-refusals.ts'
import type { WriteInDecision } from './written-names.ts'

/**
 * @param text `ada lovlace=Ada Lovelace`, or `mickey mouse=` to set the name aside
 * @throws WriteInDecisionInvalid
 */
export function parseWriteInDecision(text: string): WriteInDecision {
  const equals = text.indexOf('=')
  const spelling = cleanWriteIn(text.slice(0, Math.max(equals, 0)))
  const to = cleanWriteIn(text.slice(equals + 1))
  if (writeInFault(spelling) !== undefined || (to !== '' && writeInFault(to) !== undefined)) {
    throw new WriteInDecisionInvalid(text, 'It is written NAME=OTHER NAME, or NAME= to set the name aside.')
  }
  return { spelling, to: to === '' ? null : to }
}

/**
 * The decisions with new ones in the place of those of the same name; one that leaves a name to itself takes
 * back what was decided. By name, so that the same decisions are one text.
 * @throws WriteInDecisionInvalid where a name stands for another that itself stands for a third
 */
export function mergedDecisions(
  earlier: readonly WriteInDecision[],
  later: readonly WriteInDecision[],
): WriteInDecision[] {
  const byKey = new Map<string, WriteInDecision>()
  for (const decision of [...earlier, ...later]) {
    const key = writeInKey(decision.spelling)
    byKey.delete(key)
    if (decision.to === null || writeInKey(decision.to) !== key) byKey.set(key, decision)
  }
  for (const { spelling, to } of byKey.values()) {
    if (to === null || !byKey.has(writeInKey(to))) continue
    throw new WriteInDecisionInvalid(
      `${spelling}=${to}`,
      `${to} is itself decided to be another name: say whose ${spelling} is at once.`,
    )
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, decision]) => decision)
}

/** @throws WriteInNotFound naming the first that nobody wrote */
export function requireWritten(
  decisions: readonly WriteInDecision[],
  counts: readonly Pick<ContestCount, 'writeIns'>[],
): void {
  const names = counts.flatMap(({ writeIns }) => {
    const written = writeIns?.written.flatMap(({ spellings }) => spellings) ?? []
    return [...written, ...(writeIns?.setAside ?? [])].map(({ spelling }) => spelling)
  })
  const keys = new Set(names.map(writeInKey))
  for (const { spelling } of decisions) {
    if (!keys.has(writeInKey(spelling))) throw new WriteInNotFound(spelling, nearestWord(spelling, names))
  }
}
