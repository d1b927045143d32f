/** A number from 0 to `bound` − 1, each as likely as the others. */
function randomBelow(bound: number): number {
  // The highest multiple of `bound` that fits: numbers above it would favour the low ones.
  const limit = 2 ** 32 - (2 ** 32 % bound)
  const [drawn] = crypto.getRandomValues(new Uint32Array(1)) as Uint32Array & [number]
  return drawn < limit ? drawn % bound : randomBelow(bound)
}

/** The numbers from 0 to `count` − 1, in an order drawn by lot. */
export function randomOrder(count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last--) {
    const drawn = randomBelow(last + 1)
    const [a, b] = [order[last]!, order[drawn]!]
    order[last] = b
    order[drawn] = a
  }
  return order
}
