/** The grades of an option, as Balinski and Laraki's majority judgment compares them. */
export interface Merit {
  /** How many ballots give each grade, the worst first, in any unit. */
  readonly grades: readonly bigint[]
  /** All of them together. */
  readonly total: bigint
}

/** The median grade, of two in the middle the worse; `undefined` without any grade. */
export function majorityGrade({ grades, total }: Merit): number | undefined {
  let below = 0n
  for (const [grade, ballots] of grades.entries()) {
    below += ballots
    if (ballots > 0n && 2n * below >= total) return grade
  }
  return undefined
}

/**
 * Compares medians; while they are the same, takes one median grade away from each and compares again.
 * Less than 0 if the first is the worse, 0 if all grades are alike. Without any grade is the worst.
 *
 * The medians of an even number of grades are its worse and its better half, read from the middle by turns and
 * beginning with the worse. Both options' grades are multiplied to the same even number first. That keeps the
 * order: the single middle one of an odd number becomes the first of both halves.
 */
export function compareMajorityValues(first: Merit, second: Merit): number {
  if (first.total === 0n || second.total === 0n) return Number(first.total > 0n) - Number(second.total > 0n)
  const [a, b] = [scaled(first, 2n * second.total), scaled(second, 2n * first.total)]
  // An even number of grades: the medians are the two halves, read from the middle, by turns.
  const half = a.total / 2n
  const [worseA, worseB] = [runs(a.grades, half, -1), runs(b.grades, half, -1)]
  const [betterA, betterB] = [runs(a.grades, half, 1), runs(b.grades, half, 1)]
  const down = firstDifference(worseA, worseB)
  const up = firstDifference(betterA, betterB)
  if (down === undefined && up === undefined) return 0
  // The n-th median of the worse half comes before the n-th of the better half.
  if (up === undefined || (down !== undefined && down.at <= up.at)) return down!.sign
  return up.sign
}

/** By the median, then by the larger of the shares above and below it: better above, worse below. */
export function compareMajorityGauges(first: Merit, second: Merit): number {
  const [a, b] = [majorityGrade(first), majorityGrade(second)]
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  if (a !== b) return a - b
  const [left, right] = [gauge(first, a) * second.total, gauge(second, b) * first.total]
  return left < right ? -1 : left > right ? 1 : 0
}

/** The ballots above the median if they are more than those below it, else those below it as a negative number. */
function gauge({ grades }: Merit, median: number): bigint {
  let [below, above] = [0n, 0n]
  for (const [grade, ballots] of grades.entries()) {
    if (grade < median) below += ballots
    else if (grade > median) above += ballots
  }
  return above > below ? above : -below
}

function scaled({ grades, total }: Merit, factor: bigint): Merit {
  return { grades: grades.map((ballots) => ballots * factor), total: total * factor }
}

interface Run {
  readonly grade: number
  /** How many grades from the middle it reaches. */
  readonly end: bigint
}

/** The grades from the middle down or up, as runs of alike ones. */
function runs(grades: readonly bigint[], half: bigint, direction: 1 | -1): Run[] {
  const order = [...grades.keys()]
  if (direction === -1) order.reverse()
  const found: Run[] = []
  // Read from the far end: what lies beyond the middle is the other half.
  let position = -half
  for (const grade of order) {
    position += grades[grade]!
    if (position > 0n && grades[grade]! > 0n) found.push({ grade, end: position })
  }
  return found
}

/** Where two halves first differ, counted from the middle, and which is better there. */
function firstDifference(
  a: readonly Run[],
  b: readonly Run[],
): { readonly at: bigint; readonly sign: number } | undefined {
  let at = 0n
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    const [left, right] = [a[i]!, b[j]!]
    if (left.grade !== right.grade) return { at, sign: left.grade - right.grade }
    at = left.end < right.end ? left.end : right.end
    if (left.end === at) i++
    if (right.end === at) j++
  }
  return undefined
}
