import { comparisonJson } from '../report/comparison.ts'
import type { ComparedCount } from '../report/count-report.ts'
import { statusText } from '../report/narrative.ts'
import { nameList } from '../tabulation/sentences.ts'
import { countOf, printable } from './output.ts'
import { type Page, pagedTable } from './paged-table.ts'
import { hanging } from './wrap.ts'

/** Several counts of one file side by side: what becomes of each option by each method. */
export function comparisonText(counts: readonly ComparedCount[], page: Page): string {
  const comparison = comparisonJson(counts)
  const { title, file, seats, seatsFrom, options, electedByAll, electedBySome, methods, remarks } = comparison
  const say = (sentence: string, mark = '') => hanging(printable(sentence), mark, page.width)
  const differing = Object.keys(electedBySome)
  const told = options
    .map((name, option) => ({ name, option }))
    .filter(({ option }) => counts.some((count) => fateOf(count, option) !== ''))
    .sort((a, b) => electing(counts, b.option) - electing(counts, a.option) || a.option - b.option)
  const table = pagedTable(
    { title: 'Option', cells: told.map(({ name }) => printable(name)) },
    counts.map((count) => ({
      title: count.method.id,
      cells: told.map(({ option }) => fateOf(count, option)),
    })),
    page,
  )
  return [
    ...say(title === '' ? file.name : title).map((line) => page.head(line)),
    ...say(
      `${countOf(seats, 'seat')}${seatsFrom === 'assumption' ? ' (assumed)' : ''} · ${methods.length} methods`,
    ),
    ...remarks.flatMap((remark) => say(remark, '· ')),
    '',
    ...say(agreementSentence(electedByAll, differing)).map((line) => page.head(line)),
    '',
    ...table.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
    '',
    ...methods.flatMap(({ method, sentence }) => say(sentence, `${method}: `)),
  ].join('\n')
}

function agreementSentence(byAll: readonly string[], differing: readonly string[]): string {
  const all = byAll.length === 0 ? 'Nobody is elected by all of them' : `Elected by all: ${nameList(byAll)}`
  return differing.length === 0
    ? `${all}. The methods elect the same.`
    : `${all}. They differ on ${nameList(differing)}.`
}

/** Empty for an option that a method doesn't elect. */
function fateOf(count: ComparedCount, option: number): string {
  if ('refused' in count) return ''
  const { statuses, seatsWon } = count.report.tabulation
  const status = statuses[option]!
  switch (status.kind) {
    case 'elected':
      return seatsWon ? countOf(seatsWon[option]!, 'seat') : 'elected'
    case 'contender':
    case 'open':
      return statusText(status)
    case 'excluded':
    case 'not elected':
    case 'withdrawn':
      return ''
  }
}

function electing(counts: readonly ComparedCount[], option: number): number {
  return counts.filter(
    (count) => 'report' in count && count.report.tabulation.statuses[option]!.kind === 'elected',
  ).length
}
