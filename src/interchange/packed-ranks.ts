import { type BallotGroups, unpackRanking } from '../tabulation/ballot-groups.ts'
import { formatDecimal } from '../tabulation/decimal.ts'
import { type BallotFile, BallotsNotWritable } from './ballot-file.ts'

/** What a format writes. */
export type WritableFile = Omit<BallotFile, 'warnings' | 'found'>

/** The weight of a group, as a decimal. */
export function weightOf(ballots: BallotGroups, group: number): string {
  return formatDecimal(ballots.weights[group]!, ballots.weightPlaces)
}

/** @throws BallotsNotWritable for totals, and ballots of another kind */
export function ballotsOf<K extends BallotGroups['kind']>(
  format: string,
  { ballots }: WritableFile,
  ...kinds: readonly K[]
): BallotGroups & { readonly kind: K } {
  if (ballots.kind === 'totals' || !kinds.includes(ballots.kind as K)) {
    throw new BallotsNotWritable(format, ballots.kind)
  }
  return ballots as BallotGroups & { readonly kind: K }
}

/** @throws BallotsNotWritable where ballots weigh parts of a vote */
export function requireWholeWeights(format: string, { weightPlaces }: BallotGroups): void {
  if (weightPlaces > 0) throw new BallotsNotWritable(format, 'ballots that weigh parts of a vote')
}

/** @throws BallotsNotWritable where a rank is left empty before others */
export function ranksWithoutGaps(format: string, ballots: BallotGroups, group: number): number[][] {
  const ranks = unpackRanking(ballots, group)
  if (ranks.some((rank) => rank.length === 0))
    throw new BallotsNotWritable(format, 'ranks that are left empty')
  return ranks
}

/** The option and its score, by position. */
export function scoresOf(
  { starts, entries }: BallotGroups,
  group: number,
): [option: number, score: number][] {
  const scores: [number, number][] = []
  for (let at = starts[group]!; at < starts[group + 1]!; at += 2)
    scores.push([entries[at]!, entries[at + 1]!])
  return scores
}

/** A name as one line. */
export function oneLine(name: string): string {
  return name.replace(/\s+/g, ' ').trim()
}

/** @throws BallotsNotWritable where two options have the same name, or one has none */
export function requireDistinctNames(format: string, names: readonly string[]): void {
  if (names.includes('')) throw new BallotsNotWritable(format, 'options without a name')
  if (new Set(names).size < names.length) throw new BallotsNotWritable(format, 'two options of one name')
}
