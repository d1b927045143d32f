import { BallotsNotWritable } from './ballot-file.ts'
import {
  ballotsOf,
  oneLine,
  ranksWithoutGaps,
  requireWholeWeights,
  type WritableFile,
  weightOf,
} from './packed-ranks.ts'

const format = 'PrefLib'

/**
 * Writes PrefLib's format of orders, of the type that fits: toc, toi, soc or soi. Seats, withdrawals and
 * invalid ballots have no place in it.
 */
export function* writePrefLib(file: WritableFile): Generator<string> {
  const ballots = ballotsOf(format, file, 'rankings')
  requireWholeWeights(format, ballots)
  let voters = 0
  let ties = false
  let complete = true
  for (let group = 0; group < ballots.count; group++) {
    const ranks = ranksWithoutGaps(format, ballots, group)
    if (ranks.length === 0) throw new BallotsNotWritable(format, 'blank ballots')
    voters += ballots.weights[group]!
    ties ||= ranks.some((rank) => rank.length > 1)
    complete &&= ranks.flat().length === file.options.length
  }
  yield `# TITLE: ${oneLine(file.title)}\n`
  yield `# DATA TYPE: ${ties ? 'to' : 'so'}${complete ? 'c' : 'i'}\n`
  yield `# NUMBER ALTERNATIVES: ${file.options.length}\n`
  yield `# NUMBER VOTERS: ${voters}\n`
  yield `# NUMBER UNIQUE ORDERS: ${ballots.count}\n`
  for (const [option, name] of file.options.entries()) {
    yield `# ALTERNATIVE NAME ${option + 1}: ${oneLine(name)}\n`
  }
  for (let group = 0; group < ballots.count; group++) {
    const ranks = ranksWithoutGaps(format, ballots, group).map((rank) => {
      const numbers = rank.map((option) => option + 1).join(',')
      return rank.length > 1 ? `{${numbers}}` : numbers
    })
    yield `${weightOf(ballots, group)}: ${ranks.join(',')}\n`
  }
}
