import { scoreGroups } from '../../../src/tabulation/ballot-grouping.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import { conformanceSuite, sameOrDiffers } from '../../support/conformance.ts'
import { corpusText, type Expectation } from '../../support/tabulation-corpus.ts'

/** How many ballots give each grade, the worst first, by option; and what takes the place of a missing grade. */
interface Tallies {
  readonly participants: number
  readonly tallies: readonly (readonly number[])[]
  readonly mode: 'StaticDefault' | 'Normalized' | null
  readonly default: number | null
}

/** Ballots with those tallies, each of which grades one option; the medians don't depend on who graded what. */
function ballotsOf({ tallies, participants }: Tallies) {
  const grouping = scoreGroups(tallies.length)
  // Ballots are made one a participant: each option's grades are dealt out in order, the ungraded last.
  const cuts = tallies.map((grades) => {
    let end = 0
    return grades.map((ballots) => (end += ballots))
  })
  const borders = [...new Set([...cuts.flat(), participants])].sort((a, b) => a - b)
  let start = 0
  for (const border of borders) {
    const entries = cuts.flatMap((ends, option) => {
      const grade = ends.findIndex((end) => end > start)
      return grade === -1 ? [] : [option, grade]
    })
    if (border > start) grouping.add(entries, border - start)
    start = border
  }
  return grouping.finish()
}

conformanceSuite('majority-judgment', (corpusCase, expectation) => {
  const tallies = JSON.parse(corpusText(corpusCase)) as Tallies
  const options = tallies.tallies.map((_, option) => String(option))
  const { ranking } = methodById('majority-judgment').tabulate({
    options,
    seats: 1,
    ballots: ballotsOf(tallies),
    rules: {
      bestGrade: tallies.tallies[0]!.length - 1,
      ungraded: tallies.mode === 'Normalized' ? 'not counted' : 'assumed grade',
      assumedGrade: tallies.default ?? 0,
      ties: [],
    },
    tieBreaks: {},
  })
  // The expected ranks are those of a competition: two first ones are followed by a third.
  const ranks = options.map((_, option) => {
    const place = ranking!.findIndex((equals) => equals.includes(option))
    return ranking!.slice(0, place).flat().length + 1
  })
  return sameOrDiffers(ranks, (expectation as Expectation & { readonly ranks: readonly number[] }).ranks)
})
