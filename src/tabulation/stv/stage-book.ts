import type { CountRecord } from '../count-record.ts'
import type { Ledger } from './ledger.ts'
import type { Movement, PaperTable } from './paper-table.ts'
import { inOrderOfElection, type StageAction, type StageElections } from './stage-action.ts'
import { stageSentence } from './stage-sentence.ts'
import { transfersOf } from './transfers.ts'

/** Writes down the stages of a count. */
export class StageBook {
  readonly #names: readonly string[]
  readonly #record: CountRecord
  readonly #ledger: Ledger
  readonly #table: PaperTable

  constructor(count: {
    readonly names: readonly string[]
    readonly record: CountRecord
    readonly ledger: Ledger
    readonly table: PaperTable
  }) {
    this.#names = count.names
    this.#record = count.record
    this.#ledger = count.ledger
    this.#table = count.table
  }

  /** Writes the present stage, which begins the next. */
  close(begun: StageAction, movements: readonly Movement[], elections: StageElections): void {
    const ledger = this.#ledger
    const transfers = transfersOf(movements, ledger)
    const traced = this.#table.traced()
    this.#record.finishRound({
      action: begun.action,
      votes: [...ledger.votes],
      exhausted: ledger.exhausted,
      loss: ledger.loss,
      quota: ledger.quota,
      surplus: ledger.surplus(),
      elected: inOrderOfElection(elections),
      transfers,
      ...(traced && {
        traced: [...traced]
          .sort(([a], [b]) => a - b)
          .map(([option, value]) => ({ option, votes: ledger.valueText(value) })),
      }),
      sentence: stageSentence({
        names: this.#names,
        begun,
        transfers,
        elections,
        hasQuota: (option) => ledger.votes[option]! >= ledger.quota,
      }),
    })
  }
}
