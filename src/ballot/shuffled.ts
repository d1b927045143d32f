/**
 * The same items in an order of chance, each order as likely.
 * @param randomBelow a whole number from 0 to below `limit`, each as likely
 * Source: Fisher and Yates, in Durstenfeld's form.
 */
export function shuffled<T>(items: readonly T[], randomBelow: (limit: number) => number): T[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last--) {
    const other = randomBelow(last + 1)
    ;[order[last], order[other]] = [order[other]!, order[last]!]
  }
  return order
}
