/** Small statistics for what is said of a turnout. Estimates, in floating point; no vote is counted with them. */

/** Of how many there were, so many. */
export interface Share {
  readonly voters: number
  readonly voted: number
}

/** For intervals that hold 95 times of 100, of a normal distribution. */
const normal = 1.959964

/**
 * The same of Student's t, by degrees of freedom from 1.
 * Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, upper critical values, 0.975.
 */
const student = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
] as const

/**
 * Where the next share is expected, from those before: their mean, and the interval in which the next one lies 95 times
 * of 100 if it is drawn as they were. It is never narrower than chance alone makes it among so many voters.
 * Source: NIST/SEMATECH e-Handbook, 4.4.5.1, prediction interval for a mean.
 * @param shares two at least, each from 0 to 1
 */
export function predictedShare(
  shares: readonly number[],
  voters: number,
): { mean: number; lower: number; upper: number } {
  const mean = meanOf(shares)
  const spread = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1)
  const variance = Math.max(spread, (mean * (1 - mean)) / voters)
  const critical = student[Math.min(shares.length - 1, student.length) - 1]!
  const reach = critical * Math.sqrt(variance * (1 + 1 / shares.length))
  return { mean, lower: Math.max(0, mean - reach), upper: Math.min(1, mean + reach) }
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length
}

/** @param numbers one at least */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * How far each count is from the median, in standard deviations: of the square roots, whose spread does not grow with
 * the count, and with a spread that a few outliers do not move, at least that of chance.
 * Sources: F. J. Anscombe, Biometrika 35 (1948), 246–254; B. Iglewicz and D. Hoaglin, How to Detect and Handle Outliers
 * (1993), the modified z-score.
 * @param counts one at least
 */
export function robustScores(counts: readonly number[]): number[] {
  const roots = counts.map((count) => 2 * Math.sqrt(count + 3 / 8))
  const middle = median(roots)
  const spread = Math.max(1, 1.4826 * median(roots.map((root) => Math.abs(root - middle))))
  return roots.map((root) => (root - middle) / spread)
}

/**
 * How likely a share as unusual as that of the part is, were the votes of the whole dealt out to the voters by lot:
 * Fisher's exact test, two-sided.
 * @param whole with the part
 */
export function chanceOf(part: Share, whole: Share): number {
  const least = Math.max(0, part.voters + whole.voted - whole.voters)
  const most = Math.min(part.voters, whole.voted)
  const constant = logChoose(whole.voters, part.voters) * -1
  const logOf = (voted: number) =>
    logChoose(whole.voted, voted) + logChoose(whole.voters - whole.voted, part.voters - voted) + constant
  // What is equal but for the last digits counts as equal.
  const limit = logOf(part.voted) + 1e-7
  let chance = 0
  for (let voted = least; voted <= most; voted++) {
    const each = logOf(voted)
    if (each <= limit) chance += Math.exp(each)
  }
  return Math.min(1, chance)
}

function logChoose(of: number, chosen: number): number {
  return logFactorial(of) - logFactorial(chosen) - logFactorial(of - chosen)
}

/** By Stirling's series, whose error is below 1e-10 from 20 on. */
function logFactorial(number: number): number {
  if (number < 20) {
    let product = 1
    for (let each = 2; each <= number; each++) product *= each
    return Math.log(product)
  }
  const inverse = 1 / number
  const series = inverse / 12 - inverse ** 3 / 360 + inverse ** 5 / 1260
  return number * Math.log(number) - number + Math.log(2 * Math.PI * number) / 2 + series
}

/**
 * Chances of several tests, raised so that all of them together are wrong at most as often as one was.
 * Source: S. Holm, Scandinavian Journal of Statistics 6 (1979), 65–70.
 */
export function adjustedChances(chances: readonly number[]): number[] {
  const order = [...chances.keys()].sort((a, b) => chances[a]! - chances[b]!)
  const adjusted = chances.map(() => 1)
  let most = 0
  for (const [place, test] of order.entries()) {
    most = Math.max(most, Math.min(1, chances[test]! * (chances.length - place)))
    adjusted[test] = most
  }
  return adjusted
}

/**
 * The difference of two shares, with an interval that holds the true one 95 times of 100.
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, method 10.
 */
export function differenceOf(one: Share, other: Share): { difference: number; lower: number; upper: number } {
  const [a, b] = [wilson(one), wilson(other)]
  const difference = a.share - b.share
  return {
    difference,
    lower: difference - Math.hypot(a.share - a.lower, b.upper - b.share),
    upper: difference + Math.hypot(a.upper - a.share, b.share - b.lower),
  }
}

/** Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209–212. */
function wilson({ voters, voted }: Share): { share: number; lower: number; upper: number } {
  const share = voted / voters
  const square = normal ** 2
  const middle = (2 * voted + square) / (2 * (voters + square))
  const reach = (normal * Math.sqrt(square + 4 * voted * (1 - share))) / (2 * (voters + square))
  return { share, lower: middle - reach, upper: middle + reach }
}
