/** Numbers that look like chance, and are the same for the same seed and number of the case. */
export interface Chance {
  /** A whole number from 0, below this one. */
  below(count: number): number
  pick<T>(items: readonly T[]): T
}

/** Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (2014), its 32-bit mixing. */
export function chanceOf(seed: number, number: number): Chance {
  let state = Math.imul(seed, 0x9e3779b9) ^ Math.imul(number + 1, 0x85ebca6b)
  function next(): number {
    state = (state + 0x9e3779b9) | 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  const below = (count: number) => next() % count
  return { below, pick: (items) => items[below(items.length)]! }
}
