/**
 * Uniform in 0 … bound − 1, from the platform's own generator; bound from 1 to 2^32. Draws again where the last,
 * incomplete run of `bound` values would favour the small ones.
 */
export function randomBelow(bound: number): number {
  const limit = 2 ** 32 - (2 ** 32 % bound)
  const word = new Uint32Array(1)
  let drawn: number
  do {
    crypto.getRandomValues(word)
    drawn = word[0]!
  } while (drawn >= limit)
  return drawn % bound
}
