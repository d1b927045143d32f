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
  readonly hasQuota: (option: OptionIndex) => boolean
}): string {
  const { names, begun, transfers, elections, hasQuota } = stage
  const { reached, allLeft, ahead } = elections
  const nameAll = (options: readonly OptionIndex[]) => nameList(options.map((option) => names[option]!))
  const sentences = [actionSentence(begun, transfers, nameAll)]
  if (begun.tie) sentences.unshift(settledTieSentence(begun.tie, names))
  const withQuota = reached.filter(hasQuota)
  const withShare = reached.filter((option) => !hasQuota(option))
  if (withQuota.length > 0) {
    const reach = withQuota.length === 1 ? 'reaches' : 'reach'
    sentences.push(`${nameAll(withQuota)} ${reach} the quota: elected.`)
  }
  if (withShare.length > 0) {
    const have = withShare.length === 1 ? 'has' : 'have'
    sentences.push(`${nameAll(withShare)} ${have} a share of the active votes that elects.`)
  }
  if (allLeft.length > 0) {
    sentences.push(`As many options as vacant seats are left: ${nameAll(allLeft)} elected.`)
  }
  if (ahead.length > 0 && begun.action.kind !== 'choose') {
    const seats = ahead.length === 1 ? 'The last seat goes' : 'The last seats go'
    sentences.push(`${seats} to ${nameAll(ahead)}, whom nobody can overtake.`)
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
      const values = transfers.flatMap((transfer) => transfer.values)
      const surplus = `The surplus of ${nameAll([action.option])} goes to the next preferences,`
      return `${surplus} ${valuesPhrase(values)}`
    }
    case 'choose':
      return `The last seat goes to ${nameAll([action.option])}.`
    case 'count':
      return 'The first preferences are counted.'
  }
}

/** As many values are listed; of more, a sentence says in which range they are. */
const mostListed = 6

/** @param values by what papers were worth before, highest first */
function valuesPhrase(values: Transfer['values']): string {
  const [first, last] = [values[0], values.at(-1)]
  if (first === undefined || last === undefined) return 'each paper at the value that it had.'
  if (values.length > mostListed) {
    return first.after === last.after
      ? `at a value of ${first.after} a paper, whatever it had before.`
      : `at values from ${last.after} to ${first.after} a paper, by what it had before.`
  }
  const listed = values.map(({ before, after }) => (before === '1' ? after : `${after} (before: ${before})`))
  return `${listed.length === 1 ? 'at a value of' : 'at values of'} ${nameList(listed)} a paper.`
}
