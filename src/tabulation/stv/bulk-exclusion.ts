import type { OptionIndex } from '../option-index.ts'
import { type Standing, vacantSeats } from './standing.ts'

/** A candidate who continues, with what the Act compares. */
interface Place {
  readonly option: OptionIndex
  readonly votes: bigint
  /** Its votes, those of all who stand lower, and the surpluses that are not transferred (13C). */
  readonly notional: bigint
  /** Whether the notional votes are fewer than the votes of whoever stands next higher. */
  readonly isBelowNext: boolean
}

/**
 * Whom a bulk exclusion excludes together; nobody, when none can be made. Of those who continue, A is the
 * lowest whose notional votes reach the vacancy shortfall; B the highest below A, or below that shortfall
 * where there is no A, who stays below the next; C the highest whose notional votes don't reach the leading
 * shortfall. B goes with all lower ones, or C does where B's votes reach the leading shortfall. One that is
 * tied for highest is none.
 *
 * Source: Commonwealth Electoral Act 1918, section 273 (13A) to (13C), (29).
 */
export function bulkExclusion(standing: Standing): OptionIndex[] {
  const places = placesOf(standing)
  const shortfalls = places.map(({ votes }) => standing.ledger.quota - votes).reverse()
  const leading = shortfalls[0] ?? 0n
  const vacancy = shortfalls.slice(0, vacantSeats(standing)).reduce((sum, shortfall) => sum + shortfall, 0n)
  const a = places.find(({ notional }) => notional >= vacancy)
  const below = places.filter(({ votes, notional }) => (a ? votes < a.votes : notional < vacancy))
  const b = highest(below.filter(({ isBelowNext }) => isBelowNext))
  if (b === undefined) return []
  const last = b.votes < leading ? b : highest(places.filter(({ notional }) => notional < leading))
  if (last === undefined) return []
  const together = places.filter(({ option, votes }) => option === last.option || votes < last.votes)
  // As many as seats are elected, (18), so no exclusion may leave fewer.
  const enoughAreLeft = places.length - together.length >= vacantSeats(standing)
  return together.length > 1 && enoughAreLeft
    ? together.map(({ option }) => option).sort((x, y) => x - y)
    : []
}

/** Fewest votes first. */
function placesOf({ continuing, ledger }: Standing): Place[] {
  const votesOf = (option: OptionIndex) => ledger.votes[option]!
  return continuing.map((option) => {
    const votes = votesOf(option)
    const lower = continuing.filter((other) => votesOf(other) < votes)
    const next = continuing.find((other) => votesOf(other) > votes)
    const notional = lower.reduce((sum, other) => sum + votesOf(other), ledger.surplus() + votes)
    return { option, votes, notional, isBelowNext: next !== undefined && notional < votesOf(next) }
  })
}

/** The last of places in order, unless another has as many votes. */
function highest(places: readonly Place[]): Place | undefined {
  const last = places.at(-1)
  return last?.votes === places.at(-2)?.votes ? undefined : last
}
