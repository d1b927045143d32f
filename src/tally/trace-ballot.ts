import type { TracedBallot } from '../report/count-report.ts'
import { type BallotGroups, unpackRanking } from '../tabulation/ballot-groups.ts'
import { nameList } from '../tabulation/sentences.ts'
import type { Round, Tabulation } from '../tabulation/tabulation.ts'

/** What a ballot says and where it lay in each round, in words. */
export function traceBallot(tracing: {
  /** As it was asked for. */
  readonly ballot: string
  /** As they were read, with the group of the ballot. */
  readonly ballots: BallotGroups
  readonly group: number
  readonly tabulation: Tabulation
  /** Of the method. */
  readonly title: string
}): TracedBallot {
  const { ballot, ballots, group, tabulation, title } = tracing
  const { options, rounds } = tabulation
  const says = ballotInWords(ballots, group, options)
  if (rounds.some(({ traced }) => traced === undefined)) {
    return {
      ballot,
      says,
      rounds: [],
      remark: `${title} does not hand ballots on from option to option: this one counts as it stands.`,
    }
  }
  return {
    ballot,
    says,
    rounds: rounds.map((round, index) => ({
      round: round.number,
      sentence: whereabouts(round.traced!, rounds[index - 1]?.traced, options),
    })),
  }
}

type Traced = NonNullable<Round['traced']>

function whereabouts(now: Traced, before: Traced | undefined, names: readonly string[]): string {
  if (now.length === 0) {
    if (before === undefined) return 'It counts for nobody.'
    return before.length === 0
      ? 'It is exhausted.'
      : 'It is exhausted: none of those it goes on to continues.'
  }
  const lies = now.map(
    ({ option, votes }) => `${names[option]} with ${votes} ${votes === '1' ? 'vote' : 'votes'}`,
  )
  return `It ${movement(now, before)} ${nameList(lies)}.`
}

function movement(now: Traced, before: Traced | undefined): string {
  if (before === undefined) return 'counts for'
  const same =
    before.length === now.length && now.every(({ option }, index) => before[index]!.option === option)
  if (same) return 'stays with'
  return now.length === 1 ? 'goes to' : 'is divided between'
}

/** "1 Ada, 2 Bo and Cy", "Ada and Bo", "Ada 5, Bo 3". */
function ballotInWords(groups: BallotGroups, group: number, names: readonly string[]): string {
  const entries = groups.entries.subarray(groups.starts[group], groups.starts[group + 1])
  if (entries.length === 0) return 'nothing: it is blank'
  switch (groups.kind) {
    case 'selections':
      return nameList(Array.from(entries, (option) => names[option]!))
    case 'scores':
      return Array.from({ length: entries.length / 2 }, (_, pair) => pair * 2)
        .map((at) => `${names[entries[at]!]} ${entries[at + 1]}`)
        .join(', ')
    case 'rankings':
      return unpackRanking(groups, group)
        .map((rank, position) =>
          rank.length === 0
            ? `${position + 1} nobody`
            : `${position + 1} ${nameList(rank.map((option) => names[option]!))}`,
        )
        .join(', ')
  }
}
