import type { BallotFile } from '../../../src/interchange/ballot-file.ts'
import { type BallotGroups, unpackRanking } from '../../../src/tabulation/ballot-groups.ts'
import { recastBallots } from '../../../src/tabulation/recast.ts'
import { sameOrDiffers, type Verdict } from '../../support/conformance.ts'

interface Preference {
  readonly rank: number
  readonly rating?: number
}

/** What the corpus says a file holds. */
export interface ParseExpectation {
  readonly expect?: 'ok' | 'error'
  readonly candidates?: readonly string[] | Readonly<Record<string, string>>
  readonly candidates_count?: number
  readonly withdrawn?: readonly string[]
  readonly seats?: number
  readonly title?: string
  readonly ballots_total?: string
  readonly first_preferences?: Readonly<Record<string, number>>
  readonly ballotcount?: number
  readonly votelines?: readonly {
    readonly qty: number
    readonly prefs: Readonly<Record<string, Preference>>
  }[]
  readonly votes?: readonly { readonly ranking: readonly string[]; readonly weight: string }[]
}

/**
 * Compares what a file holds.
 * @param rated the same file by its ratings, if it can have some
 */
export function parseVerdict(
  expected: ParseExpectation,
  file: BallotFile,
  rated: BallotFile | undefined,
): Verdict {
  const { candidates, votes } = expected
  // Of a file with very many lines the corpus has the first only.
  const isWhole = expected.votelines?.reduce((sum, { qty }) => sum + qty, 0) === expected.ballotcount
  const votelines = isWhole ? expected.votelines : undefined
  const names: Readonly<Record<string, string>> =
    candidates === undefined || Array.isArray(candidates) ? {} : (candidates as Record<string, string>)
  const ballots = file.ballots as BallotGroups
  const found = {
    options: candidates && [...file.options].sort(),
    count: expected.candidates_count && file.options.length,
    withdrawn: expected.withdrawn && file.withdrawn.map((option) => file.options[option]),
    seats: expected.seats && file.seats,
    title: expected.title && file.title,
    total: (expected.ballots_total ?? expected.ballotcount) !== undefined && totalOf(ballots),
    first: expected.first_preferences && firstPreferences(file),
    rankings: votelines && rankingsOf(file),
    ratings: votelines && rated && ratingsOf(rated),
    votes: votes && rankingsOf(file),
  }
  return sameOrDiffers(found, {
    options: candidates && Object.values(candidates).sort(),
    count: expected.candidates_count,
    withdrawn: expected.withdrawn,
    seats: expected.seats,
    title: expected.title,
    total:
      (expected.ballots_total ?? expected.ballotcount) !== undefined &&
      Number(expected.ballots_total ?? expected.ballotcount),
    first: expected.first_preferences,
    rankings: votelines && together(votelines.map(({ qty, prefs }) => [ranksText(file, names, prefs), qty])),
    ratings:
      votelines && rated && together(votelines.map(({ qty, prefs }) => [ratingsText(names, prefs), qty])),
    votes: votes && together(votes.map(({ ranking, weight }) => [ranking.join('>'), Number(weight)])),
  })
}

function totalOf({ weights }: BallotGroups): number {
  return weights.reduce((sum, weight) => sum + weight, 0)
}

function together(ballots: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [text, weight] of ballots) sums[text] = (sums[text] ?? 0) + weight
  return sums
}

function rankingsOf(file: BallotFile): Record<string, number> {
  const { ballots } = recastBallots(file.ballots as BallotGroups, 'ranking')
  return together(
    Array.from({ length: ballots.count }, (_, group) => [
      unpackRanking(ballots, group)
        .map((rank) =>
          rank
            .map((option) => file.options[option]!)
            .sort()
            .join('='),
        )
        .join('>'),
      ballots.weights[group]!,
    ]),
  )
}

/** Where a file holds scores, options without one are unranked, whatever rank the other program makes of that. */
function ranksText(
  file: BallotFile,
  names: Readonly<Record<string, string>>,
  prefs: Readonly<Record<string, Preference>>,
): string {
  const kept = Object.entries(prefs).filter(
    ([, { rating }]) => file.ballots.kind !== 'scores' || rating !== undefined,
  )
  const ranks: string[][] = []
  for (const [id, { rank }] of kept) {
    ranks[rank] ??= []
    ranks[rank].push(names[id]!)
  }
  return ranks
    .filter((rank) => rank !== undefined)
    .map((rank) => rank.sort().join('='))
    .join('>')
}

function ratingsOf({ ballots, options }: BallotFile): Record<string, number> {
  const { count, starts, entries, weights } = ballots as BallotGroups
  return together(
    Array.from({ length: count }, (_, group) => {
      const pairs: string[] = []
      for (let at = starts[group]!; at < starts[group + 1]!; at += 2)
        pairs.push(`${options[entries[at]!]}/${entries[at + 1]}`)
      return [pairs.sort().join(','), weights[group]!]
    }),
  )
}

function ratingsText(
  names: Readonly<Record<string, string>>,
  prefs: Readonly<Record<string, Preference>>,
): string {
  return Object.entries(prefs)
    .filter(([, { rating }]) => rating !== undefined)
    .map(([id, { rating }]) => `${names[id]}/${rating}`)
    .sort()
    .join(',')
}

function firstPreferences({ ballots, options }: BallotFile): Record<string, number> {
  const groups = ballots as BallotGroups
  const firsts: [string, number][] = []
  for (let group = 0; group < groups.count; group++) {
    const [first] = unpackRanking(groups, group)
    if (first) firsts.push([options[first[0]!]!, groups.weights[group]!])
  }
  return together(firsts)
}
