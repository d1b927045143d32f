import type { OptionIndex } from '../option-index.ts'
import type { SeatRecord } from '../seat-record.ts'
import { settledTieSentence } from '../sentences.ts'
import type { TieQuestion } from '../ties.ts'

interface ChosenCommittee {
  /** Those who are in every committee that is left: the whole committee, unless a tie stays open. */
  readonly elected: readonly OptionIndex[]
  /** A sentence for each tie that was settled. */
  readonly ties: readonly string[]
  readonly open?: TieQuestion
}

/**
 * Of equally good committees, chooses among the options that are in some but not in all until one is left. The
 * ties are those of the present round.
 */
export function chooseCommittee(
  record: SeatRecord,
  best: readonly (readonly OptionIndex[])[],
  names: readonly string[],
): ChosenCommittee {
  let left = best
  let open: TieQuestion | undefined
  const ties: string[] = []
  while (left.length > 1 && !open) {
    const inAll = inEvery(left)
    const among = [...new Set(left.flat())].filter((option) => !inAll.includes(option)).sort((a, b) => a - b)
    const settled = record.settle({ to: 'elect', among, choose: 1 })
    if (settled.kind === 'tied') open = settled.question
    else {
      ties.push(settledTieSentence(settled.tie!, names))
      left = left.filter((committee) => committee.includes(settled.chosen[0]!))
    }
  }
  return { elected: inEvery(left), ties, ...(open && { open }) }
}

function inEvery(committees: readonly (readonly OptionIndex[])[]): OptionIndex[] {
  return committees[0]!.filter((option) => committees.every((committee) => committee.includes(option)))
}
