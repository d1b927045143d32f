import * as z from 'zod'
import type { OptionIndex } from '../option-index.ts'
import type { Comparison } from './compared-tabulation.ts'
import { allWins, compareStrength, strengthText, type Win, type WinStrength } from './wins.ts'

/** How strong a win is, for methods that follow paths. */
export const pathStrength = z.enum(['winning votes', 'winning votes then against', 'margins', 'ratio'])

interface PathRanking {
  readonly ranking: readonly (readonly OptionIndex[])[]
  /** `strengths[a][b]`: the strongest path from a to b, for people; empty where there is none. */
  readonly strengths: readonly (readonly string[])[]
}

/** Those that none of the others beats by a stronger path are first and equal; then the same for the rest. */
export function rankByPaths({ standing, votes, places }: Comparison, strength: WinStrength): PathRanking {
  const wins = winsByStrength(votes, standing, strength)
  const paths = strongestPaths(wins.levels)
  const ranking: OptionIndex[][] = []
  for (let left = standing; left.length > 0; ) {
    const unbeaten = left.filter((option) =>
      left.every((other) => paths[other]![option]! <= paths[option]![other]!),
    )
    ranking.push(unbeaten)
    left = left.filter((option) => !unbeaten.includes(option))
  }
  return {
    ranking,
    strengths: paths.map((row) =>
      Array.from(row, (level) =>
        level === 0 ? '' : strengthText(wins.examples[level - 1]!, strength, places),
      ),
    ),
  }
}

/**
 * The wins of each option over each other as levels: 1 is the weakest strength that occurs, 0 is no win.
 * Only the order of strengths matters to the method, so paths are found over small whole numbers.
 */
interface WinLevels {
  readonly levels: readonly Int32Array[]
  /** A win of each level, from 1. */
  readonly examples: readonly Win[]
}

function winsByStrength(
  votes: Comparison['votes'],
  among: readonly OptionIndex[],
  strength: WinStrength,
): WinLevels {
  const compare = compareStrength[strength]
  const levels = votes.map(() => new Int32Array(votes.length))
  const examples: Win[] = []
  for (const win of allWins(votes, among).sort(compare)) {
    const last = examples.at(-1)
    if (!last || compare(last, win) !== 0) examples.push(win)
    levels[win.winner]![win.loser] = examples.length
  }
  return { levels, examples }
}

/** The strength of the strongest path between any two: a path is as strong as its weakest win. */
function strongestPaths(levels: readonly Int32Array[]): readonly Int32Array[] {
  const paths = levels.map((row) => row.slice())
  for (const [via, onward] of paths.entries()) {
    for (const [from, row] of paths.entries()) {
      const first = row[via]!
      if (from === via || first === 0) continue
      for (let to = 0; to < row.length; to++) {
        const through = Math.min(first, onward[to]!)
        if (to !== from && through > row[to]!) row[to] = through
      }
    }
  }
  return paths
}
