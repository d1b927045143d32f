import { selectionGroups } from '../../../src/tabulation/ballot-grouping.ts'
import { type BallotGroups, unpackRanking } from '../../../src/tabulation/ballot-groups.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import { readCondorcet } from '../../support/condorcet-format.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'

/** Ballots as votes for one list, the first; those that rank several first are left out, as the other program does. */
function firstOnly(ballots: BallotGroups): BallotGroups {
  const grouping = selectionGroups(ballots.optionCount)
  for (let group = 0; group < ballots.count; group++) {
    const first = unpackRanking(ballots, group)[0]
    if (first?.length === 1) grouping.add(first, ballots.weights[group]!)
  }
  return grouping.finish()
}

/** The other program apportions the seats over first preferences; the earlier in the file prevails in a tie. */
function apportions(id: string, rules: object = {}): Check {
  return (corpusCase, { seats, ranking }) => {
    const { options, ballots } = readCondorcet(corpusCase)
    const tabulation = methodById(id).tabulate({
      options,
      seats,
      ballots: firstOnly(ballots),
      rules: { ...rules, ties: ['order given'] },
      tieBreaks: {},
    })
    const won = tabulation.seatsWon!.flatMap((count, option) => Array<string>(count).fill(options[option]!))
    return sameOrDiffers(won.sort(), (ranking as unknown as string[]).toSorted())
  }
}

/** By the method of Condorcet PHP. */
export const condorcetProportionalChecks: Checks = {
  Jefferson: apportions('dhondt'),
  'Sainte-Laguë': apportions('sainte-lague'),
  'Largest Remainder': apportions('hare-lr'),
}
