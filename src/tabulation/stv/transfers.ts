import type { OptionIndex } from '../option-index.ts'
import type { Transfer } from '../tabulation.ts'
import type { Ledger } from './ledger.ts'
import type { Movement } from './paper-table.ts'

/** The transfers of a stage, as it is written down: what left an option in several batches is one transfer. */
export function transfersOf(movements: readonly Movement[], ledger: Ledger): Transfer[] {
  return [...Map.groupBy(movements, ({ from }) => from)].map(([from, batches]) => {
    const received = new Map<OptionIndex, bigint>()
    for (const batch of batches) {
      for (const [option, votes] of batch.received) received.set(option, (received.get(option) ?? 0n) + votes)
    }
    const total = (of: (batch: Movement) => bigint) =>
      ledger.text(batches.reduce((sum, batch) => sum + of(batch), 0n))
    return {
      from,
      to: [...received]
        .sort(([a], [b]) => a - b)
        .map(([option, votes]) => ({ option, votes: ledger.text(votes) })),
      exhausted: total(({ exhausted }) => exhausted),
      loss: total(({ loss }) => loss),
      kept: ledger.text(ledger.votes[from]!),
      values: batches.flatMap(({ values }) =>
        values.map(({ before, after }) => ({
          before: ledger.valueText(before),
          after: ledger.valueText(after),
        })),
      ),
    }
  })
}
