import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction } from './fraction.ts'
import { slowPairs } from './slow-schulze.ts'

/**
 * Whom the vote counting of the Debian Constitution (version 1.9, appendix A.5) leaves for the casting vote,
 * step by step as it is written; option 0 is the default option.
 */
export function slowDebianWinners(
  election: ArbitraryElection,
  { quorum, supermajority }: { readonly quorum: string; readonly supermajority: bigint },
): number[] {
  const votes = slowPairs(election)
  const all = [...Array(election.optionCount).keys()]
  const undropped = all.filter((option) => {
    if (option === 0) return true
    const [above, below] = [votes(option, 0), votes(0, option)]
    const hasQuorum = above.compare(Fraction.parse(quorum)) >= 0
    const hasRatio = above.compare(below.times(new Fraction(supermajority))) >= 0
    return hasQuorum && hasRatio && above.compare(below) > 0
  })
  let defeats = undropped.flatMap((a) =>
    undropped.filter((b) => votes(a, b).compare(votes(b, a)) > 0).map((b) => [a, b] as const),
  )
  for (;;) {
    const reached = undropped.map((from) => {
      const found = new Set<number>()
      const visit = (option: number) => {
        for (const [a, b] of defeats) {
          if (a !== option || found.has(b)) continue
          found.add(b)
          visit(b)
        }
      }
      visit(from)
      return found
    })
    const defeatsTransitively = (a: number, b: number) => reached[undropped.indexOf(a)]!.has(b)
    const schwartz = undropped.filter((a) =>
      undropped.every((b) => defeatsTransitively(a, b) || !defeatsTransitively(b, a)),
    )
    const within = defeats.filter(([a, b]) => schwartz.includes(a) && schwartz.includes(b))
    if (within.length === 0) return schwartz
    const weaker = ([a, x]: readonly [number, number], [b, y]: readonly [number, number]) =>
      votes(a, x).compare(votes(b, y)) || votes(y, b).compare(votes(x, a))
    const weakest = within.filter((defeat) => within.every((other) => weaker(defeat, other) <= 0))
    defeats = defeats.filter((defeat) => !weakest.includes(defeat))
  }
}
