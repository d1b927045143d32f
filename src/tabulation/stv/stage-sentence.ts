import type { OptionIndex } from '../option-index.ts'
import { nameList, settledTieSentence } from '../sentences.ts'
import type { Transfer } from '../tabulation.ts'
import type { StageAction } from './stage-action.ts'

/** What happened in a stage, for people. */
export function stageSentence(stage: {
  readonly names: readonly string[]
  /** Absent in the first stage. */
  readonly begun: StageAction | undefined
  readonly transfers: readonly Transfer[]
  readonly reached: readonly OptionIndex[]
  readonly withoutQuota: readonly OptionIndex[]
}): string {
  const { names, begun, transfers, reached, withoutQuota } = stage
  const nameAll = (options: readonly OptionIndex[]) => nameList(options.map((option) => names[option]!))
  const sentences = [begun ? actionSentence(begun, transfers, nameAll) : 'The first preferences are counted.']
  if (begun?.tie) sentences.unshift(settledTieSentence(begun.tie, names))
  if (reached.length > 0) {
    sentences.push(`${nameAll(reached)} ${reached.length === 1 ? 'reaches' : 'reach'} the quota: elected.`)
  }
  if (withoutQuota.length > 0) {
    sentences.push(`As many options as vacant seats are left: ${nameAll(withoutQuota)} elected.`)
  }
  return sentences.join(' ')
}

function actionSentence(
  { action }: StageAction,
  transfers: readonly Transfer[],
  nameAll: (options: readonly OptionIndex[]) => string,
): string {
  if (action.kind === 'exclude') {
    const are = action.options.length === 1 ? 'is' : 'are'
    return `${nameAll(action.options)} ${are} excluded, and the papers go to the next preferences at their value.`
  }
  const values = transfers.flatMap((transfer) =>
    transfer.values.map(({ before, after }) => (before === '1' ? after : `${after} (before: ${before})`)),
  )
  const each = values.length === 1 ? 'at a value of' : 'at values of'
  return `The surplus of ${nameAll([action.option])} goes to the next preferences, ${each} ${nameList(values)} a paper.`
}
