import type { ArbitraryElection } from './arbitrary-elections.ts'
import type { Fraction } from './fraction.ts'
import { slowPairs } from './slow-schulze.ts'

export interface SlowWin {
  readonly winner: number
  readonly loser: number
  readonly votesFor: Fraction
  readonly against: Fraction
}

/** Below 0 where the first is to be locked in before the second. */
export type WinOrder = (a: SlowWin, b: SlowWin) => number

/** More votes for, or a larger margin, comes first; then fewer votes against. */
export function byStrength(strength: 'winning votes' | 'margins'): WinOrder {
  return (a, b) => {
    const stronger =
      strength === 'winning votes'
        ? b.votesFor.compare(a.votesFor)
        : b.votesFor.minus(b.against).compare(a.votesFor.minus(a.against))
    return stronger || a.against.compare(b.against)
  }
}

export function slowWins(election: ArbitraryElection): SlowWin[] {
  const votes = slowPairs(election)
  const options = [...Array(election.optionCount).keys()]
  return options
    .flatMap((winner) =>
      options.map((loser) => ({
        winner,
        loser,
        votesFor: votes(winner, loser),
        against: votes(loser, winner),
      })),
    )
    .filter(({ votesFor, against }) => votesFor.compare(against) > 0)
}

/** Locks wins in one by one, and leaves out each to whose winner a chain of locked wins leads from its loser. */
export function lockInOrder(wins: readonly SlowWin[]): SlowWin[] {
  const locked: SlowWin[] = []
  const leadsTo = (from: number, to: number): boolean =>
    from === to || locked.some((win) => win.winner === from && leadsTo(win.loser, to))
  for (const win of wins) if (!leadsTo(win.loser, win.winner)) locked.push(win)
  return locked
}

/** Those that no locked win is against. */
export function unbeaten(optionCount: number, locked: readonly SlowWin[]): number[] {
  return [...Array(optionCount).keys()].filter((option) => !locked.some(({ loser }) => loser === option))
}

/** Every order of the wins in which none comes before one that it has to follow. */
export function* everyOrder(wins: readonly SlowWin[], order: WinOrder): Generator<SlowWin[]> {
  if (wins.length === 0) yield []
  for (const next of wins) {
    const others = wins.filter((win) => win !== next)
    if (others.some((win) => order(win, next) < 0)) continue
    for (const rest of everyOrder(others, order)) yield [next, ...rest]
  }
}
