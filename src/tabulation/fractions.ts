/** The smallest number that both divide. */
export function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b]
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller]
  return (a / larger) * b
}
