import * as z from 'zod'
import { rankingByBestPlace } from '../condorcet/best-places.ts'
import {
  type Comparison,
  comparedTabulation,
  compareOptions,
  orderText,
  unrankedRule,
} from '../condorcet/compared-tabulation.ts'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import type { OptionIndex } from '../option-index.ts'
import { TabulationRefusal } from '../refusals.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'

/** The work doubles with each option. */
const mostOptions = 15

const rules = z.strictObject({
  unranked: unrankedRule.default('last'),
  ties: tieRulesSchema.default(['lot']),
})

type KemenyRules = z.output<typeof rules>

/** Each ballot ranks options; the order is found that agrees with the ballots on most pairs. */
export const kemeny = defineMethod({
  id: 'kemeny',
  title: 'Kemeny–Young',
  style: 'ranking',
  takesTotals: false,
  source:
    'Kemeny, "Mathematics without numbers", Daedalus 88 (1959); Young and Levenglick, "A consistent extension of Condorcet\'s election principle", SIAM Journal on Applied Mathematics 35 (1978)',
  rules,
  count: countKemeny,
})

function countKemeny(input: TabulationInput<KemenyRules>): Tabulation {
  const comparison = compareOptions(input)
  const { standing, places } = comparison
  if (standing.length > mostOptions) {
    throw new TabulationRefusal('too-large', `Kemeny–Young is counted for at most ${mostOptions} options.`, {
      options: standing.length,
      most: mostOptions,
    })
  }
  const best = bestOrders(comparison)
  return comparedTabulation({
    method: 'kemeny',
    input,
    comparison,
    ranking: rankingByBestPlace(best.placings),
    sentence: `By the orders that agree with most preferences (${formatDecimal(best.score, places)})`,
    workings: [
      {
        title: `Best orders: ${best.count}`,
        head: ['order', 'preferences that agree'],
        rows: best.examples.map((order) => [
          orderText(
            order.map((option) => [option]),
            input.options,
          ),
          formatDecimal(best.score, places),
        ]),
      },
    ],
  })
}

interface BestOrders {
  /** Weight of the preferences in pairs that agree with a best order. */
  readonly score: bigint
  /** How many orders are best. */
  readonly count: bigint
  /** The first of them by the positions of the options. */
  readonly examples: readonly (readonly OptionIndex[])[]
  /** For each place the options that some best order has there: as rankings of one place. */
  readonly placings: readonly (readonly (readonly OptionIndex[])[])[]
}

/** How many best orders are written down. */
const mostExamples = 20

/**
 * Finds the best orders set by set: the best order of a set begins with some option, which gains its votes over
 * the others, and goes on with the best order of those. Sums of at most 105 pairs, each below 2^53, stay
 * below 2^60.
 */
function bestOrders({ standing, votes }: Comparison): BestOrders {
  const size = standing.length
  const everybody = (1 << size) - 1
  const best = new BigInt64Array(1 << size)
  const count = new BigInt64Array(1 << size)
  count[0] = 1n
  /** What the option, by its place in `standing`, gains at the head of the others. */
  const gain = (first: number, others: number): bigint => {
    let sum = 0n
    for (let other = 0; other < size; other++) {
      if (others & (1 << other)) sum += BigInt(votes[standing[first]!]![standing[other]!]!)
    }
    return sum
  }
  for (let set = 1; set <= everybody; set++) {
    for (let first = 0; first < size; first++) {
      if (!(set & (1 << first))) continue
      const others = set & ~(1 << first)
      const score = best[others]! + gain(first, others)
      if (score > best[set]! || count[set] === 0n) {
        best[set] = score
        count[set] = count[others]!
      } else if (score === best[set]) count[set]! += count[others]!
    }
  }
  const headsOf = (set: number) =>
    [...standing.keys()].filter((first) => {
      const others = set & ~(1 << first)
      return set !== others && best[others]! + gain(first, others) === best[set]
    })

  const placings: OptionIndex[][][] = []
  for (let sets = new Set([everybody]), place = 0; place < size; place++) {
    const heads = new Set<number>()
    const next = new Set<number>()
    for (const set of sets) {
      for (const first of headsOf(set)) {
        heads.add(first)
        next.add(set & ~(1 << first))
      }
    }
    const empty: OptionIndex[][] = Array.from({ length: place }, () => [])
    placings.push([...empty, [...heads].sort((a, b) => a - b).map((first) => standing[first]!)])
    sets = next
  }

  const examples: OptionIndex[][] = []
  const write = (order: readonly OptionIndex[], set: number): void => {
    if (examples.length === mostExamples) return
    if (set === 0) examples.push([...order])
    else for (const first of headsOf(set)) write([...order, standing[first]!], set & ~(1 << first))
  }
  write([], everybody)
  return { score: best[everybody]!, count: count[everybody]!, examples, placings }
}
