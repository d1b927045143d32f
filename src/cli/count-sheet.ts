import { changesIn } from '../report/narrative.ts'
import { addsUp, inOrderOfOutcome } from '../report/outcome-order.ts'
import type { OptionIndex } from '../tabulation/option-index.ts'
import type { OptionStatus, Tabulation } from '../tabulation/tabulation.ts'
import { printable } from './output.ts'
import type { TableColumn } from './paged-table.ts'

/**
 * A count as a sheet: a row for each option and a column for each round, in which the votes stand above what
 * they changed by, and the word for what became of the option. Empty for a method whose rounds have no votes.
 */
export function countSheet(
  tabulation: Tabulation,
): { stub: TableColumn; columns: TableColumn[] } | undefined {
  const { options, rounds, statistics } = tabulation
  if (rounds.every(({ votes }) => votes.length === 0)) return undefined
  const order = inOrderOfOutcome(tabulation)
  const some = (of: 'exhausted' | 'loss') => rounds.some((round) => round[of] !== '0')
  const total = addsUp(tabulation)
  const quota = rounds.some((round) => round.quota !== undefined)
  const stub = {
    title: rounds.length > 1 ? 'Round' : 'Option',
    cells: [
      ...order.map((option) => printable(options[option]!)),
      ...(some('exhausted') ? ['(exhausted)'] : []),
      ...(some('loss') ? ['(lost to rounding)'] : []),
      ...(total ? ['= valid votes'] : []),
      ...(quota ? ['Needed to be elected'] : []),
    ],
  }
  const columns = rounds.map((round) => {
    const changes = changesIn(rounds, round.number)
    return {
      title: rounds.length > 1 ? String(round.number) : 'Votes',
      cells: [
        ...order.map((option) =>
          cellOf({ tabulation, round: round.number, option, change: changes[option] }),
        ),
        ...(some('exhausted') ? [round.exhausted] : []),
        ...(some('loss') ? [round.loss] : []),
        ...(total ? [statistics.valid] : []),
        ...(quota ? [round.quota ?? ''] : []),
      ],
    }
  })
  return { stub, columns }
}

function cellOf({
  tabulation,
  round,
  option,
  change = '',
}: {
  tabulation: Tabulation
  round: number
  option: OptionIndex
  change: string | undefined
}): string {
  const status = tabulation.statuses[option]!
  const votes = tabulation.rounds[round - 1]!.votes[option] ?? '0'
  const fate = fateIn(round, status)
  const settled = status.kind === 'withdrawn' || (status.kind === 'excluded' && status.round < round)
  if (settled && votes === '0' && change === '') return ''
  return [votes, change, fate].filter((line) => line !== '').join('\n')
}

/** The word for what became of an option in a round. */
function fateIn(round: number, status: OptionStatus): string {
  return (status.kind === 'elected' || status.kind === 'excluded') && status.round === round
    ? status.kind
    : ''
}
