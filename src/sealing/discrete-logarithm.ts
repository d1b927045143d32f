import { scalarFromInteger } from './encoding.ts'
import type { Element, Group } from './group.ts'

/** The largest total that an election should be able to have: each number takes seconds to find. */
export const largestTotal = 10n ** 12n

/**
 * Finds m in 0 … largest from m·G, by baby steps and giant steps: a table of small multiples is computed
 * first. It serves both signs, as a point and its negative differ in one bit. In all about √(largest ·
 * expected) additions, more where that table would be too large, in a time that depends on the values: they
 * are public.
 *
 * @param largest such as the total weight of all ballots. Ten to the eleventh takes seconds, and a table of
 * some hundred thousand entries.
 * @param expected how many logarithms will be asked for.
 * @returns the function from a point to its m; undefined for a point that is no such multiple
 */
export function discreteLogarithm(
  group: Group,
  { largest, expected }: { largest: bigint; expected: number },
): (point: Element) => bigint | undefined {
  const reach = babySteps(expected, largest)
  const table = smallMultiples(group, reach)
  // From the multiples −reach … reach around each, giant steps of this length leave no gap.
  const stride = BigInt(2 * reach + 1)
  const giantStep = group.multiplyBase(scalarFromInteger(stride))
  return (point) => findMultiple(group, point, { table, stride, giantStep, largest })
}

/** A table of so many entries takes a minute to make, and some hundred megabytes. */
const longestTable = 2 ** 22

/** What balances one table against the giant steps of every point, as far as memory goes. */
function babySteps(expected: number, largest: bigint): number {
  const balanced = Math.ceil(Math.sqrt((Math.max(expected, 1) * (Number(largest) + 1)) / 4))
  return Math.min(balanced, longestTable)
}

/** The multiples 0 … reach of the base, by the key of their points. */
function smallMultiples(group: Group, reach: number): Map<number, number> {
  const table = new Map<number, number>()
  let multiple = group.identity
  for (let m = 0; m <= reach; m++) {
    table.set(keyOf(multiple), m)
    multiple = group.add(multiple, group.base)
  }
  return table
}

function findMultiple(
  group: Group,
  point: Element,
  {
    table,
    stride,
    giantStep,
    largest,
  }: { table: ReadonlyMap<number, number>; stride: bigint; giantStep: Element; largest: bigint },
): bigint | undefined {
  let remaining = point
  for (let passed = 0n; passed <= largest + stride; passed += stride) {
    const small = table.get(keyOf(remaining))
    if (small !== undefined) {
      const found = [passed + BigInt(small), passed - BigInt(small)].find(
        (m) => m >= 0n && m <= largest && group.equal(group.multiplyBase(scalarFromInteger(m)), point),
      )
      if (found !== undefined) return found
    }
    remaining = group.subtract(remaining, giantStep)
  }
  return undefined
}

/** 48 bits of y, which a point and its negative share. A false match is found out by multiplying. */
function keyOf(point: Element): number {
  return new DataView(point.buffer, point.byteOffset).getUint32(0) * 2 ** 16 + point[4]! * 2 ** 8 + point[5]!
}
