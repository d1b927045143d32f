import type { OptionIndex } from '../option-index.ts'
import { nameList, settledTieSentence } from '../sentences.ts'
import type { RoundAction } from '../tabulation.ts'
import type { Tie } from '../ties.ts'

/** What began a round. */
export interface BegunRound {
  readonly action: Extract<RoundAction, { kind: 'count' | 'exclude' | 'keep' }>
  /** Settled for it. */
  readonly ties?: readonly Tie[]
  /** How often the papers were counted in it so far. */
  readonly iterations: number
}

/** What happened in a round, for people. */
export function roundSentence(round: {
  readonly names: readonly string[]
  readonly begun: BegunRound
  /** The keep value of each option. */
  readonly keepTexts: readonly string[]
  readonly reached: readonly OptionIndex[]
  readonly withoutQuota: readonly OptionIndex[]
}): string {
  const { names, begun, keepTexts, reached, withoutQuota } = round
  const nameAll = (options: readonly OptionIndex[]) => nameList(options.map((option) => names[option]!))
  const sentences = (begun.ties ?? []).map((tie) => settledTieSentence(tie, names))
  sentences.push(actionSentence(begun, nameAll))
  const keeping = keepTexts.flatMap((text, option) =>
    text === '0' || text === '1' ? [] : [`${names[option]} ${text}`],
  )
  if (keeping.length > 0) sentences.push(`Of a paper's value these keep: ${nameList(keeping)}.`)
  if (reached.length > 0) {
    sentences.push(`${nameAll(reached)} ${reached.length === 1 ? 'reaches' : 'reach'} the quota: elected.`)
  }
  if (withoutQuota.length > 0) {
    sentences.push(`As many options as vacant seats are left: ${nameAll(withoutQuota)} elected.`)
  }
  return sentences.join(' ')
}

function actionSentence(
  { action, iterations }: BegunRound,
  nameAll: (options: readonly OptionIndex[]) => string,
): string {
  const often = iterations === 1 ? '' : ` ${iterations} times`
  switch (action.kind) {
    case 'count':
      return 'The first preferences are counted.'
    case 'keep':
      return `The elected with a surplus keep less, and all papers are counted again${often}.`
    case 'exclude': {
      const are = action.options.length === 1 ? 'is' : 'are'
      return `${nameAll(action.options)} ${are} excluded, and all papers are counted again${often} as if without.`
    }
  }
}
