import { type Fraction, sum, zeroFraction } from './fraction.ts'
import { type SlowPaper, SlowTable } from './slow-stv.ts'

/** Whole votes for papers at a transfer value, "any fraction being disregarded". */
function wholeVotes(papers: readonly SlowPaper[], value: Fraction): Fraction {
  return sum(papers.map(({ weight }) => weight))
    .times(value)
    .cut(0)
}

/** Papers hold a value, options a number of whole votes that is written down count by count. */
export class WholeVotesTable extends SlowTable {
  readonly #credited = new Map<number, Fraction>()

  override votes(option: number): Fraction {
    return this.#credited.get(option) ?? zeroFraction
  }

  credit(option: number, votes: Fraction): void {
    this.#credited.set(option, this.votes(option).plus(votes))
  }

  set(option: number, votes: Fraction): void {
    this.#credited.set(option, votes)
  }

  /** Passes papers on that all have one value, and credits each receiver once. */
  transfer(papers: readonly SlowPaper[], value: Fraction): void {
    for (const paper of papers) paper.value = value
    this.pass(papers)
    for (const option of this.options) {
      const received = papers.filter(({ holder }) => holder === option)
      this.credit(option, wholeVotes(received, value))
    }
  }

  /** The votes that an option was credited with for papers of a value: apart for each batch that brought them. */
  creditedFor(papers: readonly SlowPaper[]): Fraction {
    const batches = new Set(papers.map(({ batch }) => batch))
    return sum(
      [...batches].map((batch) => {
        const together = papers.filter((paper) => paper.batch === batch)
        return wholeVotes(together, together[0]!.value)
      }),
    )
  }
}
