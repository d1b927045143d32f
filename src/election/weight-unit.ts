/**
 * Weights of the sealed count are whole numbers of a unit: the greatest that divides every weight of the
 * roll. Where all weigh the same, each counts as one unit, and the credentials carry no weight.
 * @param weights in millionths of a vote, at least 1 each
 * @returns in millionths of a vote; one vote for an empty roll
 */
export function weightUnit(weights: Iterable<number>): number {
  let unit = 0
  for (const weight of weights) unit = greatestCommonDivisor(weight, unit)
  return unit === 0 ? 1_000_000 : unit
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
