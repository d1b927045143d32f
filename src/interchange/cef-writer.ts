import { BallotsNotWritable } from './ballot-file.ts'
import {
  ballotsOf,
  oneLine,
  ranksWithoutGaps,
  requireDistinctNames,
  requireWholeWeights,
  type WritableFile,
  weightOf,
} from './packed-ranks.ts'

const format = 'CEF'

/** Writes CEF, a line for each distinct ballot. Titles, withdrawals and invalid ballots have no place in it. */
export function* writeCef(file: WritableFile): Generator<string> {
  const ballots = ballotsOf(format, file, 'rankings')
  requireWholeWeights(format, ballots)
  const names = file.options.map(oneLine)
  requireDistinctNames(format, names)
  const wrong = names.find((name) => /[;,#/\\*>=^|]/.test(name))
  if (wrong !== undefined) throw new BallotsNotWritable(format, `the name ${JSON.stringify(wrong)}`)
  yield `#/Candidates: ${names.join(' ; ')}\n`
  if (file.seats !== undefined) yield `#/Number of Seats: ${file.seats}\n`
  yield '\n'
  for (let group = 0; group < ballots.count; group++) {
    const ranks = ranksWithoutGaps(format, ballots, group)
    const text = ranks.map((rank) => rank.map((option) => names[option]).join(' = ')).join(' > ')
    yield `${text === '' ? '/EMPTY_RANKING/' : text} * ${weightOf(ballots, group)}\n`
  }
}
