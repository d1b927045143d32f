import { displayOrder } from '../report/html/option-order.ts'
import { changesIn, statusText } from '../report/narrative.ts'
import { toCommonScale } from '../tabulation/decimal.ts'
import type { OptionIndex } from '../tabulation/option-index.ts'
import type { OptionStatus, Round, Tabulation } from '../tabulation/tabulation.ts'
import { printable } from './output.ts'
import type { TableColumn } from './paged-table.ts'

/**
 * A count as a sheet: a row for each option and a column for each round, in which the votes stand above what
 * they changed by, and the word for what became of the option. A single round has that word beside the votes.
 * Nothing for a method whose rounds have no votes.
 */
export function countSheet(
  tabulation: Tabulation,
): { stub: TableColumn; columns: TableColumn[] } | undefined {
  const { options, rounds } = tabulation
  if (rounds.every(({ votes }) => votes.length === 0)) return undefined
  const order = displayOrder(tabulation)
  const foot = footRows(tabulation)
  const names = [...order.map((option) => printable(options[option]!)), ...foot.map(({ name }) => name)]
  const [only] = rounds
  if (only !== undefined && rounds.length === 1) {
    const votes = [...order.map((option) => only.votes[option] ?? '0'), ...foot.map(({ of }) => of(only))]
    const fates = order.map((option) => outcomeWord(option, tabulation))
    const { seatsWon } = tabulation
    const columns = [
      { title: 'Votes', cells: votes },
      ...(seatsWon ? [{ title: 'Seats', cells: order.map((option) => String(seatsWon[option])) }] : []),
      { title: 'Outcome', cells: fates },
    ]
    return { stub: { title: 'Option', cells: names }, columns }
  }
  const columns = rounds.map((round) => {
    const changes = changesIn(rounds, round.number)
    const cells = order.map((option) =>
      cellOf({ tabulation, round: round.number, option, change: changes[option] }),
    )
    return { title: String(round.number), cells: [...cells, ...foot.map(({ of }) => of(round))] }
  })
  return { stub: { title: 'Round', cells: names }, columns }
}

/** Nothing to say of those who are just not elected. */
function outcomeWord(option: OptionIndex, { statuses, outcome }: Tabulation): string {
  const status = statuses[option]!
  if (outcome.kind === 'tied' && outcome.tie.among.includes(option)) return 'tied'
  return status.kind === 'not elected' ? '' : statusText(status)
}

/** Below the options: what the pencil needs to add a round up. */
function footRows(tabulation: Tabulation): { name: string; of: (round: Round) => string }[] {
  const { rounds, statistics } = tabulation
  const some = (of: (round: Round) => string) => rounds.some((round) => !['0', ''].includes(of(round)))
  const rows = [
    { name: '(exhausted)', of: ({ exhausted }: Round) => exhausted },
    { name: '(lost to rounding)', of: ({ loss }: Round) => loss },
    { name: '= valid votes', of: () => (addsUp(tabulation) ? statistics.valid : '') },
    { name: 'Needed to be elected', of: ({ quota = '' }: Round) => quota },
  ]
  return rows.filter(({ of }) => some(of))
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

/** Whether in every round the votes, the exhausted and the lost ones add up to the valid votes. */
function addsUp({ rounds, statistics }: Tabulation): boolean {
  return rounds.every((round) => sumOfRound(round, statistics.valid))
}

function sumOfRound({ votes, exhausted, loss }: Round, valid: string): boolean {
  if (votes.length === 0) return false
  const { units } = toCommonScale([valid, exhausted, loss, ...votes])
  const [all, ...parts] = units as [bigint, ...bigint[]]
  return parts.reduce((sum, part) => sum + part, 0n) === all
}
