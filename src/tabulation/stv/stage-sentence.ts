import type { OptionIndex } from '../option-index.ts'
import { nameList, settledTieSentence } from '../sentences.ts'
import type { Transfer } from '../tabulation.ts'
import type { StageAction, StageElections } from './stage-action.ts'

/** What happened in a stage, for people. */
export function stageSentence(stage: {
  readonly names: readonly string[]
  readonly begun: StageAction
  readonly transfers: readonly Transfer[]
  readonly elections: StageElections
}): string {
  const { names, begun, transfers, elections } = stage
  const { reached, withoutQuota } = elections
  const nameAll = (options: readonly OptionIndex[]) => nameList(options.map((option) => names[option]!))
  const sentences = [actionSentence(begun, transfers, nameAll)]
  if (begun.tie) sentences.unshift(settledTieSentence(begun.tie, names))
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
  switch (action.kind) {
    case 'exclude': {
      const excluded = nameAll(action.options)
      const are = action.options.length === 1 ? 'is' : 'are'
      if (action.value !== undefined) {
        return `${excluded} ${are} excluded: the papers of value ${action.value} go to the next preferences.`
      }
      return transfers.length === 0
        ? `${excluded} ${are} excluded, and no paper moves.`
        : `${excluded} ${are} excluded, and the papers go to the next preferences at their value.`
    }
    case 'surplus': {
      const moved = transfers.flatMap(({ values }) =>
        values.map(({ before, after }) => (before === '1' ? after : `${after} (before: ${before})`)),
      )
      const surplus = `The surplus of ${nameAll([action.option])} goes to the next preferences,`
      if (moved.length === 0) return `${surplus} each paper at the value that it had.`
      return `${surplus} ${moved.length === 1 ? 'at a value of' : 'at values of'} ${nameList(moved)} a paper.`
    }
    case 'choose':
      return `The last seat goes to ${nameAll([action.option])}.`
    case 'count':
      return 'The first preferences are counted.'
  }
}
