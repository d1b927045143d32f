import { methodById } from '../../../src/tabulation/registry.ts'
import type { Round } from '../../../src/tabulation/tabulation.ts'
import { filledUp, readCondorcet } from '../../support/condorcet-format.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'

type RoundsShown = Readonly<Record<string, Readonly<Record<string, number>>>>

/** Votes of a round of those who stand in it, to six places. */
function votesOf({ votes }: Round, standing: readonly number[], options: readonly string[]) {
  return Object.fromEntries(standing.map((option) => [options[option]!, Number(votes[option])]))
}

/** Options that share the last place in the next round all go on there, and shared ranks share the vote. */
function rounds(contenders: readonly number[]): Check {
  return (corpusCase, expectation) => {
    const given = readCondorcet(corpusCase)
    const { options, ballots } = expectation.options?.implicit_ranking ? filledUp(given) : given
    const tabulation = methodById('two-round').tabulate({
      options,
      seats: 1,
      ballots,
      rules: { contenders, tiedContenders: 'all go on', overvotes: 'split equally', ties: [] },
      tieBreaks: {},
    })
    const { ranking } = expectation
    const shown = expectation.stats as unknown as RoundsShown | undefined
    let standing = [...options.keys()]
    const stats = tabulation.rounds.map((round) => {
      const { action } = round
      if (action.kind === 'exclude') standing = standing.filter((option) => !action.options.includes(option))
      return votesOf(round, standing, options)
    })
    return sameOrDiffers(
      {
        ...(ranking && {
          ranking: tabulation.ranking!.map((equals) => equals.map((option) => options[option]!).sort()),
        }),
        ...(shown && { stats }),
      },
      {
        ...(ranking && { ranking: ranking.map((equals) => [...equals].sort()) }),
        ...(shown && { stats: Object.values(shown).map(cut) }),
      },
    )
  }
}

/** The other program shows nine places, rounded. */
function cut(votes: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(votes).map(([name, number]) => [name, Math.floor(number * 1e6 + 1e-3) / 1e6]),
  )
}

/** The methods of rounds of Condorcet PHP, by their names there; where it shows no votes, its case has three rounds. */
export const twoRoundChecks: Checks = {
  'Two Rounds': rounds([2]),
  'Multiple Rounds System': (corpusCase, expectation) =>
    rounds(expectation.stats === undefined ? [2, 2] : [2])(corpusCase, expectation),
  'runoff voting': rounds([2, 2]),
}
