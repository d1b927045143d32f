import type { OptionIndex } from '../tabulation/option-index.ts'
import type { Tabulation } from '../tabulation/tabulation.ts'
import { changesIn, statusText } from './narrative.ts'
import { figure, heading, row, type SheetRow, signed } from './sheets.ts'

/**
 * The rounds of a count as rows of a sheet: for each option its votes in each round, from the second on beside
 * what they changed by.
 * @param order the options in the order of the rows
 */
export function roundTable(
  { options, statuses, rounds }: Pick<Tabulation, 'options' | 'statuses' | 'rounds'>,
  order: readonly OptionIndex[],
): SheetRow[] {
  return [
    heading('Option', 'Outcome', ...rounds.flatMap(({ number }) => roundTitles(number))),
    ...order.map((option) =>
      row(
        options[option]!,
        statusText(statuses[option]!),
        ...rounds.flatMap((round) => {
          const votes = round.votes[option] === undefined ? null : figure(round.votes[option])
          return round.number === 1 ? [votes] : [signed(changesIn(rounds, round.number)[option] ?? ''), votes]
        }),
      ),
    ),
    ...(['exhausted', 'loss', 'quota'] as const).map((of) =>
      row(
        { exhausted: 'Exhausted', loss: 'Lost to rounding', quota: 'Needed to be elected' }[of],
        null,
        ...rounds.flatMap((round) => {
          const votes = round[of] === undefined ? null : figure(round[of])
          return round.number === 1 ? [votes] : [null, votes]
        }),
      ),
    ),
  ]
}

function roundTitles(number: number): string[] {
  return number === 1 ? ['Round 1'] : ['Change', `Round ${number}`]
}
