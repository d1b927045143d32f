import { BltReader } from '../../src/interchange/blt.ts'
import { scoreGroups, selectionGroups } from '../../src/tabulation/ballot-grouping.ts'
import type { BallotGroups } from '../../src/tabulation/ballot-groups.ts'
import type { BallotStyle } from '../../src/tabulation/method.ts'

export interface Example {
  readonly options: readonly string[]
  readonly seats: number
  readonly ballots: BallotGroups
}

/**
 * The example of a page: BLT for rankings and selections, or a table of scores or answers whose first column
 * says how many ballots are alike, followed by "Seats: 3" where it isn't one.
 */
export function exampleOf(page: string, style: BallotStyle): Example {
  const blt = /```blt\n(.*?)```/s.exec(page)
  if (blt === null) return scoreExample(page)
  const reader = new BltReader({ irregularities: 'refused', order: 'kept' })
  reader.write(new TextEncoder().encode(blt[1]!))
  const { options, seats, ballots } = reader.end()
  return { options, seats, ballots: style === 'ranking' ? ballots : asSelections(ballots) }
}

/** The examples write selections as BLT writes rankings. */
function asSelections(groups: BallotGroups): BallotGroups {
  const grouping = selectionGroups(groups.optionCount)
  for (let group = 0; group < groups.count; group++) {
    grouping.add(
      groups.entries.subarray(groups.starts[group], groups.starts[group + 1]),
      groups.weights[group],
    )
  }
  return grouping.finish()
}

const grades: Readonly<Record<string, number>> = { no: 0, abstain: 1, yes: 2 }

function scoreExample(page: string): Example {
  const [head, ...rows] = /```csv\n(.*?)\n```/s
    .exec(page)![1]!
    .split('\n')
    .map((line) => line.split(','))
  const options = head!.slice(1)
  const grouping = scoreGroups(options.length)
  for (const [weight, ...cells] of rows) {
    const entries = cells.flatMap((cell, option) =>
      cell === '' ? [] : [option, grades[cell] ?? Number(cell)],
    )
    grouping.add(entries, weight)
  }
  return { options, seats: Number(/^Seats: (\d+)$/m.exec(page)?.[1] ?? '1'), ballots: grouping.finish() }
}
